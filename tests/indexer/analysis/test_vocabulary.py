"""Much text at once, against the analyzer, which takes one text at a time."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import Token, query_analyzer
from indexer.analysis.encoded import EncodedTexts
from indexer.analysis.termtable import key_hash
from indexer.analysis.tokenizer import MAX_WORD_CHARS
from indexer.analysis.vocabulary import Numbers, TokenArrays, Vocabulary, WordPlaces, batches
from indexer.codec.container import starts_of

CODES = ("ar", "en", "fr", "ja", "pl", "tr")
# Kept from one example to the next: what has been seen before is looked up.
KEPT = {code: Vocabulary(code) for code in CODES}
TRICKY = "abĄéz09 \n.,'-’_+#/&@:*日本คนก\u0301\u0e31ʼŉ²①ſ½ªمהّ״`´€\u200d\u00adIİı٣łŁlLdD"
WORDS = st.sampled_from("l'emploi L’Emploi e-mail 24/7 C++ Łódź klientów klientow IŞIK ışık 職場の عَمَل lʼan x".split())
TEXTS = st.lists(
    st.one_of(
        st.text(st.sampled_from(TRICKY), max_size=14),
        st.text(max_size=8),
        st.lists(WORDS, max_size=5).map(" ".join),
    ),
    max_size=5,
)


class Found(NamedTuple):
    """A token, in the text of which number; where it stands is not said of several words together."""

    text: int
    position: int
    joined: bool
    form: str
    start: int | None
    length: int | None


def tokens_of(vocabulary: Vocabulary, texts: list[str]) -> Iterator[tuple[TokenArrays, WordPlaces]]:
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    return map(vocabulary.tokens, list(map(vocabulary.spans, list(batches(encoded)) or [EncodedTexts([])])))


def found(vocabulary: Vocabulary, texts: list[str]) -> list[Found]:
    rows: list[Found] = []
    before = 0
    for tokens, places in tokens_of(vocabulary, texts):
        names = vocabulary.terms.forms().texts()
        bounds, of_text = starts_of(tokens.counts), np.repeat(np.arange(len(tokens.counts)), tokens.counts)
        positions = np.arange(len(tokens.words)) - bounds[of_text]
        words = (of_text + before, positions, tokens.words, *places)
        joined = (tokens.joined_texts + before, tokens.joined_positions, tokens.joined)
        for text, position, term, start, length in zip(*(column.tolist() for column in words), strict=True):
            rows.append(Found(text, position, False, names[term], start, length))
        for text, position, term in zip(*(column.tolist() for column in joined), strict=True):
            rows.append(Found(text, position, True, names[term], None, None))
        of_batch = [row.text - before for row in rows if row.text >= before]
        assert tokens.lengths().tolist() == np.bincount(of_batch, minlength=len(tokens.counts)).tolist()
        before += len(tokens.counts)
    return sorted(rows, key=lambda row: row[:3])


def terms_of(vocabulary: Vocabulary, texts: list[str]) -> Numbers:
    """Return the numbers of the terms of texts, in the order of the tokens."""
    forms = [token.form for token in found(vocabulary, texts)]
    numbers = {form: number for number, form in enumerate(vocabulary.terms.forms().texts())}
    assert len(numbers) == len(vocabulary.terms)
    return np.array([numbers[form] for form in forms], np.int64)


def analysed(code: str, texts: list[str]) -> list[tuple[int, Token]]:
    return [(number, token) for number, text in enumerate(texts) for token in query_analyzer(code).tokens(text)]


def expected(code: str, texts: list[str]) -> list[Found]:
    return [
        Found(
            number,
            token.position,
            token.joined,
            token.form,
            *((None, None) if token.joined else (token.start, token.end - token.start)),
        )
        for number, token in analysed(code, texts)
    ]


def test_tokens_are_arrays_of_what_stands_where() -> None:
    vocabulary = Vocabulary("en")
    assert found(vocabulary, ["Our e-mail", "", "our pay"]) == [
        Found(0, 0, False, "our", 0, 3),
        Found(0, 1, False, "e", 4, 1),
        Found(0, 1, True, "email", None, None),
        Found(0, 2, False, "mail", 6, 4),
        Found(2, 0, False, "our", 0, 3),
        Found(2, 1, False, "pay", 4, 3),
    ]
    assert sorted(vocabulary.terms.forms().texts()) == ["e", "email", "mail", "our", "pay"]


@given(texts=TEXTS, code=st.sampled_from(CODES))
@settings(max_examples=400, deadline=None)
def test_tokens_are_those_of_the_analyzer(texts: list[str], code: str) -> None:
    assert found(KEPT[code], texts) == expected(code, texts)


@given(texts=TEXTS, code=st.sampled_from(CODES))
@settings(max_examples=250, deadline=None)
def test_the_keys_of_a_term_are_its_stem_and_its_plain_stem(texts: list[str], code: str) -> None:
    stems, plains, accented = KEPT[code].terms.keys_of(terms_of(KEPT[code], texts))
    rows = list(zip(stems.tolist(), plains.tolist(), accented.tolist(), strict=True))
    assert rows == [
        (key_hash(token.stem), key_hash(token.plain), token.folded != token.form) for _, token in analysed(code, texts)
    ]


@given(texts=TEXTS, code=st.sampled_from(CODES))
@settings(max_examples=60, deadline=None)
def test_a_fresh_vocabulary_says_what_one_with_memory_says(texts: list[str], code: str) -> None:
    assert found(Vocabulary(code), texts) == found(KEPT[code], texts)


@given(texts=TEXTS, code=st.sampled_from(CODES))
@settings(max_examples=60, deadline=None)
def test_terms_are_had_without_accents_and_their_stems_from_the_end(texts: list[str], code: str) -> None:
    vocabulary = Vocabulary(code, backwards=True)
    terms = terms_of(vocabulary, texts)
    endings = vocabulary.terms.endings()
    assert endings is not None
    assert list(zip(vocabulary.terms.folded().take(terms).texts(), endings.take(terms).texts(), strict=True)) == [
        (token.folded, token.stem[::-1]) for _, token in analysed(code, texts)
    ]
    assert Vocabulary(code).terms.endings() is None


def test_texts_may_be_looked_at_in_any_number_of_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Calls, calls.", "", "a call-center", "-", "calls again", "x" * 100, "\n", "pay\nrise"]
    whole = found(Vocabulary("en"), texts)
    assert whole == expected("en", texts)
    for chars in (1, 14, 60):
        monkeypatch.setattr("indexer.analysis.vocabulary.BATCH_BYTES", chars)
        assert found(Vocabulary("en"), texts) == whole


@given(several=st.lists(TEXTS, max_size=4), code=st.sampled_from(CODES))
@settings(max_examples=60, deadline=None)
def test_spans_of_many_batches_may_be_analysed_together_or_those_of_each_by_themselves(
    several: list[list[str]], code: str
) -> None:
    batches = [EncodedTexts.of(*texts) for texts in several]
    together, apart = Vocabulary(code), Vocabulary(code)
    spans = [together.spans(batch) for batch in batches]
    for batch, seen in zip(batches, spans, strict=True):
        (tokens, places), (expected, expected_places) = together.tokens(seen), apart.tokens(apart.spans(batch))
        assert [column.tolist() for column in places] == [column.tolist() for column in expected_places]
        for name in ("counts", "joined_texts", "joined_positions"):
            assert getattr(tokens, name).tolist() == getattr(expected, name).tolist()
        for name in ("words", "joined"):
            forms = [v.terms.forms().take(getattr(found, name)).texts() for v, found in
                     ((together, tokens), (apart, expected))]  # fmt: skip
            assert forms[0] == forms[1]


@given(sizes=st.lists(st.integers(0, 30), max_size=12), limit=st.integers(1, 50))
@settings(max_examples=100, deadline=None)
def test_batches_hold_every_text_once_and_end_with_that_which_fills_them(sizes: list[int], limit: int) -> None:
    texts = [bytes([97 + at]) * size for at, size in enumerate(sizes)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.analysis.vocabulary.BATCH_BYTES", limit)
        cut = [batch.data.split(b"\n") for batch in batches(texts)]
    assert [text for batch in cut for text in batch] == texts
    for batch in cut:
        assert sum(map(len, batch[:-1])) < limit
    for batch in cut[:-1]:
        assert sum(map(len, batch)) >= limit


def test_a_word_seen_again_has_the_same_number() -> None:
    vocabulary = Vocabulary("en")
    first = terms_of(vocabulary, ["Pay for pay"]).tolist()
    assert first[0] == first[2] != first[1]  # Pay and pay are two spans, and one term
    assert terms_of(vocabulary, ["night pay", "Pay for"]).tolist()[1:] == [first[0], first[0], first[1]]
    assert len(vocabulary.terms) == 3


def test_no_text_and_no_word_is_no_token() -> None:
    vocabulary = Vocabulary("en")
    for texts in ([], [""], ["", "…"], ["+", "#", "_"]):
        assert found(vocabulary, texts) == []
    stems, plains, accented = vocabulary.terms.keys_of(np.zeros(0, np.int64))
    assert (len(stems), len(plains), len(accented), vocabulary.terms.forms().texts()) == (0, 0, 0, [])


def test_words_of_one_text_do_not_join_those_of_the_next() -> None:
    assert [token.form for token in found(Vocabulary("en"), ["call-", "-center", "e", "-mail"])] == [
        "call", "center", "e", "mail",
    ]  # fmt: skip


def test_a_word_at_the_limit_of_length_is_whole_and_a_longer_one_its_beginning() -> None:
    for chars in (MAX_WORD_CHARS, MAX_WORD_CHARS + 1, 1_000):
        [token] = found(Vocabulary("en"), ["x" * chars])
        assert (token.form, token.length) == ("x" * MAX_WORD_CHARS, chars)


def test_its_size_is_that_of_the_distinct_spans() -> None:
    vocabulary = Vocabulary("fr")
    assert len(vocabulary) == 0
    found(vocabulary, ["L'emploi, emploi", "emploi"])
    assert len(vocabulary) == 2
