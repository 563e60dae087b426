"""What every row of the language table promises, checked with the examples of languages.toml.

A failing row is mended in its stemmer or elisions (indexer/analysis/stemming.py, endings.py), in its stop words
(indexer/analysis/stopwords/<code>.txt) or in its example.
"""

import re
import tomllib
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

import pytest
import Stemmer
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import LANGUAGES, UNDETERMINED, Language
from indexer.analysis import Token, query_analyzer, stop_words
from indexer.analysis.endings import ENDINGS
from indexer.analysis.normalization import form_of
from indexer.analysis.stemming import ELISIONS

# Spaces do not tell their words: a word is several bigrams.
UNSEPARATED_SCRIPTS = ("Japanese", "Han", "Hangul", "Thai")
ROWS = [row for row in LANGUAGES.values() if row is not UNDETERMINED]
STEMMED = [row for row in ROWS if row.stemmer]
SEPARATED = [row for row in ROWS if row.script not in UNSEPARATED_SCRIPTS]
# Older stemmers of English and Dutch, beside the ones in use.
ALTERNATIVE_ALGORITHMS = {"porter", "dutch_porter"}


class Examples(TypedDict, total=False):
    """The table of one language in languages.toml; its head says what they mean."""

    inflections: list[list[str]]
    apart: list[list[str]]
    stop_words: list[str]
    sentence: str


EXAMPLES: dict[str, Examples] = tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))


def code_of(row: Language) -> str:
    return row.code


def words(text: str, row: Language) -> list[Token]:
    return [token for token in query_analyzer(row.code).tokens(text) if not token.joined]


def stems(word: str, row: Language) -> tuple[str, ...]:
    return tuple(token.stem for token in words(word, row))


def test_every_row_has_examples_and_no_examples_lack_a_row() -> None:
    assert EXAMPLES.keys() == LANGUAGES.keys() - {UNDETERMINED.code}
    for code, examples in EXAMPLES.items():
        stemmed = {"inflections"} if LANGUAGES[code].stemmer else set()
        assert examples.keys() == {"apart", "stop_words", "sentence"} | stemmed, code
        assert all(examples.values()), f"{code} has an empty list of examples"


def test_every_snowball_algorithm_and_every_table_of_endings_has_a_row() -> None:
    used = [row.stemmer for row in LANGUAGES.values() if row.stemmer]
    # Where Snowball gets an algorithm, ours has to be held against it.
    assert sorted(used) == sorted([*set(Stemmer.algorithms()) - ALTERNATIVE_ALGORITHMS, *ENDINGS])


@pytest.mark.parametrize("row", STEMMED, ids=code_of)
def test_inflections_of_a_word_share_one_stem(row: Language) -> None:
    for forms in EXAMPLES[row.code]["inflections"]:
        found = {form: stems(form, row) for form in forms}
        assert len(set(found.values())) == 1, f"{row.name}: more than one stem in {found}"
        assert all(len(stem) == 1 for stem in found.values()), f"{row.name}: a word is torn apart in {found}"


@pytest.mark.parametrize("row", ROWS, ids=code_of)
def test_different_words_keep_different_stems(row: Language) -> None:
    for one, other in EXAMPLES[row.code]["apart"]:
        assert stems(one, row) != stems(other, row), f"{row.name}: {one} and {other} are the same"


@pytest.mark.parametrize("row", ROWS, ids=code_of)
def test_stop_words_are_recognised(row: Language) -> None:
    for word in EXAMPLES[row.code]["stop_words"]:
        assert form_of(word, row.code == "tr") in stop_words(row), f"{row.name}: {word} is no stop word"


@pytest.mark.parametrize("row", SEPARATED, ids=code_of)
def test_every_listed_stop_word_is_a_token_as_it_stands(row: Language) -> None:
    for word in stop_words(row):
        assert [token.form for token in words(word, row)] == [word], f"{row.name}: {word} is never a token"


@pytest.mark.parametrize("row", ROWS, ids=code_of)
def test_the_tokens_of_a_sentence_cut_it_in_order_and_lose_nothing(row: Language) -> None:
    sentence = EXAMPLES[row.code]["sentence"]
    tokens = words(sentence, row)
    covered: set[int] = set()
    for at, token in enumerate(tokens):
        cut = sentence[token.start : token.end]
        assert form_of(cut, row.code == "tr") == token.form, f"{row.name}: {cut!r} is not {token.form!r}"
        assert token.position == at
        covered.update(range(token.start, token.end))
    starts = [token.start for token in tokens]
    assert starts == sorted(set(starts))
    if row.script not in UNSEPARATED_SCRIPTS:
        assert all(one.end <= next.start for one, next in pairwise(tokens))
    if row.code in ELISIONS:
        for elided in re.finditer(r"\b\w+['’]", sentence):
            covered.update(range(*elided.span()))
    lost = [char for at, char in enumerate(sentence) if at not in covered and is_written(char)]
    assert not lost, f"{row.name}: {lost} are in no word"


@pytest.mark.parametrize("row", ROWS, ids=code_of)
def test_a_sentence_in_decomposed_letters_has_the_same_tokens(row: Language) -> None:
    sentence = EXAMPLES[row.code]["sentence"]
    decomposed = unicodedata.normalize("NFD", sentence)
    assert [token[2:] for token in words(decomposed, row)] == [token[2:] for token in words(sentence, row)]


def is_written(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


# Runs of anything, with what the tokenizer has rules for between them.
FRAGMENTS = st.one_of(
    st.text(st.characters(), max_size=6),
    st.sampled_from([*"'’.,-/:&@_*#+·״\u00ad\u200c\u0301\u093f", "l'", "qu’", "C++", "C#", "ก็", "職場", "ﷺ", "İ", "ß"]),
)


@given(text=st.lists(FRAGMENTS, max_size=12).map("".join), code=st.sampled_from(sorted(LANGUAGES)))
@settings(max_examples=500, deadline=None)
def test_any_text_at_all_is_analysed(text: str, code: str) -> None:
    tokens = query_analyzer(code).tokens(text)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.form and token.folded and token.stem
    positions = [token.position for token in tokens]
    assert positions == sorted(positions)
    assert sorted({token.position for token in tokens}) == list(range(positions[-1] + 1 if positions else 0))
