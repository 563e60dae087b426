"""A segment's terms and their postings, read: a sorted dictionary over flat arrays."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.fields import FieldType
from whoosh.formats import Format
from whoosh.reading import TermInfo, TermNotFound

from indexer.codec.bytestrings import ByteStrings
from indexer.codec.container import Array, Container
from indexer.codec.fields import Payload
from indexer.codec.postings import ArrayMatcher

# More words than any document has.
MAX_LENGTH = 2**31 - 1
# Terms of a dictionary between two that are kept decoded; what is kept is a few hundred kB for a large index.
LADDER_STEP = 64


class TermDictionary:
    """The terms of a field as a sequence of bytes, in order; nothing is decoded but what is asked for."""

    def __init__(self, data: memoryview, ends: Array) -> None:
        self._data = data
        self._ends = ends
        # Of a memoryview a single number is read in half the time, and is one of Python's.
        self._end_numbers = ends.data

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._term(number))

    def text(self, number: int) -> str:
        """Return a term that is text."""
        return str(self._term(number), "utf-8")

    def _term(self, number: int) -> memoryview:
        ends = self._end_numbers
        return self._data[ends[number - 1] if number else 0 : ends[number]]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.load())

    def load(self) -> list[bytes]:
        """Return all terms."""
        return self.slice(0, len(self))

    def slice(self, first: int, last: int) -> list[bytes]:
        """Return the terms from one number to before another."""
        if first >= last:
            return []
        ends = self._ends[first:last].tolist()
        start = int(self._ends[first - 1]) if first else 0
        data = bytes(self._data[start : ends[-1]])
        return [data[left - start : right - start] for left, right in pairwise([start, *ends])]

    def strings(self) -> ByteStrings:
        """Return all terms as arrays."""
        return ByteStrings(np.frombuffer(self._data, np.uint8), np.append(0, self._ends).astype(np.int64))

    def lengths(self, first: int, last: int) -> Array:
        """Return how many bytes the terms from one number to before another have."""
        ends = self._ends[max(0, first - 1) : last].astype(np.int64)
        return np.diff(ends, prepend=0) if not first else np.diff(ends)

    def position(self, term: bytes) -> int:
        """Return the number of the first term that is not smaller."""
        step = bisect_left(self._ladder, term) * LADDER_STEP
        below = max(0, step - LADDER_STEP)
        # Between two steps of the ladder: where each term ends, the one before the first included.
        ends = self._ends[max(0, below - 1) : step].tolist()
        if not below:
            ends.insert(0, 0)
        data = self._data
        return below + bisect_left(
            range(len(ends) - 1), term, key=lambda number: bytes(data[ends[number] : ends[number + 1]])
        )

    @cached_property
    def _ladder(self) -> list[bytes]:
        # Every so many terms, decoded: most steps of a search are between these.
        return [self[number] for number in range(0, len(self._ends), LADDER_STEP)]

    def number(self, term: bytes) -> int:
        """Return the number of a term, -1 if it is not there."""
        found = self.position(term)
        return found if found < len(self) and self[found] == term else -1

    def numbers(self, words: Iterable[str]) -> Array:
        """Return the numbers of those of some words that are there, sorted."""
        found = (self.number(word.encode("utf-8")) for word in words)
        return np.array(sorted(number for number in found if number >= 0), np.int64)


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of one term: slices of mapped arrays. `positions` lie end to end, frequencies[i] for each."""

    documents: Array
    frequencies: Array
    weights: Array | None
    positions: Array | None


class Field:
    """One indexed field of a segment."""

    def __init__(self, container: Container, number: int, facts: dict[str, Any]) -> None:
        self._container = container
        self._name = str(number)
        self.payload = Payload(facts["payload"])
        self.weight = float(facts["weight"])

    @cached_property
    def terms(self) -> TermDictionary:
        return TermDictionary(self._container.bytes(f"{self._name}.terms"), self._array("term_ends"))

    def postings(self, number: int) -> Postings:
        """Return the postings of a term, by its number."""
        start, end = int(self._starts[number]), int(self._starts[number + 1])
        positions = None
        if self.payload is Payload.POSITIONS:
            first, last = (int(at) for at in self._payload_starts[number : number + 2])
            positions = self.positions[first:last]
        weights = self._weights[start:end] if self._weights is not None else None
        return Postings(self.documents[start:end], self.frequencies[start:end], weights, positions)

    def extents(self, terms: Array) -> tuple[Array, Array]:
        """Return where the postings of each term begin in `documents` and `frequencies`, and how many it has."""
        starts = self._starts[terms].astype(np.int64)
        return starts, self._starts[terms + 1].astype(np.int64) - starts

    def position_starts(self, terms: Array) -> Array:
        """Return where the positions of each term begin in `positions`."""
        return self._payload_starts[terms].astype(np.int64)

    def slices(self, terms: Iterable[int]) -> list[tuple[int, int, int, int]]:
        """Return where the postings of each term begin and end, and where its positions in `positions` do."""
        starts, positions = self._start_numbers
        return [(starts[term], starts[term + 1], positions[term], positions[term + 1]) for term in terms]

    def document_frequency(self, number: int) -> int:
        return int(self._starts[number + 1]) - int(self._starts[number])

    def data_of(self, number: int) -> list[bytes]:
        """Return the bytes of each posting of a term, for formats that only know themselves."""
        start, end = int(self._starts[number]), int(self._starts[number + 1])
        starts = self._payload_starts[start : end + 1].tolist()
        data = self._container.bytes(f"{self._name}.data")
        return [bytes(data[left:right]) for left, right in pairwise(starts)]

    def term_info(self, number: int) -> TermInfo:
        postings = self.postings(number)
        weights = postings.frequencies if postings.weights is None else postings.weights
        return TermInfo(
            weight=float(weights.sum()),
            df=len(postings.documents),
            # Not kept: bounds that hold for any document.
            minlength=0,
            maxlength=MAX_LENGTH,
            maxweight=float(weights.max()),
            minid=int(postings.documents[0]),
            maxid=int(postings.documents[-1]),
        )

    def _array(self, section: str) -> Array:
        return self._container.array(f"{self._name}.{section}")

    @cached_property
    def _starts(self) -> Array:
        return self._array("starts")

    @cached_property
    def _start_numbers(self) -> tuple[memoryview, memoryview]:
        # Of a memoryview a single number is read in half the time, and is one of Python's.
        return self._starts.data, self._payload_starts.data

    @cached_property
    def documents(self) -> Array:
        return self._array("documents")

    @cached_property
    def frequencies(self) -> Array:
        return self._array("frequencies")

    @cached_property
    def _weights(self) -> Array | None:
        return self._array("weights") if f"{self._name}.weights" in self._container else None

    @cached_property
    def _payload_starts(self) -> Array:
        return self._array("payload_starts")

    @cached_property
    def positions(self) -> Array:
        return self._array("positions")

    def whole(self) -> "WholeField":
        """Return all postings of the field."""
        frequencies = self.frequencies.astype(np.int64)
        payload: Array = np.zeros(0, np.int64)
        counts: Array = frequencies
        if self.payload is Payload.POSITIONS:
            payload = self.positions
        elif self.payload is Payload.BYTES:
            payload = np.frombuffer(self._container.bytes(f"{self._name}.data"), np.uint8)
            counts = np.diff(self._payload_starts.astype(np.int64))
        term_counts = np.diff(self._starts.astype(np.int64))
        return WholeField(term_counts, self.documents, frequencies, self._weights, counts, payload)


@dataclass(frozen=True, slots=True)
class WholeField:
    """A field's postings in order of terms: how many each term has, and what each has.

    `payload` holds positions or bytes end to end, `payload_counts` how many of them are a posting's.
    """

    term_counts: Array
    documents: Array
    frequencies: Array
    weights: Array | None
    payload_counts: Array
    payload: Array


class ColumnarTermsReader(base.TermsReader):
    """Whoosh's view of the terms of a segment."""

    def __init__(self, container: Container) -> None:
        self.container = container
        facts = container.facts["fields"]
        # name -> field, in the order of the names
        self.fields = {name: Field(container, number, facts[name]) for number, name in enumerate(facts)}

    def _found(self, fieldname: str, text: bytes) -> tuple[Field, int]:
        field = self.fields.get(fieldname)
        number = field.terms.number(text) if field else -1
        if field is None or number < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return field, number

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self.fields.get(term[0])
        return field is not None and field.terms.number(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        return list(self.fields)

    def cursor(self, fieldname: str, fieldobj: FieldType) -> base.FieldCursor:
        field = self.fields.get(fieldname)
        return TermCursor(field, fieldobj) if field else base.EmptyCursor()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, term) for name, field in self.fields.items() for term in field.terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        field = self.fields.get(fieldname)
        if field:
            for number in range(field.terms.position(prefix), len(field.terms)):
                yield fieldname, field.terms[number]

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        for name, field in self.fields.items():
            for number in range(len(field.terms)):
                yield (name, field.terms[number]), field.term_info(number)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        field = self.fields.get(fieldname)
        if field:
            for number in range(field.terms.position(prefix), len(field.terms)):
                yield (fieldname, field.terms[number]), field.term_info(number)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        field, number = self._found(fieldname, text)
        return field.term_info(number)

    def frequency(self, fieldname: str, text: bytes) -> float:
        field = self.fields.get(fieldname)
        number = field.terms.number(text) if field else -1
        return field.term_info(number).weight() if field and number >= 0 else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        field = self.fields.get(fieldname)
        number = field.terms.number(text) if field else -1
        return field.document_frequency(number) if field and number >= 0 else 0

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: Any = None) -> ArrayMatcher:
        field, number = self._found(fieldname, text)
        data = field.data_of(number) if field.payload is Payload.BYTES else None
        return ArrayMatcher(field.postings(number), field.term_info(number), (fieldname, text), format_, scorer, data)

    def postings(self, fieldname: str, text: bytes) -> Postings | None:
        """Return a term's postings as arrays, None if there are none: the way past Whoosh's matchers."""
        field = self.fields.get(fieldname)
        number = field.terms.number(text) if field else -1
        return field.postings(number) if field and number >= 0 else None

    def close(self) -> None:
        # The map goes when the last slice of it does.
        self.fields = {}


class TermCursor(base.FieldCursor):
    """Steps through the terms of a field in order, or goes to the first that is not smaller."""

    def __init__(self, field: Field, fieldobj: FieldType) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._at = 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        text = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._at = self._field.terms.position(text)
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        return self._fieldobj.from_bytes(self._field.terms[self._at]) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        return self._field.term_info(self._at) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._field.terms)
