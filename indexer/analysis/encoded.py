"""Much text as it is stored, in UTF-8: the kind of each character by tables, and how many stand before a byte.

Most bytes are characters, and a table of 256 says all of them at once; only the others are decoded. An array of code
points would be four times as long.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.analysis.kinds import COMMON, Kinds, kinds_of_characters
from indexer.codec.container import Array, starts_of

Bytes = npt.NDArray[np.uint8]
CodePoints = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]

# The first byte of a character of two, three and four bytes.
_TWO, _THREE, _FOUR = 0xC0, 0xE0, 0xF0
ASCII_END = 0x80
# What follows the first byte, as signed numbers: all below it.
_FIRST_BYTES = -64
MOST_BYTES = 4
# Eight bytes are counted at once: multiplied so, each becomes the sum of those up to it, and the last that of all.
_BLOCK_BITS, _BLOCK, _SUMS = 3, 8, np.uint64(0x0101010101010101)


class EncodedTexts:
    """Texts end to end, a line end between two. `starts` says where each begins, and, after a line end, all end."""

    def __init__(self, texts: Sequence[bytes | memoryview]) -> None:
        self.data = b"\n".join(texts)
        self.bytes: Bytes = np.frombuffer(self.data, np.uint8)
        self.starts = starts_of(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)

    @classmethod
    def of(cls, *texts: str) -> "EncodedTexts":
        """Encode texts; half a pair of surrogates is a character too."""
        return cls([text.encode("utf-8", "surrogatepass") for text in texts])

    @cached_property
    def leads(self) -> Numbers:
        """Where characters of several bytes begin."""
        return np.flatnonzero(self.bytes >= _TWO)

    @cached_property
    def codes(self) -> CodePoints:
        """These characters."""
        at, data = self.leads, self.bytes
        first = data[at]
        codes = first.astype(np.uint32)
        codes &= 0x1F
        codes <<= 6
        codes |= data[at + 1] & 0x3F
        for last, bits in ((_THREE, 0x0F), (_FOUR, 0x07)):
            longer = np.flatnonzero(first >= last)
            if not len(longer):
                break
            begins = at[longer]
            decoded = first[longer].astype(np.uint32) & bits
            for step in range(1, 3 if last == _THREE else 4):
                decoded <<= 6
                decoded |= data[begins + step] & 0x3F
            codes[longer] = decoded
        return codes

    @cached_property
    def kinds(self) -> Kinds:
        """What each character is to words and to sentences, for each of its bytes."""
        table = kinds_of_characters()
        of_byte = np.full(256, COMMON, np.uint8)
        of_byte[:ASCII_END] = table[:ASCII_END]
        kinds = np.frombuffer(bytearray(self.data.translate(of_byte.tobytes())), np.uint8)
        if not len(self.leads):
            return kinds
        of_leads = table.take(self.codes)
        others = np.flatnonzero(of_leads != COMMON)
        at, kind = self.leads[others], of_leads[others]
        kinds[at] = kinds[at + 1] = kind
        first = self.bytes[at]
        for step, last in ((2, _THREE), (3, _FOUR)):
            longer = np.flatnonzero(first >= last)
            kinds[at[longer] + step] = kind[longer]
        return kinds

    def begins_at(self, at: Numbers) -> npt.NDArray[np.bool_]:
        """Tell of these places whether a character begins there."""
        first: npt.NDArray[np.bool_] = self.bytes.view(np.int8).take(at) >= _FIRST_BYTES
        return first

    def widths(self, at: Numbers) -> Numbers:
        """Return how many bytes the characters have that begin at these places."""
        first = self.bytes.take(at)
        widths: Numbers = 1 + (first >= _TWO).astype(np.int64) + (first >= _THREE) + (first >= _FOUR)
        return widths

    def codes_at(self, at: Numbers) -> CodePoints:
        """Return the characters that begin at these places."""
        codes = self.bytes.take(at).astype(np.uint32)
        longer = np.flatnonzero(codes >= _TWO)
        codes[longer] = self.codes.take(np.searchsorted(self.leads, at[longer]))
        return codes

    @cached_property
    def _before(self) -> tuple[Array, Bytes] | None:
        """Characters before each eight bytes, and before each byte of these; None if each byte is one."""
        if not len(self.leads):
            return None
        first = np.zeros(len(self.bytes) // _BLOCK * _BLOCK + _BLOCK, np.uint8)
        first[: len(self.bytes)] = self.bytes.view(np.int8) >= _FIRST_BYTES
        sums = first.view("<u8") * _SUMS
        return starts_of(sums >> np.uint64(8 * (_BLOCK - 1))), (sums << np.uint64(8)).view(np.uint8)

    def chars(self, at: Numbers) -> Numbers:
        """Return how many characters there are before each of these places."""
        if self._before is None:
            return at
        blocks, within = self._before
        chars: Numbers = blocks.take(at >> _BLOCK_BITS)
        chars += within.take(at)
        return chars
