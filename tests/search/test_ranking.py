"""Scores against a brute-force scorer that reads the articles themselves, and the order that readers see."""

from datetime import date
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import LANGUAGES, Article, Settings
from indexer.analysis import Analyzer, stop_words
from indexer.generations import IndexFolder
from indexer.writer import write_all
from search import Engine, SearchRequest
from search.page import SearchPage
from search.parsing import parse
from search.planning import plan
from search.ranking import (
    B_BODY,
    B_TITLE,
    K1,
    PRIOR_ARTICLES,
    TIER_WEIGHTS,
    TITLE_WEIGHT,
    information,
    match,
)
from search.snapshot import open_snapshot
from tests.conftest import MakeEngine


def ids(page: SearchPage) -> list[str]:
    return [hit.id for hit in page.hits]


def search(engine: Engine, query: str, size: int = 10) -> SearchPage:
    return engine.search(SearchRequest(query, size=size))


def filler(count: int, language: str = "en") -> list[Article]:
    return [Article(f"filler/{at}", language, f"Nothing {at}", "Zebras graze.") for at in range(count)]


def test_every_word_comes_before_some_words(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            Article("both", "en", "Notes", "A long text on other things with a salary and once a negotiation in it."),
            Article("one", "en", "Salary salary", "Salary salary salary."),
            *filler(5),
        ]
    )
    page = search(engine, "salary negotiation")
    assert ids(page) == ["both", "one"]
    assert (page.complete, page.total) == (1, 2)
    assert page.hits[1].missing == ("negotiation",)
    assert page.interpretation.left_out == ("negotiation",)


def test_the_least_informative_words_are_left_out_first(make_engine: MakeEngine) -> None:
    # "salary" stands in three articles, "mentor" in one: without either, the one with "mentor" tells more.
    engine = make_engine(
        [
            Article("common", "en", "A", "Salary here."),
            Article("common too", "en", "B", "Salary there."),
            Article("rare", "en", "C", "Mentor here."),
            Article("third", "en", "D", "Salary again."),
            *filler(10),
        ]
    )
    assert ids(search(engine, "salary mentor"))[0] == "rare"


def test_a_full_page_with_every_word_needs_no_others(make_engine: MakeEngine) -> None:
    both = [Article(f"both/{at:02}", "en", "T", "Salary and mentor.") for at in range(10)]
    engine = make_engine([*both, Article("one", "en", "T", "Salary alone.")])
    page = search(engine, "salary mentor", size=50)
    assert page.total == page.complete == 10
    assert page.interpretation.left_out == ()


def test_words_are_relaxed_in_a_chosen_language_that_has_none_with_every_word(make_engine: MakeEngine) -> None:
    both = [Article(f"both/{at:02}", "en", "T", "Salary and mentor.") for at in range(10)]
    engine = make_engine([*both, Article("pl", "pl", "Mentor", "Mentor w pracy.")])
    assert "pl" not in ids(search(engine, "salary mentor", size=50))
    chosen = engine.search(SearchRequest("salary mentor", languages=("pl",)))
    assert ids(chosen) == ["pl"]
    assert [(value.value, value.count) for value in chosen.languages] == [("en", 10), ("pl", 1)]


def test_words_are_relaxed_where_a_filter_would_leave_nothing(make_engine: MakeEngine) -> None:
    both = [Article(f"both/{at:02}", "en", "T", "Salary and mentor.", ("pay",)) for at in range(10)]
    engine = make_engine([*both, Article("law", "en", "Salary law", "Salary.", ("law",))])
    assert ids(engine.search(SearchRequest("salary mentor", topics=("law",)))) == ["law"]


def test_newest_first_puts_every_word_before_some(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            Article("old", "en", "T", "Salary and mentor.", published=date(2020, 1, 1)),
            Article("new", "en", "T", "Mentor.", published=date(2025, 1, 1)),
        ]
    )
    page = engine.search(SearchRequest("salary mentor", sort="newest"))
    assert ids(page) == ["old", "new"]


def test_the_same_word_twice_counts_once(make_engine: MakeEngine) -> None:
    engine = make_engine([Article("a", "en", "Notes", "One worker here."), *filler(3)])
    [once] = search(engine, "worker").hits
    [twice] = search(engine, "worker OR workers").hits
    assert once.score == twice.score


def test_an_unknown_word_is_named_and_the_others_still_answer(make_engine: MakeEngine) -> None:
    page = search(make_engine([Article("a", "en", "Salary", "Salary."), *filler(3)]), "salary qqq")
    assert ids(page) == ["a"]
    assert page.interpretation.unknown == ("qqq",)
    assert page.complete == 0


def test_stop_words_need_not_be_there(make_engine: MakeEngine) -> None:
    page = search(make_engine([Article("a", "en", "Salary", "Negotiate salary."), *filler(3)]), "how to salary")
    assert ids(page) == ["a"]
    assert page.complete == 1


def test_stop_words_of_the_readers_language_are_not_asked_of_another(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [Article("en", "en", "How to mentor", "A mentor."), Article("pl", "pl", "Mentor", "Mentor w firmie.")]
    )
    page = search(engine, "how to mentor")
    assert sorted(ids(page)) == ["en", "pl"]
    assert page.complete == 2


def test_a_query_of_stop_words_alone_is_meant(make_engine: MakeEngine) -> None:
    engine = make_engine([Article("be", "en", "Hamlet", "To be or not to be."), *filler(3)])
    assert ids(search(engine, '"to be or not to be"')) == ["be"]
    assert ids(search(engine, "to be")) == ["be"]


def test_the_exact_form_comes_before_another_inflection(make_engine: MakeEngine) -> None:
    # Snowball maps both darbuotojas (employee) and darbas (work) to darb.
    engine = make_engine(
        [
            Article("work", "lt", "Apie", "Darbas yra čia."),
            Article("worker", "lt", "Apie", "Darbuotojas yra čia."),
        ]
    )
    assert ids(search(engine, "darbuotojas")) == ["worker", "work"]
    assert ids(search(engine, "darbas")) == ["work", "worker"]


def test_the_title_counts_for_more(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [Article("body", "en", "Notes here", "Salary talk."), Article("title", "en", "Salary talk", "Notes here.")]
    )
    assert ids(search(engine, "salary")) == ["title", "body"]


def test_words_that_stand_together_and_in_order_come_first(make_engine: MakeEngine) -> None:
    far = "Call me at the office when you are in town and visit the new center."
    engine = make_engine(
        [
            Article("apart", "en", "Notes", far),
            Article("turned", "en", "Notes", "Center call is what one does at the new office when one is in the town."),
            Article("together", "en", "Notes", "Call center is what one has at the new office when one is in town."),
        ]
    )
    assert ids(search(engine, "call center")) == ["together", "turned", "apart"]


def test_the_article_in_the_querys_language_comes_before_one_that_quotes_it(make_engine: MakeEngine) -> None:
    # "salary" is common in English and rare in Polish: by each language's own statistics alone, the quotation wins.
    english = [Article(f"en/{at}", "en", "Salary", "Your salary and what it should be.") for at in range(8)]
    polish = [Article(f"pl/{at}", "pl", "Praca", "Praca i życie.") for at in range(40)]
    quoting = Article("pl/quote", "pl", "Praca i płaca", "Po angielsku płaca to salary, a praca to work.")
    assert "pl/quote" not in ids(search(make_engine([*english, *polish, quoting]), "salary"))[:8]


def test_equal_articles_come_in_the_order_of_their_ids(make_engine: MakeEngine) -> None:
    engine = make_engine([Article(id, "en", "Salary", "Salary.") for id in ("c", "a", "b")])
    assert ids(search(engine, "salary")) == ["a", "b", "c"]


def test_excluded_words_are_not_there_whatever_else_matches(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [Article("a", "en", "Salary", "Salary and bonuses."), Article("b", "en", "Salary", "Salary alone.")]
    )
    assert ids(search(engine, "salary -bonus")) == ["b"]
    assert ids(search(engine, "-bonus")) == ["b"]


def test_information_is_the_surprise_of_a_word() -> None:
    # 100 articles, 9 with the word, no lean: -ln(9.5 / 101) with the prior taken out of both.
    share = (9 + 0.5 + PRIOR_ARTICLES * 0.09) / (100 + 1 + PRIOR_ARTICLES)
    assert information(100, 9, 0.09) == pytest.approx(-log(share))
    assert information(100, 0, 0.0) > information(100, 1, 0.01) > information(100, 50, 0.5) > 0
    assert information(3, 3, 1.0) >= 0


VOCABULARY = ["salary", "salaries", "mentor", "stress", "night", "the", "of"]
BODIES = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=10)


def brute_force(articles: list[Article], query: list[str]) -> dict[str, float]:
    """Score English articles that have every word of the query but stop words, from their texts alone."""
    analyzer = Analyzer(LANGUAGES["en"])
    stops = stop_words(LANGUAGES["en"])
    texts = {a.id: (analyzer.tokens(a.title), analyzer.tokens(a.body)) for a in articles}
    mean_title = sum(len(title) for title, _ in texts.values()) / len(texts)
    mean_body = sum(len(body) for _, body in texts.values()) / len(texts)
    words = [analyzer.tokens(word)[0] for word in dict.fromkeys(query)]
    has = {
        word.form: {id for id, (title, body) in texts.items() if any(t.stem == word.stem for t in title + body)}
        for word in words
    }
    required = [word for word in words if word.form not in stops] or words
    told = {word.form: information(len(texts), len(has[word.form]), len(has[word.form]) / len(texts)) for word in words}
    worth = sum(told[word.form] for word in words if has[word.form] or word in required) or 1.0
    scores = {}
    for id, (title, body) in texts.items():
        if not all(id in has[word.form] for word in required):
            continue
        total = 0.0
        for word in words:
            in_title = sum(token.stem == word.stem for token in title)
            in_body = sum(token.stem == word.stem for token in body)
            if not in_title + in_body:
                continue
            frequency = TITLE_WEIGHT * in_title / (1 - B_TITLE + B_TITLE * len(title) / mean_title)
            frequency += in_body / (1 - B_BODY + B_BODY * len(body) / mean_body)
            exact = any(token.form == word.form for token in title + body)
            tier = TIER_WEIGHTS[min(TIER_WEIGHTS)] if exact else TIER_WEIGHTS[max(TIER_WEIGHTS)]
            total += told[word.form] / worth * frequency * (K1 + 1) / (frequency + K1) * tier
        scores[id] = total
    return scores


@given(
    # The index keeps lengths up to 10 as they are.
    st.lists(st.tuples(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4), BODIES), min_size=1, max_size=8),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4),
    st.integers(0, 8),
)
@examples(max_examples=60, deadline=None)
def test_scores_are_those_of_a_brute_force_scorer_however_the_index_is_cut(
    texts: list[tuple[list[str], list[str]]], query: list[str], cut: int
) -> None:
    articles = [Article(str(at), "en", " ".join(title), " ".join(body)) for at, (title, body) in enumerate(texts)]
    settings = Settings()
    with TemporaryDirectory() as name:
        folder = IndexFolder(Path(name))
        with folder.lock():
            with folder.new_generation() as index:
                for part in (articles[:cut], articles[cut:]):
                    write_all(index, part)
            snapshot = open_snapshot(folder.publish(2))
        planned = plan(parse(" ".join(query), settings), snapshot.by_language)
        matches = match(planned, snapshot, settings)
        complete = {
            snapshot.documents.ids[number]: found.score
            for number, found in matches.by_number.items()
            if not found.missing
        }
    assert complete == pytest.approx(brute_force(articles, query))
