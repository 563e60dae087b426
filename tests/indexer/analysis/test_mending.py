"""Whether inflections that Snowball parts share a stem, and different words do not: mended.toml."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import LANGUAGES
from indexer.analysis.endings import ENDINGS
from indexer.analysis.lines import as_lines, lines_of
from indexer.analysis.mending import ENDINGS_MENDED, Mending, mending_of
from indexer.analysis.normalization import fold
from tests.indexer.analysis.paradigm import read, stems_of

MENDED = read("mended.toml")
CODES = sorted(ENDINGS_MENDED)


def test_every_table_has_examples_and_a_snowball_stemmer() -> None:
    assert set(MENDED) == set(CODES)
    assert all(LANGUAGES[code].stemmer and LANGUAGES[code].stemmer not in ENDINGS for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_inflections_that_snowball_parts_share_a_stem(code: str) -> None:
    for line in MENDED[code]["whole"]:
        found = stems_of(code, line.split())
        assert len(set(found.values())) == 1, found
        folded = stems_of(code, [fold(word.lower()) for word in line.split()])
        assert len(set(folded.values())) == 1, folded


@pytest.mark.parametrize("code", CODES)
def test_inflections_that_are_said_to_be_parted_are(code: str) -> None:
    # Whoever mends one moves its line to those that are whole.
    for line in MENDED[code]["parted"]:
        found = stems_of(code, line.split())
        assert len(set(found.values())) > 1, found


@pytest.mark.parametrize("code", CODES)
def test_different_words_are_kept_apart(code: str) -> None:
    for one, other in MENDED[code]["apart"]:
        assert len(set(stems_of(code, [one, other]).values())) == 2, (one, other)


@pytest.mark.parametrize("code", CODES)
def test_every_row_does_something_that_is_not_undone(code: str) -> None:
    mending = mending_of(code)
    assert mending is not None
    for row in ENDINGS_MENDED[code].values():
        for old, new in (each.split(">") for each in row.split()):
            word = old.removeprefix("^") if old.startswith("^") else f"bbbbb{old}"
            assert mending.mended(word) == (new if old.startswith("^") else f"bbbbb{new}")


def test_the_longest_ending_counts_and_whole_words_before_endings() -> None:
    mending = Mending({0: "^nicy>nikt granicy>granica", 2: "nicy>nik", 3: "éis>el"})
    assert lines_of(
        mending.mended(as_lines(["nicy", "anicy", "pracownicy", "granicy", "papéis", "papeis", "réis"]))
    ) == [
        "nikt",
        "anicy",
        "pracownik",
        "granica",
        "papel",
        "papel",
        "réis",
    ]


def test_a_language_without_rows_has_no_mending() -> None:
    assert mending_of("fi") is None


@given(st.data(), st.sampled_from(CODES))
def test_words_are_mended_together_as_each_alone(data: st.DataObject, code: str) -> None:
    endings = [old.removeprefix("^") for row in ENDINGS_MENDED[code].values() for old in row.replace(">", " ").split()]
    words = data.draw(
        st.lists(st.builds(str.__add__, st.text("abcéł", max_size=4), st.sampled_from(endings)), max_size=6)
    )
    mending = mending_of(code)
    assert mending is not None
    assert lines_of(mending.mended(as_lines(words))) == [mending.mended(word) for word in words]
