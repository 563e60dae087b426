from dataclasses import replace

import pytest

from corpus import Article
from search import Engine, SearchRequest
from search.page import Absence, Replacement, Rewording
from search.printing import ABSENCES, WAYS, echo_explanation, echo_page
from search.reasons import WAYS as ALL_WAYS
from tests.conftest import MakeEngine

Captured = pytest.CaptureFixture[str]

# "stress" is in the English and the Polish article; the words beside it in the English one alone.
TRANSLATED = (
    Article("en/a", "en", "Call center stress", "Calls.", work="a"),
    Article("pl/a", "pl", "Stress", "Telefony.", work="a"),
    Article("en/b", "en", "Notes", "Stress in a call center. A salary.", work="b"),
)


def test_the_other_words_that_were_looked_for_are_named(knowing: Engine, capsys: Captured) -> None:
    echo_page(knowing.search(SearchRequest("call center")))
    assert "Also: call centre, infolinia, skambučių centras and others\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("replaced", "said"),
    [
        (Replacement("burnuot", ("burnout",), "typo"), 'No article has "burnuot": taken for "burnout"'),
        (
            Replacement("burn", ("burnout", "burns"), "prefix"),
            'No article has "burn": taken for the beginning of "burnout" or "burns"',
        ),
        (
            Replacement("Arbeitsstress", ("arbeit", "stress"), "part"),
            'No article has "Arbeitsstress": taken for "arbeit" or "stress", of which it is made',
        ),
        (Replacement("a\x1b[31m", ("b",), "typo"), 'No article has "a [31m": taken for "b"'),
    ],
)
def test_what_a_word_was_taken_for_is_said(engine: Engine, capsys: Captured, replaced: Replacement, said: str) -> None:
    page = engine.search(SearchRequest("stress"))
    echo_page(replace(page, interpretation=replace(page.interpretation, replaced=(replaced,))))
    assert f"{said}\n" in capsys.readouterr().out


def test_what_the_reader_may_have_meant_is_asked(engine: Engine, capsys: Captured) -> None:
    page = engine.search(SearchRequest("stress"))
    echo_page(replace(page, interpretation=replace(page.interpretation, did_you_mean=Rewording("a\x1b[31m b", 7))))
    assert 'Did you mean "a [31m b"? 7 with every word\n' in capsys.readouterr().out
    echo_page(page)
    assert "Did you mean" not in capsys.readouterr().out


def test_every_hit_says_what_its_score_is_made_of(knowing: Engine, capsys: Captured) -> None:
    page = knowing.search(SearchRequest("call center stress", explain=True, collapse=False))
    echo_page(page)
    printed = capsys.readouterr().out
    assert 'call: as written "call" (title 1×, text 1×); another form of the word "calls" (text 1×)\n' in printed
    assert 'another word for the same "skambučių' in printed
    assert "words of the query that stand together\n" in printed
    assert [f"{hit.score:5.2f} in all" in printed for hit in page.hits] == [True] * len(page.hits)


def test_the_translation_as_which_a_hit_ranks_is_named(make_engine: MakeEngine, capsys: Captured) -> None:
    engine = make_engine(TRANSLATED)
    page = engine.search(SearchRequest("call center stress", prefer=("pl",), explain=True))
    echo_page(page)
    first, second = capsys.readouterr().out.split("2. ")
    score = f"{page.hits[0].score:5.2f}"
    assert f"{score} ranked as its English translation, en/a, with every word\n" in first
    assert "for its place" not in first + second
    echo_page(engine.search(SearchRequest("call center stress", prefer=("en",), explain=True)))
    first, second = capsys.readouterr().out.split("2. ")
    assert "ranked as" not in first
    assert "×1.10 for its place: a language that you read\n" in first


def test_what_a_translation_lacks_as_which_a_hit_ranks_is_said(make_engine: MakeEngine, capsys: Captured) -> None:
    engine = make_engine(TRANSLATED)
    echo_page(engine.search(SearchRequest("call center stress salary", prefer=("pl",), explain=True)))
    printed = capsys.readouterr().out
    assert "ranked as its English translation, en/a, without salary\n" in printed
    assert "for its place: words are missing\n" in printed


@pytest.mark.parametrize(
    ("request_", "id", "said"),
    [
        (SearchRequest("stress"), "en/pay", "not a hit: it lacks stress, and there are enough that lack less"),
        (
            SearchRequest("call -stress"),
            "en/calls",
            "not a hit: it or a translation of it has an excluded word",
        ),
        (SearchRequest("call", ("pl",)), "en/calls", "not a hit: a filter does not let it through"),
        (SearchRequest("stres", size=1, collapse=False), "lt/calls", "a hit, on another page"),
        (SearchRequest("stres"), "lt/calls", "not a hit of its own: another translation stands for it, pl/calls"),
    ],
)
def test_why_an_article_is_not_there_is_said(
    engine: Engine, capsys: Captured, request_: SearchRequest, id: str, said: str
) -> None:
    echo_explanation(engine.explain(request_, id))
    first, second = capsys.readouterr().out.splitlines()[:2]
    assert first.startswith(id)
    assert second == f"     {said}"


def test_every_way_and_every_absence_has_words() -> None:
    assert set(WAYS) == set(ALL_WAYS)
    every: tuple[Absence, ...] = ("words", "excluded", "filtered", "translation", "behind")
    assert set(ABSENCES) == set(every)
