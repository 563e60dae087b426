"""Strings in arrays, against lists of bytes."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.codec.bytestrings import ByteStrings

STRINGS = st.lists(
    st.one_of(
        st.binary(max_size=5),
        st.text(max_size=6).map(str.encode),
        # Long ones that differ late, if at all, and end in nothing.
        st.tuples(st.sampled_from([b"", b"abcdefg", b"abcdefgh", b"abcdefgh" * 3]), st.binary(max_size=2)).map(
            b"".join
        ),
        st.tuples(st.sampled_from([b"", b"a", b"abcdefg"]), st.integers(0, 18).map(bytes)).map(b"".join),
    ),
    max_size=30,
)


@given(STRINGS)
@settings(max_examples=300, deadline=None)
def test_they_are_what_they_were_made_of(strings: list[bytes]) -> None:
    made = ByteStrings.of(strings)
    assert made.load() == [made[number] for number in range(len(made))] == strings


@given(STRINGS)
@settings(max_examples=500, deadline=None)
def test_their_order_is_that_of_bytes(strings: list[bytes]) -> None:
    order = ByteStrings.of(strings).order().tolist()
    assert order == sorted(range(len(strings)), key=lambda number: (strings[number], number))


@given(STRINGS, st.data())
@settings(max_examples=200, deadline=None)
def test_some_of_them_are_put_in_order_too(strings: list[bytes], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(strings) - 1), max_size=20)) if strings else []
    order = ByteStrings.of(strings).order(np.array(numbers, np.int64)).tolist()
    assert order == sorted(range(len(numbers)), key=lambda at: (strings[numbers[at]], at))


@given(STRINGS, st.data())
@settings(max_examples=200, deadline=None)
def test_some_can_be_taken_in_any_order(strings: list[bytes], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(strings) - 1), max_size=20)) if strings else []
    taken = ByteStrings.of(strings).take(np.array(numbers, np.int64))
    assert taken.load() == [strings[number] for number in numbers]


@example(["\ud800"])
@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=6), max_size=8))
@settings(max_examples=200, deadline=None)
def test_lines_are_utf_8(lines: list[str]) -> None:
    made = ByteStrings.of_lines("".join(f"{line}\n" for line in lines))
    assert made.load() == [line.encode("utf-8", "surrogatepass") for line in lines]
    assert made.texts() == lines
    assert made.lines() == "".join(f"{line}\n" for line in lines)


@given(st.lists(STRINGS, max_size=4))
@settings(max_examples=100, deadline=None)
def test_several_are_put_end_to_end(parts: list[list[bytes]]) -> None:
    joined = ByteStrings.joined([ByteStrings.of(part) for part in parts])
    assert joined.load() == [string for part in parts for string in part]


@given(
    pairs=st.lists(
        st.tuples(
            *[st.one_of(st.text(st.sampled_from("ab\0"), max_size=18).map(str.encode), st.binary(max_size=20))] * 2
        ),
        max_size=8,
    )
)
def test_they_differ_from_others_where_a_byte_or_the_length_does(pairs: list[tuple[bytes, bytes]]) -> None:
    pairs += [(first, first) for first, _ in pairs]
    ours, others = (ByteStrings.of([pair[side] for pair in pairs]) for side in (0, 1))
    assert ours.differ(others).tolist() == [first != other for first, other in pairs]


def test_code_points_and_utf_8_sort_alike() -> None:
    words = ["zebra", "ząb", "źle", "Zug", "職場", "\U00010330", "\ufb01", "", "z"]
    order = ByteStrings.of([word.encode() for word in words]).order().tolist()
    assert [words[number] for number in order] == sorted(words)
