"""What a score is made of: by example, and whatever is asked of whatever articles, alone and on a page."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as examples

from corpus import Article
from indexer.generations import IndexFolder
from indexer.writer import write_changes
from search import Engine, SearchRequest
from search.ordering import PREFERRED_WEIGHT, TOGETHER_POOL
from search.page import Explanation, Factors, OtherLanguage, RankedAs
from tests.conftest import ARTICLES, MakeEngine
from tests.search.corpora import History, asked, indexed

# "stress" is in the English and the Polish article; the words beside it in the English one alone.
TWO = (
    Article("en/a", "en", "Call center stress", "Calls.", published=date(2026, 5, 1), work="a"),
    Article("pl/a", "pl", "Stress", "Telefony.", published=date(2026, 4, 1), work="a"),
    Article("en/b", "en", "Notes", "Stress in a call center.", published=date(2026, 3, 1), work="b"),
)


def added_up(explanation: Explanation) -> float:
    return sum(group.contribution for group in explanation.groups) + explanation.together


@given(asked())
@examples(max_examples=25, deadline=None)
def test_explanations_add_up_to_the_score_of_each_hit(example: tuple[History, list[SearchRequest]]) -> None:
    history, requests = example
    with indexed(*history) as settings:
        engine = Engine(settings)
        for request in requests:
            for hit in engine.search(replace(request, explain=True)).hits:
                shown = hit.explanation
                assert shown is not None
                assert shown == engine.explain(request, hit.id)
                assert shown.ranked_as == hit.ranked_as
                ranked = engine.explain(request, hit.ranked_as.id) if hit.ranked_as else shown
                assert (ranked.ranked_as, ranked.factors) == (None, shown.factors)
                assert ranked.score == pytest.approx(hit.score, abs=1e-4)
                for explanation in (shown, ranked):
                    assert explanation.score == pytest.approx(added_up(explanation), abs=1e-3)


def test_a_translation_that_is_shown_is_explained_and_the_one_that_ranks_named_with_its_score(
    make_engine: MakeEngine,
) -> None:
    engine = make_engine(TWO)
    request = SearchRequest("call center stress", prefer=("pl",), explain=True)
    [hit, other] = engine.search(request).hits
    assert hit.explanation is not None
    assert [bool(group.found) for group in hit.explanation.groups] == [False, False, True]
    assert hit.explanation.ranked_as == RankedAs("en/a", "en", hit.score, ())
    assert hit.explanation.score < other.score < hit.score
    ranked = engine.explain(request, "en/a")
    assert (ranked.absence, ranked.shown_as) == ("translation", OtherLanguage("pl/a", "pl"))
    assert (ranked.score, ranked.ranked_as) == (hit.score, None)


def test_the_factors_of_a_place_are_those_of_the_article_that_ranks(make_engine: MakeEngine) -> None:
    engine = make_engine(TWO)
    for prefer, factors in (
        (("pl",), Factors(1, 1)),  # ranked as the English article, which has every word
        (("pl", "en"), Factors(PREFERRED_WEIGHT, 1)),
        ((), Factors(1, 1)),
    ):
        request = SearchRequest("call center stress", prefer=prefer, explain=True)
        found = [hit.explanation.factors for hit in engine.search(request).hits if hit.explanation]
        assert found == [factors, factors]


def test_scores_times_factors_fall_where_words_are_missing(engine: Engine) -> None:
    hits = engine.search(SearchRequest("stress sleep workers pay", ("en",), explain=True, prefer=("en",))).hits
    found = [(hit, hit.explanation.factors) for hit in hits if hit.explanation and hit.explanation.factors]
    assert len(found) == len(hits) == 3
    assert all(hit.missing and 0 < factors.missing < 1 for hit, factors in found)
    weighed = [hit.score * factors.preferred * factors.missing for hit, factors in found]
    assert weighed == sorted(weighed, reverse=True)


def test_by_date_words_that_stand_together_count_nothing_and_no_factor_does(make_engine: MakeEngine) -> None:
    request = SearchRequest("call center stress", explain=True, sort="newest", prefer=("en",))
    for hit in make_engine(TWO).search(request).hits:
        assert hit.explanation is not None
        assert (hit.explanation.together, hit.explanation.factors) == (0, None)
        assert hit.explanation.score == hit.score


def test_words_that_stand_together_count_only_in_the_best_by_their_words(make_engine: MakeEngine) -> None:
    number = TOGETHER_POOL + 2
    engine = make_engine([Article(f"{at:03}", "en", "Notes", "Call center. " * (at + 1)) for at in range(number)])
    request = SearchRequest("call center", explain=True, size=1)
    last = engine.search(replace(request, page=number)).hits[0]
    assert last.explanation is not None
    assert (last.explanation.together, last.explanation.score) == (0, last.score)
    assert engine.explain(request, last.id) == replace(last.explanation, absence="behind")
    assert engine.explain(request, engine.search(request).hits[0].id).together > 0


def test_what_is_no_hit_has_no_place(engine: Engine) -> None:
    for request in (SearchRequest("stress -call"), SearchRequest("stress", ("pl",)), SearchRequest("sleep")):
        explanation = engine.explain(request, "en/calls")
        assert explanation.absence in ("excluded", "filtered", "words")
        assert (explanation.ranked_as, explanation.factors, explanation.shown_as) == (None, None, None)


@pytest.mark.parametrize(
    "query", ["call center stress", "s* pracown* stress darb*", '"call center" OR sleep', "the", ""]
)
def test_an_article_is_explained_alike_alone_and_on_a_page(make_engine: MakeEngine, query: str) -> None:
    engine = make_engine(ARTICLES[:5])
    folder = IndexFolder(engine.settings.index)
    with folder.lock():
        write_changes(folder.live().open(), ARTICLES)
    request = SearchRequest(query, collapse=False, explain=True)
    hits = engine.search(request).hits
    assert len({hit.language for hit in hits}) > 1 or query == "the"
    assert [hit.explanation for hit in hits] == [engine.explain(request, hit.id) for hit in hits]
    assert [hit.explanation.id for hit in hits if hit.explanation] == [hit.id for hit in hits]


def test_the_words_of_each_article_of_a_page_are_its_own(engine: Engine) -> None:
    # en/calls: "Call center stress", "Calls never stop. Stress grows in a call center."; pl/calls has "Stres" twice.
    hits = engine.search(SearchRequest("stre*", collapse=False, explain=True)).hits
    found = {hit.id: hit.explanation.groups[0].found for hit in hits if hit.explanation}
    assert [(word.text, word.field, word.count) for word in found["en/calls"]] == [
        ("stress", "title", 1),
        ("stress", "body", 1),
    ]
    assert [(word.text, word.field, word.count) for word in found["pl/calls"]] == [
        ("stres", "title", 1),
        ("stres", "body", 1),
    ]
