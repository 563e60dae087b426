import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus import Article
from search import Engine, SearchRequest
from search.cli import karjera
from search.serialization import search_json
from tests.conftest import ARTICLES, MakeEngine


def run(index: Path, *arguments: str) -> Result:
    return CliRunner().invoke(karjera, ["search", *arguments], env={"KARJERA_INDEX": str(index)})


@pytest.fixture
def index(make_engine: MakeEngine) -> Path:
    return make_engine(ARTICLES).settings.index


def test_hits_are_printed_with_what_was_found_in_brackets(index: Path) -> None:
    printed = run(index, "pracownik", "--lang", "pl")
    assert printed.exit_code == 0
    lines = printed.output.splitlines()
    assert lines[0].startswith("3 articles (")
    assert "  1. Rozmowa o podwyżce" in lines
    assert any(line.startswith("     pl/pay · Polish · Pay and benefits · 2026-05-02 · ") for line in lines)
    assert "     [Pracownik] pyta o płacę. Kto pyta, zarabia więcej." in lines
    assert "Languages: Polish 3" in lines


def test_words_are_given_with_or_without_quotation_marks(index: Path) -> None:
    assert "en/calls" in run(index, "call", "center").output
    assert "en/calls" in run(index, '"call center"').output


def test_what_was_left_out_is_said(index: Path) -> None:
    printed = run(index, "stress qqq", "--no-collapse").output
    assert "2 articles, none with every word" in printed
    assert "In no article: qqq" in printed
    assert "without: qqq" in printed


def test_json_is_what_the_api_would_answer(index: Path, make_engine: MakeEngine) -> None:
    printed = json.loads(run(index, "stress", "--json", "--size", "3").output)
    expected = search_json(make_engine(ARTICLES).search(SearchRequest("stress", size=3)))
    for said in (printed, expected):
        del said["milliseconds"], said["generation"]
    assert printed == expected


def test_other_words_are_looked_for_unless_one_does_not_want_them(knowing: Engine) -> None:
    index = knowing.settings.index
    assert "lt/calls" in run(index, "call", "center", "--no-collapse").output
    printed = run(index, "call", "center", "--no-collapse", "--no-expand").output
    assert "lt/calls" not in printed
    assert "Also:" not in printed


def test_hits_are_explained_when_asked(index: Path) -> None:
    assert 'stress: as written "stress" (title 1×, text 1×)' in run(index, "stress", "--explain").output
    assert "as written" not in run(index, "stress").output
    said = json.loads(run(index, "stress", "--explain", "--json").output)
    assert said["hits"][0]["explanation"]["groups"][0]["words"] == "stress"


def test_why_an_article_is_no_hit_is_answered(index: Path) -> None:
    printed = run(index, "stress", "--why", "en/pay").output
    assert "not a hit: it lacks stress" in printed
    assert "articles" not in printed
    assert json.loads(run(index, "stress", "--why", "en/pay", "--json").output)["absence"] == "words"


def test_why_about_an_article_that_there_is_not_is_an_error(index: Path) -> None:
    printed = run(index, "stress", "--why", "nope")
    assert printed.exit_code == 1
    assert "there is no article 'nope'" in printed.output


def test_a_value_that_cannot_be_used_is_explained(index: Path) -> None:
    printed = run(index, "stress", "--lang", "xx")
    assert printed.exit_code == 2
    assert "lang is 'xx'; allowed are ar, be" in printed.output


def test_without_an_index_the_command_to_run_is_named(tmp_path: Path) -> None:
    printed = run(tmp_path / "none", "stress")
    assert printed.exit_code == 1
    assert "karjera index build" in printed.output


def test_a_wrong_setting_is_explained(tmp_path: Path) -> None:
    printed = CliRunner().invoke(karjera, ["search", "x"], env={"KARJERA_PAGE_SIZE": "many"})
    assert printed.exit_code == 1
    assert "KARJERA_PAGE_SIZE is 'many'; allowed is a whole number" in printed.output


def test_control_characters_of_articles_do_not_reach_the_terminal(make_engine: MakeEngine) -> None:
    engine = make_engine([Article("a", "en", "Stress \x1b[31m", "Stress \x1b]0;title\x07 here.")])
    assert "\x1b" not in run(engine.settings.index, "stress").output


def test_a_work_is_printed_once_in_the_preferred_language_or_in_all(index: Path) -> None:
    printed = run(index, "stres", "--prefer", "lt", "--prefer", "en").output
    assert printed.startswith("1 article (")
    assert "lt/calls" in printed
    assert "     also in English, Polish" in printed
    assert run(index, "stres", "--no-collapse").output.startswith("2 articles (")
