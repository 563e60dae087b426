from dataclasses import replace
from datetime import date

import pytest

from corpus import Article, Settings
from indexer.errors import IndexMissing
from search import ArticleNotFound, Engine, SearchRequest
from search.page import Listed, Translation
from tests.conftest import ARTICLES, MakeEngine


def test_without_an_index_the_error_says_what_to_run(settings: Settings) -> None:
    with pytest.raises(IndexMissing, match="karjera index build"):
        Engine(settings).search(SearchRequest("stress"))


def test_one_query_finds_articles_of_several_languages(engine: Engine) -> None:
    page = engine.search(SearchRequest("stres", collapse=False))
    # The Polish title, and Lithuanian stresas, which stems to stres.
    assert [hit.id for hit in page.hits] == ["pl/calls", "lt/calls"]
    assert page.complete == 2


@pytest.mark.parametrize("query", ["급여 협상", "급여협상", "급여를 협상하려면", "협상 급여가"])
def test_a_korean_noun_is_found_with_any_particle_and_within_others(make_engine: MakeEngine, query: str) -> None:
    engine = make_engine(
        [
            Article("particles", "ko", "연봉 이야기", "회사에서 급여를 협상하는 방법을 알아봅니다."),
            Article("together", "ko", "면접", "면접에서 급여협상은 이렇게 합니다."),
            Article("other", "ko", "휴가", "휴가는 미리 신청합니다."),
        ]
    )
    hits = engine.search(SearchRequest(query)).hits
    assert {hit.id for hit in hits} == {"particles", "together"}
    for hit in hits:
        assert next(segment.text for segment in hit.snippet if segment.hit).startswith("급여")


def test_inflections_find_each_other_where_snowball_has_no_stemmer(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            Article("one", "uk", "Як шукають роботу", "З працівниками говорять про договори."),
            Article("other", "uk", "Стрес", "Лікар радить відпочинок."),
            Article("accented", "sk", "Mzda", "Zamestnancom patrí dovolenka podľa zmlúv."),
        ]
    )
    page = engine.search(SearchRequest("працівник договір шукати"))
    assert [(hit.id, hit.missing) for hit in page.hits] == [("one", ())]
    assert [hit.id for hit in engine.search(SearchRequest("zamestnanec zmluva")).hits] == ["accented"]
    # The reader leaves out the accents of an inflection that the article does not have.
    assert [hit.id for hit in engine.search(SearchRequest("zmluvach")).hits] == ["accented"]


def test_a_list_of_all_articles_comes_in_parts(engine: Engine) -> None:
    assert [item.id for item in engine.listing(0, 2)] == ["en/calls", "en/night"]
    assert engine.listing(8, 2) == (Listed("pl/pay", "pl", date(2026, 5, 2)),)
    assert engine.listing(9, 2) == ()


def test_no_query_lists_the_newest(engine: Engine) -> None:
    page = engine.search(SearchRequest(size=3, collapse=False))
    assert [hit.id for hit in page.hits] == ["lt/night", "pl/night", "lt/pay"]
    assert page.total == 9


def test_newest_first_puts_articles_without_a_date_last(engine: Engine) -> None:
    page = engine.search(SearchRequest("worker OR call", sort="newest"))
    assert [hit.published for hit in page.hits][-1] is None
    dates = [hit.published for hit in page.hits if hit.published]
    assert dates == sorted(dates, reverse=True)


def test_languages_and_topics_may_be_excluded_in_the_query(engine: Engine) -> None:
    assert {hit.id for hit in engine.search(SearchRequest("stres -lang:lt")).hits} == {"pl/calls"}
    assert engine.search(SearchRequest("-topic:pay -lang:en,lt")).total == 2


def test_pages_follow_each_other_without_gap_or_repetition(engine: Engine) -> None:
    pages = [engine.search(SearchRequest(size=2, page=number, collapse=False)) for number in range(1, 6)]
    ids = [hit.id for page in pages for hit in page.hits]
    assert len(ids) == len(set(ids)) == 9
    assert {page.pages for page in pages} == {5}


def test_a_page_beyond_the_last_is_empty(engine: Engine) -> None:
    page = engine.search(SearchRequest(size=10, page=7, collapse=False))
    assert page.hits == ()
    assert (page.total, page.pages) == (9, 1)


def test_paging_is_bounded_and_the_total_is_not(engine: Engine) -> None:
    bounded = Engine(replace(engine.settings, max_results=10))
    assert bounded.search(SearchRequest(size=3, collapse=False)).pages == 3
    five = Engine(replace(engine.settings, max_results=5))
    assert [len(five.search(SearchRequest(size=2, page=page, collapse=False)).hits) for page in (1, 2, 3)] == [2, 2, 1]
    few = Engine(replace(engine.settings, max_results=4))
    page = few.search(SearchRequest(size=2, collapse=False))
    assert (page.total, page.pages) == (9, 2)


def test_an_article_comes_with_marks_and_translations(engine: Engine) -> None:
    page = engine.article("en/calls", "stress")
    body = page.article.body
    assert [segment.text for segment in page.title if segment.hit] == ["stress"]
    assert [body[start:end] for start, end in page.body_hits] == ["Stress"]
    assert page.translations == (
        Translation("lt/calls", "lt", "Stresas skambučių centre"),
        Translation("pl/calls", "pl", "Stres w call center"),
    )


@pytest.mark.parametrize(
    ("query", "marked"),
    [("cetner strress", ["center", "stress", "Stress", "center"]), ("strress cente", ["center", "stress"])],
)
def test_an_article_found_by_a_mistyped_or_unfinished_word_is_marked_as_in_the_results(
    engine: Engine, query: str, marked: list[str]
) -> None:
    (hit,) = (hit for hit in engine.search(SearchRequest(query, collapse=False)).hits if hit.id == "en/calls")
    page = engine.article("en/calls", query)
    assert page.title == hit.title
    body = page.article.body
    title = [segment.text for segment in page.title if segment.hit]
    assert [*title, *(body[start:end] for start, end in page.body_hits)][: len(marked)] == marked


def test_a_word_that_another_language_has_is_not_corrected_in_the_article(engine: Engine) -> None:
    # "stres" is Polish, and no article lacks it.
    assert engine.article("en/calls", "stres").body_hits == ()


@pytest.mark.parametrize("id", ["nope", "", "../calls", "en/calls/", "EN/CALLS", "\x00", "x" * 10_000])
def test_an_id_nobody_has_is_not_found(engine: Engine, id: str) -> None:
    with pytest.raises(ArticleNotFound) as error:
        engine.article(id)
    assert len(str(error.value)) < 500


def test_an_article_of_an_unknown_language_is_found_by_its_words(make_engine: MakeEngine) -> None:
    engine = make_engine([*ARTICLES, Article("x", "und", "Zzyzx", "Zzyzx road, zzyzxes.")])
    assert [hit.id for hit in engine.search(SearchRequest("zzyzx")).hits] == ["x"]
    assert engine.search(SearchRequest("zzyzxing")).total == 0


def test_counts_are_by_language(engine: Engine) -> None:
    assert engine.counts() == {"en": 3, "lt": 3, "pl": 3}


def test_ranked_ids_are_those_of_the_hits(engine: Engine) -> None:
    for request in (
        SearchRequest("pracownik stres"),
        SearchRequest("call center stress", size=2, page=2, collapse=False),
        SearchRequest("call center stress OR sen", prefer=("lt", "pl")),
        SearchRequest("stres OR sen OR pay", prefer=("lt",), sort="newest"),
        SearchRequest(prefer=("en",), size=1, page=3),
        SearchRequest("pay OR night", languages=("en",)),
        SearchRequest("stress", sort="newest"),
        SearchRequest(),
    ):
        hits = engine.search(request).hits
        assert hits
        assert engine.ranked_ids(request) == tuple(hit.id for hit in hits)
