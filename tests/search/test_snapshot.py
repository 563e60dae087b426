"""What an index says at one moment, however it is cut into segments."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import Article
from indexer.analysis import query_analyzer
from search.matching import hash_of
from search.snapshot import Snapshot
from tests.conftest import ARTICLES
from tests.search.corpora import History, cut, histories, indexed, snapshot_of, vocabularies


@contextmanager
def after(*commits: list[Article]) -> Iterator[Snapshot]:
    with indexed(*commits) as settings:
        yield snapshot_of(settings)


def number_of(snapshot: Snapshot, id: str) -> int:
    number = snapshot.number(id)
    assert number is not None
    return number


def ids(snapshot: Snapshot, numbers: list[int]) -> list[str]:
    return [snapshot.id(number) for number in numbers]


def test_an_article_is_found_by_its_id_and_by_its_work() -> None:
    with cut(ARTICLES[:4], ARTICLES[4:]) as snapshot:
        number = number_of(snapshot, "lt/pay")
        assert snapshot.article(number) == ARTICLES[7]
        assert sorted(ids(snapshot, snapshot.works("pay"))) == ["en/pay", "lt/pay", "pl/pay"]
        assert snapshot.number("nope") is None
        assert snapshot.works("nope") == []


def test_a_deleted_article_is_found_by_nothing() -> None:
    with after(list(ARTICLES), list(ARTICLES[1:])) as snapshot:
        assert snapshot.number("en/calls") is None
        assert "en/calls" not in ids(snapshot, snapshot.works("calls"))
        assert "en/calls" not in ids(snapshot, snapshot.live.tolist())
        assert snapshot.counts == {"lt": 3, "pl": 3, "en": 2}


def test_a_changed_article_is_there_once_as_it_is_now() -> None:
    changed = replace(ARTICLES[0], body="Zeppelins.")
    with after(list(ARTICLES), [changed, *ARTICLES[1:]]) as snapshot:
        assert len(snapshot.live) == 9
        assert snapshot.article(number_of(snapshot, "en/calls")).body == "Zeppelins."


def test_without_dates_articles_come_last_and_by_their_ids() -> None:
    articles = [
        Article("b", "en", "T", "x"),
        Article("old", "en", "T", "x", published=date(2020, 1, 1)),
        Article("a", "en", "T", "x"),
        Article("new", "en", "T", "x", published=date(2021, 1, 1)),
    ]
    with cut(articles[:1], articles[1:]) as snapshot:
        assert ids(snapshot, snapshot.by_date.tolist()) == ["new", "old", "a", "b"]


def test_the_places_of_an_article_are_those_of_its_words_and_sentences() -> None:
    with cut(ARTICLES[:4], ARTICLES[4:]) as snapshot:
        places = snapshot.places([number_of(snapshot, "pl/pay")])[0]
        body = ARTICLES[4].body
        words = [body[start:end] for start, end in zip(places.body.starts, places.body.ends, strict=True)]
        assert words == "Pracownik pyta o płacę Kto pyta zarabia więcej".split()
        assert len(places.sentences.starts) == 2


def test_means_are_of_the_articles_of_a_language_that_are_there() -> None:
    long = Article("long", "en", "One two three four", "word " * 100)
    with after([*ARTICLES, long], list(ARTICLES)) as snapshot:
        # Titles of 3, 4 and 3 words.
        assert snapshot.statistics("en").articles == 3
        assert snapshot.statistics("en").mean_title == pytest.approx(10 / 3)


def test_only_segments_with_articles_in_a_language_are_looked_at() -> None:
    with cut(ARTICLES[:3], ARTICLES[3:6]) as snapshot:
        assert [segment.base for segment in snapshot.segments_with("pl")] == [3]
        assert snapshot.segments_with("de") == []


@given(vocabularies().flatmap(histories))
@examples(max_examples=20, deadline=None)
def test_a_snapshot_says_what_the_articles_say(history: History) -> None:
    articles = {article.id: article for article in history[-1]}
    with after(*history) as snapshot:
        assert sorted(ids(snapshot, snapshot.live.tolist())) == sorted(articles)
        columns = snapshot.columns
        for number in snapshot.live.tolist():
            article = snapshot.article(number)
            assert article == articles[article.id]
            assert snapshot.number(article.id) == number
            assert columns.languages[columns.language_codes[number]] == article.language
            assert columns.topics[columns.topic_codes[number]] == article.topics
            assert columns.days[number] == (article.published.toordinal() if article.published else 0)
        for language, count in snapshot.counts.items():
            tokens = query_analyzer(language).tokens
            said = [article for article in articles.values() if article.language == language]
            statistics = snapshot.statistics(language)
            assert statistics.articles == count == len(said)
            titles = sum(len(tokens(article.title)) for article in said) / count
            bodies = sum(len(tokens(article.body)) for article in said) / count
            assert (statistics.mean_title, statistics.mean_body) == pytest.approx((max(1, titles), max(1, bodies)))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=12), st.integers(1, 12))
@examples(max_examples=20, deadline=None)
def test_what_shares_all_keys_comes_by_id(keys: list[tuple[int, int]], first: int) -> None:
    articles = [Article(f"{at * 5 % 13:02}", "en", "T", "x") for at in range(len(keys))]
    with cut(*filter(None, (articles[:first], articles[first:]))) as snapshot:
        columns = [np.array([key[at] for key in keys]) for at in range(2)]
        ordered = ids(snapshot, snapshot.in_order(columns, np.arange(len(keys))).tolist())
    expected = sorted(zip(keys, (article.id for article in articles), strict=True))
    assert ordered == [id for _, id in expected]


def test_the_articles_of_a_work_share_a_code_and_those_of_none_share_none() -> None:
    alone = [Article("x", "en", "T", "x"), Article("y", "en", "T", "x")]
    with cut(ARTICLES[:4], [*alone, *ARTICLES[4:]]) as snapshot:
        works: dict[int, set[str]] = {}
        for number in snapshot.live.tolist():
            works.setdefault(int(snapshot.work_codes[number]), set()).add(snapshot.id(number))
        named = [{f"{code}/{work}" for code in ("en", "pl", "lt")} for work in ("calls", "night", "pay")]
        assert sorted(works.values(), key=min) == [*named, {"x"}, {"y"}]
        assert snapshot.work_count == 5
        assert snapshot.has_translations
    with cut(alone) as snapshot:
        assert not snapshot.has_translations
        assert snapshot.works("") == []


def test_the_documents_with_a_word_are_counted_once_for_each_way_it_is_written() -> None:
    hashes = np.array([hash_of("worker"), hash_of("night"), hash_of("qqq")], np.uint64)
    with cut(ARTICLES) as snapshot:
        # Bodies: "Workers who ask" and "Night workers".
        assert snapshot.segments[0].body_frequencies("en", hashes).tolist() == [2, 1, 0]
        assert snapshot.segments[0].body_frequencies("de", hashes).tolist() == [0, 0, 0]


def test_what_a_search_needs_is_imported_before_it_comes() -> None:
    program = "import sys, numpy, search; known = {*sys.modules}; numpy.unique([2, 1]); print({*sys.modules} - known)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
