"""Terms by number. (That what is known of them is what the analyzer says is in test_vocabulary.)"""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import LANGUAGES
from indexer.analysis import Analyzer
from indexer.analysis.characters import text_of
from indexer.analysis.lines import as_lines
from indexer.analysis.termtable import Lines, TermTable, key_hash


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=5), max_size=6))
@settings(max_examples=100, deadline=None)
def test_lines_are_words_with_where_they_stand(words: list[str]) -> None:
    lines = Lines.of(as_lines(words))
    found = zip(lines.starts.tolist(), lines.ends.tolist(), strict=True)
    assert [text_of(lines.codes[start:end]) for start, end in found] == words


def test_a_term_keeps_its_number_and_terms_of_one_stem_share_a_key() -> None:
    table = TermTable(Analyzer(LANGUAGES["en"]))
    first = table.numbers(as_lines(["pays", "pay", "pays"]))
    assert first.tolist() == [0, 1, 0]
    assert table.numbers(as_lines(["résumés", "pay"])).tolist() == [2, 1]
    stems, plain, accented = table.keys_of(table.numbers(as_lines(["pays", "pay", "résumés"])))
    assert stems.tolist() == [key_hash("pay"), key_hash("pay"), key_hash("resume")]
    assert plain.tolist() == [key_hash("pay"), key_hash("pay"), key_hash("resum")]
    assert accented.tolist() == [False, False, True]
    assert (table.forms().texts(), len(table)) == (["pays", "pay", "résumés"], 3)


def test_keys_are_the_same_for_every_process_and_for_ever() -> None:
    # They are in the files. By hand: the length, then the code points, as digits to the base; here of one and of two.
    base = 0xD1342543DE82EF95
    assert key_hash("") == 0
    assert key_hash("a") == (1 + 97 * base) % 2**64
    assert key_hash("ab") == (2 + 97 * base + 98 * base**2) % 2**64
    assert key_hash("prac") != key_hash("praca") != key_hash("acarp")
    assert key_hash("\ud800") < 2**64


def test_no_two_stems_of_many_share_a_key() -> None:
    letters = "aąbcdeęfghijklłmnoóprsśtuwyzźżабвг"
    words = {f"{one}{two}{three}{four}" for one, two, three, four in product(letters, letters, letters, letters[::5])}
    assert len(set(map(key_hash, words))) == len(words)
