"""What words of the query earn that stand together: by example, and against the articles' own texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples

from corpus import Article, Settings
from search import SearchRequest
from search.closeness import MAX_DISTANCE, OVERLAP_WEIGHT, TOGETHER_WEIGHT, closeness
from search.parsing import parse
from search.planning import plan
from search.ranking import match
from tests.search.corpora import History, asked, cut, indexed, snapshot_of
from tests.search.plain import PlainSearch


def bonus(query: str, body: str, title: str = "Notes", language: str = "en") -> float:
    """Return what an article earns, as a share of what two words next to each other do."""
    articles = [Article("a", language, title, body), Article("z", language, "Zebras", "Zebras graze.")]
    with cut(articles) as snapshot:
        matches = match(plan(parse(query, Settings()), [language]), snapshot, Settings())
        told = matches.information[language]
        [earned] = closeness(np.array([0]), matches).tolist()
    return float(earned) / (TOGETHER_WEIGHT * min(told) / sum(told))


@pytest.mark.parametrize(
    ("body", "share"),
    [
        ("call center", 1),
        ("call the center", 1 / 2),
        ("center call", 1 / 2),
        ("center the call", 1 / 3),
        ("call one two three center", 1 / 4),
        ("call one two three four five six seven center", 1 / MAX_DISTANCE),
        ("call one two three four five six seven eight center", 0),
        ("call one two three four five six center call the center", 1 / 2),
        ("calls, centers", 1),
        ("call", 0),
    ],
)
def test_the_nearer_two_words_come_the_more_they_earn(body: str, share: float) -> None:
    assert bonus("call center", body) == pytest.approx(share)


def test_title_and_body_each_count() -> None:
    assert bonus("call center", "Call the center.", title="Call center") == pytest.approx(1 + 1 / 2)


def test_the_end_of_a_title_is_not_next_to_the_beginning_of_the_body() -> None:
    assert bonus("call center", "Center.", title="Call") == 0


def test_only_words_that_are_neighbours_in_the_query_count() -> None:
    assert bonus("call worker center", "call center one two three four five six seven eight nine worker") == 0


def test_pairs_of_characters_that_overlap_earn_half_of_what_words_do() -> None:
    # 職場 and 場の share a character; 職場 and 仕事 do not.
    assert bonus("職場の", "職場の話", language="ja") == pytest.approx(OVERLAP_WEIGHT)
    assert bonus("職場 仕事", "職場仕事", language="ja") == pytest.approx(1 / 2)


def test_a_word_of_the_title_only_is_not_looked_for_in_the_body() -> None:
    assert bonus("title:call center", "Call center.", title="Call") == 0


def test_two_forms_of_one_word_are_not_next_to_themselves() -> None:
    assert bonus("call calls", "call") == 0


@given(asked(8))
@examples(max_examples=25, deadline=None)
def test_closeness_is_that_in_the_texts(example: tuple[History, list[SearchRequest]]) -> None:
    history, requests = example
    with indexed(*history) as settings:
        snapshot, plain = snapshot_of(settings), PlainSearch(history[-1], settings)
        for request in requests:
            planned = plan(parse(request.query, settings), snapshot.counts)
            matches = match(planned, snapshot, settings)
            if len(planned.labels) < 2:
                continue
            earned = closeness(matches.numbers, matches).tolist()
            for number, got in zip(matches.numbers.tolist(), earned, strict=True):
                article = snapshot.article(number)
                expected = plain.bonus(planned, article.id, matches.information[article.language])
                assert got == pytest.approx(expected, rel=1e-9, abs=1e-12)
