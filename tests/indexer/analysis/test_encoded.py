"""Texts in UTF-8, against the characters that Python has them in."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.encoded import EncodedTexts
from indexer.analysis.kinds import kinds_of_characters

TEXTS = st.lists(st.text(st.one_of(st.characters(), st.sampled_from("aéł’職。\u0301.-\U00010330\ud800\n"))), max_size=4)


def places(text: str) -> list[int]:
    """Where each character begins in the bytes, and where the last one ends."""
    return [len(text[:at].encode("utf-8", "surrogatepass")) for at in range(len(text) + 1)]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_texts_stand_end_to_end_with_a_line_end_between(texts: list[str]) -> None:
    encoded = EncodedTexts.of(*texts)
    assert encoded.data.decode("utf-8", "surrogatepass") == "\n".join(texts)
    for text, start, end in zip(texts, encoded.starts.tolist(), encoded.starts[1:].tolist(), strict=False):
        assert encoded.data[start : end - 1].decode("utf-8", "surrogatepass") == text


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_characters_are_decoded_and_counted(texts: list[str]) -> None:
    encoded, text = EncodedTexts.of(*texts), "\n".join(texts)
    starts = np.array(places(text), np.int64)
    begins, stops = starts[:-1], starts[1:]
    assert encoded.chars(starts).tolist() == list(range(len(text) + 1))
    assert encoded.codes_at(begins).tolist() == [ord(char) for char in text]
    assert encoded.widths(begins).tolist() == (stops - begins).tolist()
    assert np.flatnonzero(encoded.begins_at(np.arange(len(encoded.bytes)))).tolist() == begins.tolist()


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_each_byte_has_the_kinds_of_its_character(texts: list[str]) -> None:
    encoded = EncodedTexts.of(*texts)
    kinds = kinds_of_characters()
    expected = [int(kinds[ord(char)]) for char in "\n".join(texts) for _ in char.encode("utf-8", "surrogatepass")]
    assert encoded.kinds.tolist() == expected
