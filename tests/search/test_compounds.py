"""Words written together: which words of the index begin with some words, against looking at each of them."""

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import Article
from indexer.analysis import query_analyzer
from indexer.schema import body_field
from search import compounds
from search.compounds import MIN_PART_CHARS, compounds_of
from search.planning import Pattern
from tests.search.corpora import cut

# Words that begin with one another, and with others in between.
_LETTERS = st.text("ab", min_size=MIN_PART_CHARS, max_size=MIN_PART_CHARS + 6)


def word(form: str, language: str) -> Pattern:
    form, folded, stem, plain = query_analyzer(language).word(form)
    return Pattern(tuple(dict.fromkeys((stem, plain))), (), form, folded)


def test_a_word_is_found_in_what_begins_or_ends_with_it_and_is_another_word_besides() -> None:
    body = "Gespräch, Bewerbung, Bewerbungsgespräch, Gesprächen, Bewerbungsxyz, Vorgespräch."
    with cut([Article("a", "de", "Notizen", body)]) as snapshot:
        assert compounds_of(word("Gespräch", "de"), "de", snapshot) == ("bewerbungsgespräch",)
        assert compounds_of(word("Bewerbung", "de"), "de", snapshot) == ("bewerbungsgespräch",)
        assert compounds_of(word("Zebra", "de"), "de", snapshot) == ()


@pytest.mark.parametrize("most", [2, compounds.MAX_CANDIDATES])
@given(text=st.lists(_LETTERS, min_size=1, max_size=30), words=st.sets(_LETTERS, min_size=1, max_size=5))
@examples(max_examples=60, deadline=None)
def test_words_are_found_that_begin_with_any_of_some(most: int, text: list[str], words: set[str]) -> None:
    with cut([Article("a", "de", "", " ".join(text))]) as snapshot, pytest.MonkeyPatch.context() as patched:
        patched.setattr(compounds, "MAX_CANDIDATES", most)
        [segment] = snapshot.segments
        field = segment.field(body_field("de"))
        assert field is not None
        terms = [term.decode() for term in field.postings.terms]
        expected, cut_off = set(), False
        for begun in words:
            numbers = [number for number, term in enumerate(terms) if term.startswith(begun)]
            cut_off |= len(numbers) > most
            enough = (number for number in numbers[:most] if len(terms[number]) >= len(begun) + MIN_PART_CHARS)
            expected |= {(terms[number], number, len(begun)) for number in enough}
        found, whole = compounds._beginning(sorted(words), field)
        assert sorted(found) == sorted(expected)
        assert whole is not cut_off
