"""Random collections with a history, random queries about them, and small real indexes of them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from corpus import Article, Settings
from indexer.generations import IndexFolder
from indexer.writer import write_all, write_changes
from search.planning import Pattern, Tier
from search.request import SearchRequest
from search.snapshot import Snapshot, open_snapshot
from tests.indexer.codec.corpora import BLANKS
from tests.indexer.codec.corpora import WORDS as PECULIAR

# Inflections and derivations, with accents and without, stop words, and words that are several.
INFLECTED = {
    "en": "work works worker workers working stress stresses call center calls email emails e-mail the of to U.S.A.",
    "pl": "praca pracy pracownik pracowników pracownika klientów klientow klientami sąd sad sądowy w i stres stresu",
    "lt": "darbas darbo darbuotojas darbuotojų darbuotoju stresas stresu ir at to stress",
    "de": "Arbeit Arbeiten Arbeiter Straße Strassen Büro Call-Center die und",
    "fr": "emploi l'emploi emplois entreprise d'entreprise employé employe la de e-mail",
    "ja": "職場 職場の 労働条件 労働者 条件 ソース ベース ース の 電話",
    "ko": "급여 급여를 급여협상 협상하는 협상 면접을 및",
}
WORDS = {
    code: tuple(dict.fromkeys(f"{INFLECTED.get(code, '')} {PECULIAR.get(code, '')}".split()))
    for code in (*INFLECTED, "tr", "ar", "th", "el", "und")
}
TOPICS = ["pay", "wellbeing", "first-job"]
DATES = [None, date(2024, 9, 28), date(2026, 3, 1), date(2026, 3, 2), date(1969, 7, 20)]

# In memory, if there is a folder there: hundreds of indexes are built, and each waits for the disk a few times.
_FOLDER = "/dev/shm" if Path("/dev/shm").is_dir() else None

History = list[list[Article]]
# Of each language of a collection, the few words that come again and again in it.
Vocabulary = dict[str, list[str]]


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    """Words of one to three languages, mostly of those with many inflections."""
    few = st.sampled_from(["en", "en", "pl", "pl", "lt", "fr", "de", "ja", *WORDS])
    languages = draw(st.lists(few, min_size=1, max_size=3, unique=True))
    # Neighbours in the table: they are inflections of each other.
    firsts = {code: draw(st.integers(0, len(WORDS[code]) - 1)) for code in languages}
    return {code: [*WORDS[code][first:], *WORDS[code]][:6] for code, first in firsts.items()}


def texts(words: Sequence[str], min_size: int, max_size: int) -> st.SearchStrategy[str]:
    """Words with something between them."""
    part = st.tuples(st.sampled_from(words), BLANKS).map("".join)
    return st.lists(part, min_size=min_size, max_size=max_size).map("".join)


@st.composite
def collections(draw: st.DrawFn, words: Vocabulary) -> list[Article]:
    """One article or more; ids are few, so that those of two collections are partly the same."""
    found = []
    for number in sorted(draw(st.sets(st.integers(0, 9), min_size=draw(st.sampled_from([1, 4, 5])), max_size=7))):
        code = draw(st.sampled_from(sorted(words)))
        shortest = draw(st.sampled_from([0, 3, 8]))
        found.append(
            Article(
                # Not in the order in which they are indexed.
                f"{(number * 7) % 10}",
                code,
                draw(texts(words[code], 0, 4)),
                draw(texts(words[code], shortest, shortest + 8)),
                tuple(draw(st.lists(st.sampled_from(TOPICS), max_size=2, unique=True))),
                draw(st.sampled_from(DATES)),
                work=draw(st.sampled_from(["", "", "a", "b"])),
            )
        )
    return found


@st.composite
def histories(draw: st.DrawFn, words: Vocabulary) -> History:
    """What a collection was at each commit: most articles stay, some come, change and go."""
    history = [draw(collections(words))]
    for _ in range(draw(st.integers(0, 2))):
        gone = draw(st.sets(st.sampled_from([article.id for article in history[-1]]), max_size=2))
        new = draw(collections(words))[: draw(st.integers(1, 3))]
        changed = {article.id: article for article in history[-1] if article.id not in gone}
        history.append([*(changed | {article.id: article for article in new}).values()])
    return history


@st.composite
def queries(draw: st.DrawFn, vocabulary: Vocabulary) -> str:
    """Words, phrases, beginnings, alternatives and exclusions, in words that are in the articles, mostly."""
    language = sorted(vocabulary)[0]
    known = st.sampled_from(sorted({word for words in vocabulary.values() for word in words}))
    word = st.one_of(known, known, known, known.map(str.upper), st.sampled_from([*INFLECTED["en"].split(), "qqq"]))
    phrase = st.lists(word, min_size=1, max_size=3).map(lambda row: f'"{" ".join(row)}"')
    beginning = st.tuples(known, st.integers(1, 4)).map(lambda cut: f"{cut[0][: cut[1]]}*")
    operand = st.one_of(word, word, word, word, phrase, beginning)
    titled = st.one_of(operand, operand, operand, operand.map(lambda text: f"title:{text}"))
    either = st.lists(titled, min_size=2, max_size=3).map(" OR ".join)
    excluded = st.sampled_from([False, False, False, True])
    filters = st.sampled_from(["", "", "", "", f"lang:{language}", f"-lang:{language}", "topic:pay", "-topic:pay"])
    parts = draw(st.lists(st.one_of(titled, titled, either), min_size=draw(st.sampled_from([0, 1, 2, 2])), max_size=4))
    if draw(excluded):
        parts.append(f"-{draw(titled)}")
    return " ".join([*parts, draw(filters)]).strip()


@st.composite
def requests(draw: st.DrawFn, words: Vocabulary) -> SearchRequest:
    """A query with filters, a sort and a page."""
    first, last = sorted(draw(st.sampled_from([(0, 0), (0, 0), (1, 2), (2, 3), (0, 2), (2, 0)])), key=bool)
    return SearchRequest(
        draw(queries(words)),
        tuple(draw(st.lists(st.sampled_from([*sorted(words), "de"]), max_size=1))),
        tuple(draw(st.lists(st.sampled_from(TOPICS), max_size=1))),
        DATES[first],
        DATES[last],
        draw(st.sampled_from(["relevance", "relevance", "newest"])),
        draw(st.sampled_from([1, 1, 1, 2])),
        draw(st.sampled_from([2, 10])),
        tuple(draw(st.sampled_from([[], [], [], [2026], [1969, 2024]]))),
        tuple(draw(st.lists(st.sampled_from([*sorted(words), "de"]), max_size=2, unique=True))),
        draw(st.booleans()),
    )


@st.composite
def asked(draw: st.DrawFn, count: int = 6) -> tuple[History, list[SearchRequest]]:
    """A history and some requests about it."""
    words = draw(vocabularies())
    return draw(histories(words)), draw(st.lists(requests(words), min_size=count, max_size=count))


@contextmanager
def indexed(*commits: Sequence[Article], page_size: int = 10) -> Iterator[Settings]:
    """Give the settings of an index that was built of the first of these collections, and then synced to each other."""
    with TemporaryDirectory(dir=_FOLDER) as name:
        folder = IndexFolder(Path(name))
        with folder.lock():
            with folder.new_generation() as index:
                write_all(index, commits[0])
            live = folder.publish(2)
            for articles in commits[1:]:
                write_changes(live.open(), articles, allow_shrink=True)
        yield Settings(index=folder.path, page_size=page_size)


@contextmanager
def cut(*segments: Sequence[Article]) -> Iterator[Snapshot]:
    """Give a snapshot of an index with a segment for each of these collections, none of which is empty."""
    with TemporaryDirectory(dir=_FOLDER) as name:
        folder = IndexFolder(Path(name))
        with folder.lock():
            with folder.new_generation() as index:
                for articles in segments:
                    write_all(index, articles)
            yield open_snapshot(folder.publish(2))


def snapshot_of(settings: Settings) -> Snapshot:
    """Open what is live."""
    return open_snapshot(IndexFolder(settings.index).live())


def other_words(patterns: Iterable[Pattern]) -> Iterator[Pattern]:
    """Yield words as other words for a concept, each by itself and two in a row."""
    words = [pattern for pattern in patterns if pattern.form and len(pattern.stems) == 1 and not pattern.title]
    for pattern in words:
        yield pattern._replace(tier=Tier.GLOSSARY)
    for first, second in pairwise(words):
        label = f"{first.form} {second.form}"
        yield Pattern((first.stems[0], second.stems[0]), (0, 1), label=label, tier=Tier.GLOSSARY)
