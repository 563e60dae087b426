"""`python -m benchmarks.suggesting`: what a suggestion costs while somebody types, on the live index.

What is typed are beginnings of the index's own titles and common words and of the glossary's terms, a third of them
with a letter mistyped, by readers of one language, of several, or of whom nothing is known. First each comes for the
first time, then all come again, when what was found out about the index is remembered. Times are the processor's.
"""

import os
import random
import time
from collections.abc import Iterator, Sequence

import click
import numpy as np
import numpy.typing as npt

from corpus import Settings
from indexer.generations import IndexFolder
from search import Engine
from search.snapshot import Snapshot, open_snapshot

TYPED = 500
SEED = 1
MISTYPED_SHARE = 0.35
# As many letters as somebody types before choosing.
MAX_LETTERS = 25
READERS = (("en",), ("pl", "en"), ("lt",), ("de", "fr"), ("es", "pt", "it"), ())
# The bar, in milliseconds.
BAR_MS = 10


@click.command()
def main() -> None:
    """Measure suggestions on the index that KARJERA_INDEX names."""
    settings = Settings.from_environment(os.environ)
    snapshot = open_snapshot(IndexFolder(settings.index).live())
    asked = list(_asked(snapshot, random.Random(SEED)))
    engine = Engine(settings)
    started = time.process_time()
    engine.suggest("a")
    opening = (time.process_time() - started) * 1000
    click.echo(f"{len(snapshot.live)} articles in {len(snapshot.counts)} languages, {len(asked)} beginnings typed")
    click.echo(f"opening the index and the first one {opening:.1f} ms")
    for name in ("new", "again"):
        spent = _measured(engine, asked)
        median, high = np.percentile(spent, 50), np.percentile(spent, 99)
        over = np.count_nonzero(spent > BAR_MS)
        click.echo(
            f"{name:<6} median {median:.1f} ms, p99 {high:.1f} ms, most {spent.max():.1f} ms; {over} over {BAR_MS} ms"
        )


def _measured(engine: Engine, asked: Sequence[tuple[str, tuple[str, ...]]]) -> npt.NDArray[np.float64]:
    spent = []
    for text, prefer in asked:
        started = time.process_time()
        engine.suggest(text, prefer)
        spent.append((time.process_time() - started) * 1000)
    return np.array(spent)


def _asked(snapshot: Snapshot, chance: random.Random) -> Iterator[tuple[str, tuple[str, ...]]]:
    table, glossary = snapshot.typed, snapshot.concepts
    assert table is not None
    for number in range(TYPED):
        if number % 3 == 0 and len(table.term_languages):
            text = table.term(chance.randrange(len(table.term_languages)))
        elif number % 3 == 1 and glossary is not None:
            text = glossary.table.term(chance.randrange(len(glossary.table.term_concepts)))
        else:
            text = snapshot.article(int(chance.choice(snapshot.live))).title
        begun = text[: chance.randint(1, min(len(text), MAX_LETTERS))]
        yield mistyped(begun, chance) if chance.random() < MISTYPED_SHARE else begun, chance.choice(READERS)


def mistyped(text: str, chance: random.Random) -> str:
    """Return a text with a letter behind the first left out, exchanged, replaced or put in; a short one as it is."""
    if len(text) < 4:
        return text
    at = chance.randrange(1, len(text) - 1)
    letter = chance.choice("aeiourtsn")
    ways = (text[:at] + text[at + 1 :], text[:at] + text[at + 1] + text[at] + text[at + 2 :])
    return chance.choice((*ways, text[:at] + letter + text[at + 1 :], text[:at] + letter + text[at:]))


if __name__ == "__main__":
    main()
