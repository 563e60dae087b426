"""Whether the endings of a language keep a word's inflections together and different words apart: paradigms.toml."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import LANGUAGES
from indexer.analysis.endings import ENDINGS
from indexer.analysis.lightstemmer import LightStemmer
from indexer.analysis.normalization import fold
from indexer.analysis.stemming import Stemming
from indexer.analysis.stopwords import stop_words
from tests.indexer.analysis.paradigm import read, stems_of

PARADIGMS = read("paradigms.toml")
CODES = {row.code: row for row in LANGUAGES.values() if row.stemmer in ENDINGS}


def test_every_table_of_endings_has_paradigms() -> None:
    assert PARADIGMS.keys() == CODES.keys()
    assert all(len(each["whole"]) + len(each["parted"]) >= 25 for each in PARADIGMS.values())


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_inflections_of_career_words_share_a_stem(code: str) -> None:
    for paradigm in PARADIGMS[code]["whole"]:
        found = stems_of(code, paradigm.split())
        assert len(set(found.values())) == 1, found


@pytest.mark.parametrize("code", sorted(CODES))
def test_inflections_that_are_said_to_be_parted_are(code: str) -> None:
    # Whoever mends one moves its line to those that are whole.
    for paradigm in PARADIGMS[code]["parted"]:
        found = stems_of(code, paradigm.split())
        assert len(set(found.values())) > 1, found


@pytest.mark.parametrize("code", sorted(CODES))
def test_different_words_are_kept_apart(code: str) -> None:
    for one, other in PARADIGMS[code]["apart"]:
        assert len(set(stems_of(code, [one, other]).values())) == 2, (one, other)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_word_has_the_same_stem_without_its_accents(code: str) -> None:
    for paradigm in PARADIGMS[code]["whole"]:
        assert stems_of(code, paradigm.split()) == {
            word: Stemming(CODES[code]).stem(fold(word)) for word in paradigm.split()
        }


@pytest.mark.parametrize("code", sorted(CODES))
def test_no_stem_of_career_words_is_that_of_a_stop_word(code: str) -> None:
    of_stop_words = set(stems_of(code, sorted(stop_words(CODES[code]))).values())
    for paradigm in PARADIGMS[code]["whole"]:
        assert not of_stop_words & set(stems_of(code, paradigm.split()).values()), paradigm


@pytest.mark.parametrize("code", sorted(CODES))
def test_endings_are_folded_as_the_words_are(code: str) -> None:
    for step in ENDINGS[CODES[code].stemmer or ""]:
        assert [ending for ending in step if fold(ending) != ending] == []


LETTERS = {"Cyrillic": "абвгдежзиклмнопрстуфхцчшщьюяієјњ", "Latin": "abcdefghijklmnoprstuvz"}


@given(st.data(), st.sampled_from(sorted(CODES)))
def test_a_stem_keeps_two_letters_and_is_no_longer_than_its_word(data: st.DataObject, code: str) -> None:
    word = data.draw(st.text(LETTERS[CODES[code].script], min_size=1, max_size=14))
    stem = LightStemmer(ENDINGS[CODES[code].stemmer or ""]).stem(word)
    assert min(2, len(word)) <= len(stem) <= len(word) + 1  # Croatian zadaci is zadatk
