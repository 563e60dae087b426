from itertools import pairwise, product

import pytest

from indexer.analysis import query_analyzer
from indexer.generations import IndexFolder
from indexer.writer import write_changes
from search import Engine
from search.presence import articles_with, articles_with_row
from search.snapshot import Snapshot
from tests.conftest import ARTICLES, MakeEngine
from tests.search.corpora import snapshot_of


@pytest.fixture
def snapshot(engine: Engine) -> Snapshot:
    return snapshot_of(engine.settings)


def test_articles_have_all_the_words_in_any_inflection_wherever_they_stand(snapshot: Snapshot) -> None:
    assert articles_with("worker", "en", snapshot) == 2
    assert articles_with("stress calls", "en", snapshot) == 1
    assert articles_with("sleep calls", "en", snapshot) == 0
    assert articles_with("xyzzy", "en", snapshot) == articles_with("", "en", snapshot) == 0


def test_only_articles_of_the_language_count(snapshot: Snapshot) -> None:
    assert articles_with("call center", "pl", snapshot) == 1
    assert articles_with("call center", "lt", snapshot) == articles_with("call center", "de", snapshot) == 0


def test_in_a_row_words_stand_one_after_the_other(snapshot: Snapshot) -> None:
    assert articles_with_row("call center", "en", snapshot) == 1
    assert articles_with_row("center call", "en", snapshot) == 0
    assert articles_with_row("centers", "en", snapshot) == 1


@pytest.mark.parametrize("few_places", [0, 4_096])
def test_any_two_words_in_a_row_are_where_the_texts_have_them(
    few_places: int, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.occurrences._FEW_PLACES", few_places)
    analyzer = query_analyzer("en")
    # article -> pairs of stems that follow each other in its title or its text
    pairs: dict[str, set[tuple[str, str]]] = {}
    words: dict[str, str] = {}  # stem -> a word that has it
    for article in ARTICLES:
        for text in (article.title, article.body) if article.language == "en" else ():
            tokens = [token for token in analyzer.tokens(text) if not token.joined]
            words |= {token.stem: token.form for token in tokens}
            stems = [token.stem for token in tokens]
            pairs.setdefault(article.id, set()).update(pairwise(stems))
    for first, second in product(words, words):
        expected = sum((first, second) in of_article for of_article in pairs.values())
        assert articles_with_row(f"{words[first]} {words[second]}", "en", snapshot) == expected


def test_deleted_articles_do_not_count(make_engine: MakeEngine) -> None:
    engine = make_engine(ARTICLES)
    write_changes(IndexFolder(engine.settings.index).live().open(), ARTICLES[1:])
    snapshot = snapshot_of(engine.settings)
    assert articles_with("call center", "en", snapshot) == articles_with_row("call center", "en", snapshot) == 0
