import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Rejection
from corpus.decoding import decode, decode_text

POLISH = "Płaca za pracę w nocy"


@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-2", "utf-16", "klingon"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_and_utf_8_outweigh_what_is_declared(encoding: str, declared: str) -> None:
    assert decode(POLISH.encode(encoding), declared) == POLISH


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_utf_16_is_read_in_either_order_of_its_bytes(mark: bytes, encoding: str) -> None:
    assert decode(mark + POLISH.encode(encoding)) == POLISH


@pytest.mark.parametrize("charset", ["iso-8859-2", "windows-1250"])
def test_what_is_not_utf_8_is_read_as_declared(charset: str) -> None:
    assert decode(POLISH.encode(charset), charset) == POLISH


@pytest.mark.parametrize("declared", ["iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"])
def test_latin_1_and_ascii_mean_the_windows_code_page(declared: str) -> None:
    assert decode(b"\x93Caf\xe9\x94 \x80 5", declared) == "“Café” € 5"


@pytest.mark.parametrize(
    ("data", "declared", "reason"),
    [
        (b"P\xb3aca", "", "it is not UTF-8 at byte 1."),
        (b"x" * 1234 + b"\xff", "", "it is not UTF-8 at byte 1,234."),
        (b"P\xb3aca", "utf-8", "it is not UTF-8 at byte 1, nor the 'utf-8' that it declares."),
        (b"P\xb3aca", "klingon", "it is not UTF-8 at byte 1, nor the 'klingon' that it declares."),
        (b"P\xb3aca", "hex", "it is not UTF-8 at byte 1, nor the 'hex' that it declares."),
        (b"P\x81", "latin-1", "it is not UTF-8 at byte 1, nor the 'latin-1' that it declares."),
        (codecs.BOM_UTF16_LE + b"P", "", "it is not UTF-8 at byte 0."),
        (codecs.BOM_UTF8 + b"P\xff", "", "it is not UTF-8 at byte 4."),
    ],
)
def test_what_cannot_be_decoded_is_refused_with_the_place_and_what_to_do(
    data: bytes, declared: str, reason: str
) -> None:
    with pytest.raises(Rejection) as error:
        decode(data, declared)
    assert str(error.value) == f"cannot be decoded: {reason} Save it as UTF-8."


@pytest.mark.parametrize(("encoding", "at"), [("utf-16-le", "2"), ("utf-16-be", "1"), ("utf-32-le", "2")])
def test_a_text_of_more_than_one_byte_a_character_needs_its_mark(encoding: str, at: str) -> None:
    with pytest.raises(
        Rejection, match=f"^cannot be decoded: character {at} is U\\+0000, which .* Save it as UTF-8\\.$"
    ):
        decode_text("Pay for work at night".encode(encoding))
    assert decode_text(POLISH.encode("utf-16")) == decode_text(POLISH.encode()) == POLISH


def test_nothing_is_a_text_of_nothing() -> None:
    assert decode(b"") == decode(b"", "klingon") == ""


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode("utf-8-sig"), "iso-8859-2") == text


@settings(max_examples=200, deadline=None)
@given(st.binary(), st.sampled_from(["", "latin-1", "utf-16", "utf-7", "cp1257", "undefined", "rot13", "x\0y"]))
def test_random_bytes_are_read_or_refused(data: bytes, declared: str) -> None:
    try:
        assert isinstance(decode(data, declared), str)
    except Rejection as rejection:
        assert str(rejection).startswith("cannot be decoded: ")
