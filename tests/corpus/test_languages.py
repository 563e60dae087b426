import pytest
import Stemmer

from corpus import LANGUAGES, UNDETERMINED, language_for

ROWS = [row for row in LANGUAGES.values() if row is not UNDETERMINED]
# Algorithms of PyStemmer that are another stemmer for a language that has one.
VARIANTS = {"porter", "dutch_porter"}


def test_every_snowball_language_has_a_row() -> None:
    stemmers = [row.stemmer for row in ROWS if row.stemmer]
    assert set(stemmers) >= set(Stemmer.algorithms()) - VARIANTS
    assert len(stemmers) == len(set(stemmers))


@pytest.mark.parametrize("code", "he ms sa sw ur bn vi zh ja ko th".split())
def test_a_language_without_a_stemmer_has_a_row_that_says_so(code: str) -> None:
    assert LANGUAGES[code].stemmer is None


def test_a_row_is_found_by_its_code_and_is_like_no_other() -> None:
    assert [row.code for row in ROWS] == sorted(row.code for row in ROWS)
    assert all(LANGUAGES[row.code] is row for row in ROWS)
    assert len({row.name for row in ROWS}) == len({row.endonym for row in ROWS}) == len(ROWS)


def test_the_undetermined_language_stands_last_and_has_no_stemmer() -> None:
    assert list(LANGUAGES.values())[-1] is UNDETERMINED
    assert UNDETERMINED.stemmer is None


def test_arabic_and_hebrew_scripts_run_from_right_to_left() -> None:
    assert {row.code for row in ROWS if row.direction == "rtl"} == {"ar", "fa", "he", "ur", "yi"}
    assert {row.code for row in ROWS if row.script in ("Arabic", "Hebrew")} == {"ar", "fa", "he", "ur", "yi"}


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pl", "pl"),
        ("PL", "pl"),
        (" pl-PL ", "pl"),
        ("zh_Hant", "zh"),
        ("zh-Hans-CN", "zh"),
        ("cmn", "zh"),
        ("nb", "no"),
        ("nn-NO", "no"),
        ("iw", "he"),
        ("und", "und"),
    ],
)
def test_a_tag_finds_its_row(tag: str, code: str) -> None:
    found = language_for(tag)
    assert found is LANGUAGES[code]


@pytest.mark.parametrize("tag", ["", "-", "xx", "english", "p", "pl.PL", "plpl"])
def test_a_tag_without_a_row_finds_none(tag: str) -> None:
    assert language_for(tag) is None
