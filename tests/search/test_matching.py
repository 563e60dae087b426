"""The plain path against Whoosh's own query classes and matchers, over random articles."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from whoosh.query.compound import Or
from whoosh.query.positional import Phrase
from whoosh.query.terms import Prefix, Term

from corpus import Article, Settings
from indexer.generations import IndexFolder
from indexer.schema import body_field, form_field, title_field
from indexer.writer import write_all
from search.matching import Occurrences, Tier, find, rows
from search.planning import Pattern
from search.snapshot import Snapshot, open_snapshot
from tests.conftest import ARTICLES, MakeEngine


def snapshot_of(folder: Path, *commits: list[Article]) -> Snapshot:
    """An index with a segment for each commit."""
    index_folder = IndexFolder(folder)
    with index_folder.lock():
        with index_folder.new_generation() as index:
            for articles in commits:
                write_all(index, articles)
        return open_snapshot(index_folder.publish(2))


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return snapshot_of(tmp_path, list(ARTICLES))


def found(snapshot: Snapshot, language: str, *patterns: Pattern) -> dict[str, Occurrences]:
    return {snapshot.documents.ids[number]: found for number, found in find(patterns, language, snapshot).items()}


def word(stem: str, form: str, folded: str = "", title: bool = False) -> Pattern:
    return Pattern((stem,), (0,), form, folded or form, title=title)


def row(*stems: str) -> Pattern:
    return Pattern(stems, tuple(range(len(stems))))


def test_a_word_is_found_as_written_and_in_other_inflections(snapshot: Snapshot) -> None:
    # pl/calls "Pracownicy" stems to pracownic, the other two to pracownik.
    assert found(snapshot, "pl", word("pracownik", "pracownik")) == {
        "pl/pay": Occurrences(0, 1, Tier.EXACT),
        "pl/night": Occurrences(0, 1, Tier.STEM),
    }


def test_title_and_body_are_counted_apart(snapshot: Snapshot) -> None:
    # "Call center stress" over "Calls never stop. Stress grows in a call center."
    assert found(snapshot, "en", word("call", "call")) == {"en/calls": Occurrences(1, 2, Tier.EXACT)}
    assert found(snapshot, "en", word("call", "call", title=True)) == {"en/calls": Occurrences(1, 0, Tier.EXACT)}


def test_a_word_typed_without_accents_finds_the_one_with_them(snapshot: Snapshot) -> None:
    assert found(snapshot, "pl", word("place", "place"))["pl/pay"].tier is Tier.FOLDED


def test_a_word_typed_with_accents_prefers_the_one_with_them(tmp_path: Path) -> None:
    snapshot = snapshot_of(
        tmp_path,
        [
            Article("court", "pl", "Sąd", "Sąd pracy."),
            Article("orchard", "pl", "Sad", "Sad i praca."),
        ],
    )
    accented = found(snapshot, "pl", word("sad", "sąd", "sad"))
    plain = found(snapshot, "pl", word("sad", "sad"))
    assert (accented["court"].tier, accented["orchard"].tier) == (Tier.EXACT, Tier.FOLDED)
    assert (plain["court"].tier, plain["orchard"].tier) == (Tier.FOLDED, Tier.EXACT)


def test_a_row_counts_only_where_its_stems_follow_each_other(snapshot: Snapshot) -> None:
    assert found(snapshot, "en", row("call", "center")) == {"en/calls": Occurrences(1, 1, Tier.STEM)}
    assert found(snapshot, "en", row("center", "call")) == {}


def test_a_beginning_finds_words_with_and_without_accents(snapshot: Snapshot) -> None:
    assert set(found(snapshot, "pl", Pattern(prefix="plac"))) == {"pl/pay"}
    assert set(found(snapshot, "pl", Pattern(prefix="prac"))) == {"pl/calls", "pl/pay", "pl/night"}
    assert set(found(snapshot, "pl", Pattern(prefix="prac", title=True))) == {"pl/night"}


def test_an_inflection_typed_without_accents_is_found(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, [Article("a", "pl", "Praca", "Obsługa klientów.")])
    assert found(snapshot, "pl", Pattern(("klientow",), (0,), "klientow", "klientow", "klientow")) == {
        "a": Occurrences(0, 1, Tier.FOLDED)
    }
    # klientami stems to klient, as klientów does; without its accents klientów does not.
    assert set(found(snapshot, "pl", Pattern(("klient",), (0,), "klientami", "klientami", "klient"))) == {"a"}


def test_a_joined_word_is_found_in_another_inflection(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, [Article("a", "en", "Writing", "An e-mail is short.")])
    assert set(found(snapshot, "en", Pattern(("email",), (0,), "emails", "emails", "email"))) == {"a"}


def test_a_beginning_finds_all_words_however_many(tmp_path: Path) -> None:
    articles = [Article(f"{at:03}", "en", "Words", f"a{at:03}x") for at in range(250)]
    snapshot = snapshot_of(tmp_path, articles)
    assert len(found(snapshot, "en", Pattern(prefix="a"))) == 250


def test_another_language_is_never_matched(snapshot: Snapshot) -> None:
    assert found(snapshot, "de", word("call", "call")) == {}


def test_deleted_articles_are_not_found(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine(ARTICLES)
    folder = IndexFolder(settings.index)
    with folder.live().open().writer() as writer:
        writer.delete_by_term("id", "en/calls")
    assert found(open_snapshot(folder.live()), "en", word("call", "call")) == {}


WORDS = st.sampled_from(
    ["praca", "pracy", "prąca", "stres", "stresu", "telefon", "telefony", "płaca", "placa", "e-mail"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@st.composite
def corpora(draw: st.DrawFn) -> list[list[Article]]:
    texts = draw(st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(["pl", "en"])), min_size=1, max_size=7))
    articles = [Article(str(at), language, title, body) for at, (title, body, language) in enumerate(texts)]
    cut = draw(st.integers(0, len(articles)))
    return [part for part in (articles[:cut], articles[cut:]) if part]


def whoosh_finds(snapshot: Snapshot, query: object) -> set[int]:
    with snapshot.generation.open().searcher() as searcher:
        return set(searcher.docs_for_query(query))


def terms_of(snapshot: Snapshot, field: str) -> Iterator[str]:
    return (term.decode() for term in snapshot._reader.lexicon(field))


@given(corpora())
@examples(max_examples=40, deadline=None)
def test_the_same_articles_are_found_as_by_whooshs_own_queries(commits: list[list[Article]]) -> None:
    with TemporaryDirectory() as folder:
        snapshot = snapshot_of(Path(folder), *commits)
        for language in snapshot.by_language:
            title, body, forms = title_field(language), body_field(language), form_field(language)
            stems = sorted({*terms_of(snapshot, title), *terms_of(snapshot, body)})
            for stem in stems:
                by_word = find([Pattern((stem,), (0,))], language, snapshot)
                assert set(by_word) == whoosh_finds(snapshot, Or([Term(title, stem), Term(body, stem)]))
                for other in stems:
                    in_body = rows(row(stem, other), body, snapshot)
                    assert set(in_body) == whoosh_finds(snapshot, Phrase(body, [stem, other], slop=1))
            for prefix in {term[:3] for term in terms_of(snapshot, forms)}:
                if prefix[0] in "~^":
                    continue
                expected = whoosh_finds(snapshot, Or([Prefix(forms, prefix), Prefix(forms, "~" + prefix)]))
                assert set(find([Pattern(prefix=prefix)], language, snapshot)) == expected
