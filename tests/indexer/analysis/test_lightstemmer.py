from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.lightstemmer import LightStemmer

# Takes -s and -es off where three letters are left, then makes -c of -k; nothing of these four languages is real.
STEMMER = LightStemmer([{"s": (3, ""), "es": (3, ""), "axes": (0, "axe")}, {"k": (2, "c")}], ["this", "the", "öl"])


def test_the_longest_ending_is_taken_off() -> None:
    assert STEMMER.stem("bonuses") == "bonus"
    assert STEMMER.stem("bonds") == "bond"


def test_an_ending_that_leaves_too_little_stays_and_a_shorter_one_is_tried() -> None:
    assert STEMMER.stem("dues") == "due"
    assert STEMMER.stem("yes") == "yes"


def test_steps_follow_one_another_and_each_replaces_one_ending() -> None:
    assert STEMMER.stem("tasks") == "tasc"
    assert STEMMER.stem("bosss") == "boss"


def test_an_ending_may_be_a_whole_word() -> None:
    assert STEMMER.stem("axes") == "axe"
    assert STEMMER.stem("") == ""


def test_stop_words_are_whole_and_no_other_word_has_their_stem() -> None:
    assert STEMMER.stem("this") == "this"
    assert STEMMER.stem("ol") == "ol"  # öl, folded
    assert STEMMER.stem("thes") == "the-"


@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_whatever_a_word_is_made_of_its_stem_is_not_empty(word: str) -> None:
    assert bool(STEMMER.stem(word)) == bool(word)
