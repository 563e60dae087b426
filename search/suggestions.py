"""What a reader may have begun to type: a search for a concept, a search for a word, or an article's title.

What was typed right comes before what may be mistyped, which is only looked at where there is room left; the same words
spelled otherwise are the first of that. Searches come before titles, and no kind takes all the room from the others.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from indexer.analysis.normalization import fold
from search.completions import concepts, words
from search.page import Suggestion
from search.respelling import respelled
from search.snapshot import Snapshot
from search.titles import titles
from search.typed import Typed

# Of eight suggestions, how many are at most of a kind, if there are enough of others.
SHARES = {"concept": 3, "term": 2, "title": 3}
# Where so many are found as it was typed, nothing is taken for mistyped.
ENOUGH = 2


def suggest(text: str, prefer: Sequence[str], size: int, snapshot: Snapshot) -> tuple[Suggestion, ...]:
    """Return what a reader of some languages, the best-liked first, may have begun to type; no two say the same."""
    typed = Typed.of(text)
    found: list[Suggestion] = []
    for mistyped in (False, True):
        if typed.words and len(found) < min(ENOUGH, size):
            kinds = [kind(typed, prefer, size, snapshot, mistyped) for kind in (concepts, words, titles)]
            if mistyped:
                kinds.insert(0, respelled(typed, prefer, snapshot))
            found += _shared_out(list(_new(chain.from_iterable(kinds), found, text, snapshot)), size - len(found))
    return tuple(found)


def _new(
    suggestions: Iterator[Suggestion], known: Sequence[Suggestion], text: str, snapshot: Snapshot
) -> Iterator[Suggestion]:
    """Yield those that say nothing that is known, and no search that is what was typed already."""
    said: set[str | None] = {_folded(text)}
    for each in chain(known, suggestions):
        means = {each.article_id} if each.article_id else {_folded(each.text), each.concept or _concept(each, snapshot)}
        if not said.intersection(means - {None}) and each not in known:
            yield each
        said.update(means)


def _concept(suggestion: Suggestion, snapshot: Snapshot) -> str | None:
    """Return the concept that is all that a search says, None if it is none or more."""
    if snapshot.concepts is None:
        return None
    found = snapshot.concepts.of(suggestion.language).find(suggestion.text)
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(suggestion.text.split())
    return snapshot.concepts.table.id(found[0].concept) if whole else None


def _shared_out(found: Sequence[Suggestion], room: int) -> list[Suggestion]:
    """Return as many as there is room for, in their order, of no kind more than its share if others want the room."""
    kept = {at for at, each in enumerate(found[:room]) if each.kind not in SHARES}
    for kind, share in SHARES.items():
        numbers = (at for at, each in enumerate(found) if each.kind == kind)
        kept.update(islice(numbers, max(1, room * share // sum(SHARES.values()))))
    others = (at for at in range(len(found)) if at not in kept)
    kept.update(islice(others, max(0, room - len(kept))))
    return [found[at] for at in sorted(kept)][:room]


def _folded(text: str) -> str:
    return " ".join(fold(word) or word for word in text.casefold().split())
