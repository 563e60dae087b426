"""Scores against the articles' own texts, and the order that readers see."""

from collections import defaultdict
from dataclasses import replace
from functools import partial
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import Article, Settings
from search import Engine, SearchRequest
from search.facets import allowed, passing
from search.page import SearchPage
from search.parsing import parse
from search.planning import LanguagePlan, plan
from search.ranking import Matches, match
from search.relaxing import Passing
from search.snapshot import Snapshot
from tests.conftest import MakeEngine
from tests.search.corpora import History, asked, cut, indexed, other_words, snapshot_of
from tests.search.plain import PlainMatches, PlainSearch


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


def test_each_language_is_relaxed_by_itself(make_engine: MakeEngine) -> None:
    both = [Article(f"both/{at:02}", "en", "T", "Salary and mentor.") for at in range(10)]
    one = [Article("one", "en", "T", "Salary alone."), Article("pl", "pl", "Mentor", "Mentor w pracy.")]
    page = search(make_engine([*both, *one]), "salary mentor", size=50)
    # English has a full page of articles with both words, Polish none.
    assert ids(page) == [*(f"both/{at:02}" for at in range(10)), "pl"]
    assert page.complete == 10
    assert [(value.value, value.count) for value in page.languages] == [("en", 10), ("pl", 1)]


def test_words_are_relaxed_where_a_filter_would_leave_nothing(make_engine: MakeEngine) -> None:
    both = [Article(f"both/{at:02}", "en", "T", "Salary and mentor.", ("pay",)) for at in range(10)]
    engine = make_engine([*both, Article("law", "en", "Salary law", "Salary.", ("law",))])
    assert ids(engine.search(SearchRequest("salary mentor", topics=("law",)))) == ["law"]


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


def test_a_stop_word_that_is_only_the_stem_of_a_word_elsewhere_is_not_asked_for_there(make_engine: MakeEngine) -> None:
    # Snowball makes "our" of the invented Lithuanian word; nobody writes "our" there.
    engine = make_engine(
        [
            Article("en", "en", "Our mentor", "Our mentor."),
            Article("lt", "lt", "Mentor", "Mentor."),
            Article("stem", "lt", "Ouras", "Ouras."),
        ]
    )
    assert search(engine, "our mentor").complete == 2


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


def test_the_article_in_the_querys_language_comes_before_one_that_quotes_it(make_engine: MakeEngine) -> None:
    # "salary" is common in English and rare in Polish: by each language's own statistics alone, the quotation wins.
    english = [Article(f"en/{at}", "en", "Salary", "Your salary and what it should be.") for at in range(8)]
    polish = [Article(f"pl/{at}", "pl", "Praca", "Praca i życie.") for at in range(40)]
    quoting = Article("pl/quote", "pl", "Praca i płaca", "Po angielsku płaca to salary, a praca to work.")
    assert "pl/quote" not in ids(search(make_engine([*english, *polish, quoting]), "salary"))[:8]


def test_a_stop_word_of_another_language_is_not_looked_for_by_its_stem(make_engine: MakeEngine) -> None:
    # German "andere" and English "and" have one stem.
    engine = make_engine(
        [
            Article("en", "en", "Stress and salary", "Stress, and what it pays."),
            Article("de/other", "de", "Stress", "Andere haben auch Stress."),
            Article("de/salary", "de", "Stress", "Stress und Salary: ein englisches Wort."),
        ]
    )
    page = search(engine, "stress and salary")
    assert ids(page) == ["en", "de/salary", "de/other"]
    assert [[piece.text for piece in hit.snippet if piece.hit] for hit in page.hits[1:]] == [
        ["Stress", "Salary"],
        ["Stress"],
    ]


def test_who_has_only_a_stop_word_of_another_language_answers_where_nobody_else_does(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            Article("en", "en", "Bullying", "What you are to do."),
            Article("fr", "fr", "Chômage", "ARE est une allocation."),
        ]
    )
    assert ids(search(engine, "are you bullied")) == ["en"]
    assert ids(engine.search(SearchRequest("are you bullied", languages=("fr",)))) == ["fr"]
    # There are no others in this query.
    assert set(ids(search(engine, "are"))) == {"en", "fr"}


def test_excluded_words_are_not_there_whatever_else_matches(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [Article("a", "en", "Salary", "Salary and bonuses."), Article("b", "en", "Salary", "Salary alone.")]
    )
    assert ids(search(engine, "salary -bonus")) == ["b"]
    assert ids(search(engine, "-bonus")) == ["b"]


def told_of(
    snapshot: Snapshot, matches: Matches
) -> tuple[dict[str, float], dict[str, tuple[int, ...]], dict[str, float]]:
    """Return what is said of each article, by its id: score, groups that it lacks, share."""
    ids = [snapshot.id(number) for number in matches.numbers.tolist()]
    return (
        dict(zip(ids, matches.scores.tolist(), strict=True)),
        {id: matches.lacking(row) for row, id in enumerate(ids)},
        dict(zip(ids, matches.shares.tolist(), strict=True)),
    )


def assert_same(snapshot: Snapshot, matches: Matches, plain: PlainMatches) -> None:
    scores, missing, shares = told_of(snapshot, matches)
    assert scores == pytest.approx(dict(plain.scores), rel=1e-9, abs=1e-9)
    assert missing == plain.missing
    # No words, no shares.
    if plain.told:
        assert shares == pytest.approx(dict(plain.shares), rel=1e-9, abs=1e-9)
    assert matches.unknown == plain.unknown
    # Of languages that have none of the words nothing is said.
    columns = snapshot.columns
    answering = {columns.languages[code] for code in columns.language_codes[matches.numbers].tolist()}
    assert not plain.told or answering <= matches.information.keys() <= plain.told.keys()
    for language, told in matches.information.items():
        assert told == pytest.approx(plain.told[language])


@given(asked(), st.sampled_from([1, 2, 10]))
@examples(max_examples=40, deadline=None)
def test_scores_are_those_of_the_texts(example: tuple[History, list[SearchRequest]], page_size: int) -> None:
    history, requests = example
    with indexed(*history, page_size=page_size) as settings:
        snapshot, plain = snapshot_of(settings), PlainSearch(history[-1], settings)
        for request in requests:
            planned = plan(parse(request.query, settings), snapshot.counts)
            assert_same(snapshot, match(planned, snapshot, settings), plain.matches(planned))


@given(asked(), st.sampled_from([1, 2, 10]), st.randoms(use_true_random=False))
@examples(max_examples=40, deadline=None)
def test_scores_are_those_of_the_texts_whatever_else_is_looked_for(
    example: tuple[History, list[SearchRequest]], page_size: int, chance: Random
) -> None:
    history, requests = example
    with indexed(*history, page_size=page_size) as settings:
        snapshot, plain = snapshot_of(settings), PlainSearch(history[-1], settings)
        for request in requests:
            planned = plan(parse(request.query, settings), snapshot.counts)
            languages = [with_other_words(language, chance) for language in planned.languages]
            planned = replace(planned, languages=tuple(languages))
            assert_same(snapshot, match(planned, snapshot, settings), plain.matches(planned))


def with_other_words(language: LanguagePlan, chance: Random) -> LanguagePlan:
    """Return a plan that takes words of the query for other words for its groups, some lent."""
    words = list(other_words(pattern for group in language.groups for pattern in group.patterns))
    groups = []
    for group in language.groups:
        added = chance.sample(words, min(len(words), 2)) if chance.random() < 0.6 else []
        patterns = tuple(dict.fromkeys((*group.patterns, *added)))
        groups.append(replace(group, patterns=patterns, lent=chance.random() < 0.5))
    return replace(language, groups=tuple(groups))


def filters(snapshot: Snapshot, request: SearchRequest, settings: Settings) -> Passing:
    query = parse(request.query, settings)
    return lambda numbers: passing(allowed(numbers, query, snapshot.columns), request, snapshot.columns)


@given(asked(4), st.sampled_from([1, 2, 10]), st.booleans(), st.randoms(use_true_random=False))
@examples(max_examples=40, deadline=None)
def test_words_are_relaxed_once_more_where_filters_leave_nothing(
    example: tuple[History, list[SearchRequest]], page_size: int, other: bool, chance: Random
) -> None:
    history, requests = example
    with indexed(history[-1], page_size=page_size) as settings:
        snapshot, plain = snapshot_of(settings), PlainSearch(history[-1], settings)
        for request in requests:
            planned = plan(parse(request.query, settings), snapshot.counts)
            if other:
                languages = [with_other_words(language, chance) for language in planned.languages]
                planned = replace(planned, languages=tuple(languages))
            matches = match(planned, snapshot, settings, filters(snapshot, request, settings))
            assert_same(snapshot, matches, plain.matches(planned, partial(plain.passes, request)))


@given(asked(), st.lists(st.integers(0, 8), max_size=4), st.data())
@examples(max_examples=20, deadline=None)
def test_nothing_depends_on_how_the_index_is_cut(
    example: tuple[History, list[SearchRequest]], cuts: list[int], data: st.DataObject
) -> None:
    history, requests = example
    articles = history[-1]
    parts: dict[int, list[Article]] = defaultdict(list)
    for article in data.draw(st.permutations(articles)):
        parts[sum(article.id > str(at) for at in cuts)].append(article)
    with cut(articles) as whole, cut(*parts.values()) as pieces, indexed(*history) as settings:
        assert len(whole.segments) == 1
        assert len(pieces.segments) == len(parts)
        synced = snapshot_of(settings)
        for request in requests:
            planned = plan(parse(request.query, settings), sorted(whole.counts))
            expected = told_of(whole, match(planned, whole, settings))
            for snapshot in (pieces, synced):
                got = told_of(snapshot, match(planned, snapshot, settings))
                assert got[0] == pytest.approx(expected[0], rel=1e-9, abs=1e-12)
                assert got[1:] == expected[1:]


@given(asked(4))
@examples(max_examples=10, deadline=None)
def test_nothing_depends_on_merging(example: tuple[History, list[SearchRequest]]) -> None:
    history, requests = example
    articles = history[-1]
    others = [Article(f"other/{at}", articles[0].language, "T", articles[0].body) for at in range(9)]
    every = [*articles, *others]
    # A commit each: of eight small segments one becomes.
    with indexed(*(every[: len(articles) + at] for at in range(10))) as merged, indexed(every) as built:
        assert len(snapshot_of(merged).segments) < 8
        for request in requests:
            said = []
            for settings in (merged, built):
                snapshot = snapshot_of(settings)
                matches = match(plan(parse(request.query, settings), sorted(snapshot.counts)), snapshot, settings)
                said.append(told_of(snapshot, matches))
            assert said[0][0] == pytest.approx(said[1][0], rel=1e-9, abs=1e-12)
            assert said[0][1:] == said[1][1:]


@pytest.mark.parametrize("before", [10, 250, 300])
def test_excluded_words_alone_are_excluded_whatever_the_number_of_their_article(before: int) -> None:
    zebras = [Article(f"zebra/{at:03}", "en", "T", "Zebras graze.") for at in range(before)]
    others = [Article(f"other/{at}", "en", "T", "Bonus." if at == 9 else "Nothing.") for at in range(10)]
    with cut(zebras, others) as snapshot:
        matches = match(plan(parse("-bonus", Settings()), snapshot.counts), snapshot, Settings())
        left = {snapshot.id(number) for number in matches.numbers.tolist()}
    assert left == {article.id for article in [*zebras, *others]} - {"other/9"}
