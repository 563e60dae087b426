"""Articles that lack words of the query, and yet follow those that have them all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import Article, Settings
from search import Engine, SearchRequest
from search.answering import ranked_for
from search.parsing import parse
from search.phases import Phases
from search.planning import plan
from search.ranking import match
from tests.search.corpora import History, asked, indexed, snapshot_of

OTHERS = [Article(f"other/{at}", "en", "Zebras", "Zebras graze.") for at in range(10)]


def articles(bodies: Mapping[str, str], language: str = "en", work: str = "") -> list[Article]:
    return [Article(id, language, "Notes", body, work=work) for id, body in bodies.items()]


def found(some: Sequence[Article], query: str, page_size: int = 2, collapse: bool = False) -> list[str]:
    """Return what a query finds, in order, where so many hits are a page, and ten other articles say nothing."""
    with indexed([*some, *OTHERS], page_size=page_size) as settings:
        page = Engine(settings).search(SearchRequest(query, size=50, collapse=collapse))
        return [hit.id for hit in page.hits]


# With one article that has all, "rare" stands in two articles, "common" in three, "usual" in four: of what all three
# tell, "rare" is .40.
LACKING = {f"{word}/{at}": word for word, count in (("rare", 1), ("common", 2), ("usual", 3)) for at in range(count)}


def test_they_follow_as_far_down_as_a_page_takes() -> None:
    both = {"complete": "rare words are common and usual"}
    assert found(articles(both | LACKING), "rare common usual", 1) == ["complete"]
    assert found(articles(both | LACKING), "rare common usual", 2) == ["complete", "rare/0"]


def test_those_that_lack_as_much_as_the_last_one_follow_too() -> None:
    both = {"complete": "rare words are common and usual"}
    following = found(articles(both | LACKING), "rare common usual", 3)
    assert following == ["complete", "rare/0", "common/0", "common/1"]


def test_those_with_half_of_what_the_query_tells_follow_all() -> None:
    more = {f"most/{at}": "rare and usual" for at in range(3)}
    # With four of them "rare" tells less, but with "usual" still more than half.
    following = found(articles({"complete": "rare, common, usual"} | more | LACKING), "rare common usual")
    assert following == ["complete", *more]


def test_a_language_is_relaxed_whatever_others_have() -> None:
    english = articles({"en/1": "rare and common", "en/2": "common and rare", "en/3": "rare"})
    polish = articles({"pl/1": "rare", "pl/2": "common"}, "pl")
    following = found([*english, *polish], "rare common")
    assert following[:2] == ["en/1", "en/2"]
    assert sorted(following[2:]) == ["pl/1", "pl/2"]


def test_translations_of_a_work_are_one_hit() -> None:
    some = [*articles({"two/1": "rare and common", "two/2": "common and rare"}, work="two"), *articles({"one": "rare"})]
    assert sorted(found(some, "rare common")) == ["two/1", "two/2"]
    assert found(some, "rare common", collapse=True)[1:] == ["one"]


@given(asked(4), st.sampled_from([1, 2, 10]))
@examples(max_examples=40, deadline=None)
def test_a_page_is_the_same_whether_or_not_what_is_behind_it_is_scored(
    example: tuple[History, list[SearchRequest]], page_size: int
) -> None:
    history, requests = example
    with indexed(*history, page_size=page_size) as settings:
        snapshot = snapshot_of(settings)
        for request in (replace(each, size=size) for each in requests for size in (1, 2)):
            query = parse(request.query, settings)
            page, whole = (
                ranked_for(request, query, snapshot, settings, Phases(), every=every) for every in (False, True)
            )
            assert page.standings() == whole.standings()
            assert (page.found.tolist(), page.first) == (whole.found.tolist(), whole.first)
            assert page.matches.missing.tolist() == whole.matches.missing.tolist()
            assert page.matches.shares.tolist() == whole.matches.shares.tolist()


@given(asked(4), st.sampled_from([1, 2, 10]))
@examples(max_examples=25, deadline=None)
def test_looking_at_the_better_half_first_changes_nothing(
    example: tuple[History, list[SearchRequest]], page_size: int
) -> None:
    history, requests = example
    with indexed(*history, page_size=page_size) as settings:
        snapshot = snapshot_of(settings)
        for request in requests:
            planned = plan(parse(request.query, Settings()), snapshot.counts)
            at_once = match(planned, snapshot, settings)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("search.relaxing.FEW_FOUND", 0)
                by_halves = match(planned, snapshot, settings)
            assert by_halves.numbers.tolist() == at_once.numbers.tolist()
            assert by_halves.scores.tolist() == at_once.scores.tolist()
            assert by_halves.missing.tolist() == at_once.missing.tolist()
