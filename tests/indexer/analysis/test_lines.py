from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.lines import as_lines, lines_of, or_else

WORDS = st.lists(st.text(st.characters(exclude_characters="\n"), max_size=3), max_size=5)


@given(WORDS)
def test_words_come_back_from_lines_as_they_went_in(words: list[str]) -> None:
    assert lines_of(as_lines(words)) == words


@given(WORDS)
def test_what_is_empty_is_made_of_the_other_on_its_line(words: list[str]) -> None:
    others = [f"{number}" for number in range(len(words))]
    expected = [word or other * 2 for word, other in zip(words, others, strict=True)]
    assert lines_of(or_else(as_lines(words), as_lines(others), lambda other: other * 2)) == expected
