"""A page of hits against the articles' own texts, whatever happened to the index before."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import Settings
from search import Engine, SearchRequest
from search.answering import extended
from search.correction import corrected
from search.highlighting import segments
from search.page import SearchPage
from search.parsing import parse
from search.planning import Plan, plan
from search.snippets import snippet
from tests.search.corpora import History, asked, indexed, snapshot_of
from tests.search.plain import PlainSearch, spans_of


def meant(request: SearchRequest, plain: PlainSearch, settings: Settings) -> Plan:
    """Return what a query means with what the index's own words suggest, which is tested elsewhere."""
    snapshot = snapshot_of(settings)
    planned = extended(plan(parse(request.query, settings), snapshot.counts), snapshot)
    unknown = plain.matches(planned).unknown
    return corrected(planned, unknown, snapshot)[0] if unknown else planned


@given(asked(), st.sampled_from([1, 3, 10]))
@examples(max_examples=30, deadline=None)
def test_a_page_says_what_the_texts_say(example: tuple[History, list[SearchRequest]], page_size: int) -> None:
    history, requests = example
    with indexed(*history, page_size=page_size) as settings:
        engine, plain = Engine(settings), PlainSearch(history[-1], settings)
        for request in requests:
            planned = meant(request, plain, settings)
            expected, page = plain.page(request, planned), engine.search(request)
            assert [hit.id for hit in page.hits] == expected.ids
            assert [hit.ranked_as.id if hit.ranked_as else hit.id for hit in page.hits] == expected.ranked
            assert [hit.score for hit in page.hits] == pytest.approx(expected.scores, abs=1e-4)
            assert [hit.missing for hit in page.hits] == expected.missing
            assert (page.total, page.complete, page.articles) == (expected.total, expected.complete, expected.articles)
            assert (page.languages, page.topics, page.years) == (expected.languages, expected.topics, expected.years)
            told = plain.matches(planned).told
            for hit in page.hits:
                article, marks = plain.articles[hit.id], plain.marks(planned, hit.id)
                assert hit.title == segments(article.title, 0, len(article.title), marks.title)
                worth = told.get(article.language, ())
                assert hit.snippet == snippet(article, spans_of(article.body), marks.body, worth)


def timeless(page: SearchPage) -> SearchPage:
    """A page without what names the state of the index."""
    following = replace(page.next, index="") if page.next else None
    return replace(page, milliseconds=0, generation=0, next=following)


@given(asked(4))
@examples(max_examples=20, deadline=None)
def test_a_page_does_not_depend_on_how_the_index_came_about(example: tuple[History, list[SearchRequest]]) -> None:
    history, requests = example
    with indexed(*history) as synced, indexed(history[-1]) as built:
        for request in requests:
            one, other = (Engine(settings).search(request) for settings in (synced, built))
            assert timeless(one) == timeless(other)
