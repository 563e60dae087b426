"""The postings of one field in memory, on their way to disk: what writing, bulk and merging all produce.

Postings are sorted by term, then by document. What a posting holds beside document and frequency depends on the
field's format: nothing, positions, or bytes that only the format understands.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from whoosh import formats

from indexer.codec.bytestrings import ByteStrings
from indexer.codec.container import Array, ContainerWriter, narrowest, starts_of


class Payload(StrEnum):
    """What a posting holds besides."""

    NOTHING = "nothing"
    POSITIONS = "positions"
    BYTES = "bytes"


def payload_of(format: formats.Format) -> Payload:
    """Return what postings of a format hold; subclasses of Whoosh's formats may hold anything."""
    if type(format) in (formats.Existence, formats.Frequency):
        return Payload.NOTHING
    return Payload.POSITIONS if type(format) is formats.Positions else Payload.BYTES


@dataclass(slots=True)
class FieldPostings:
    """The inverted field. All arrays but `terms` and `term_starts` run parallel to the postings.

    `terms` are distinct and sorted; the postings of terms[i] are those from term_starts[i] to term_starts[i + 1].
    Positions and bytes lie end to end; `payload_starts` says where those of a posting begin, one longer than postings.
    """

    terms: ByteStrings
    term_starts: Array
    documents: Array
    frequencies: Array
    weights: Array | None  # None where each is its frequency
    payload: Payload
    payload_starts: Array | None
    positions: Array | None
    data: bytes | None

    def write(self, file: ContainerWriter, name: str) -> dict[str, object]:
        """Write the field's sections as `<name>.…` and return its facts."""
        file.add_bytes(f"{name}.terms", np.ascontiguousarray(self.terms.data).data)
        file.add(f"{name}.term_ends", narrowest(self.terms.starts[1:]))
        file.add(f"{name}.starts", narrowest(self.term_starts))
        file.add(f"{name}.documents", narrowest(self.documents))
        file.add(f"{name}.frequencies", narrowest(self.frequencies))
        if self.weights is not None:
            file.add(f"{name}.weights", self.weights.astype("<f8"))
        if self.payload_starts is not None:
            # Within a term the starts follow from the frequencies, if it is positions; kept per term they are small.
            per_posting = self.payload is Payload.BYTES
            starts = self.payload_starts if per_posting else self.payload_starts[self.term_starts]
            file.add(f"{name}.payload_starts", narrowest(starts))
        if self.positions is not None:
            file.add(f"{name}.positions", narrowest(self.positions))
        if self.data is not None:
            file.add_bytes(f"{name}.data", self.data)
        weight = self.frequencies.sum() if self.weights is None else self.weights.sum()
        return {"terms": len(self.terms), "payload": str(self.payload), "weight": float(weight)}


def inverted(
    terms: ByteStrings,
    term_of: Array,
    documents: Array,
    frequencies: Array,
    payload: Payload,
    *,
    weights: Array | None = None,
    payload_counts: Array | None = None,
    positions: Array | None = None,
    data: bytes | None = None,
) -> FieldPostings:
    """Sort postings by term, and build a field of them; those of one term have to come in document order.

    `term_of` gives each posting's term by its number in `terms`, which are sorted; terms without a posting are left
    out. `payload_counts` are how many positions or bytes each posting has.
    """
    order = np.argsort(term_of, kind="stable")
    counts = np.bincount(term_of, minlength=len(terms)) if len(term_of) else np.zeros(len(terms), np.int64)
    used = np.flatnonzero(counts)
    payload_starts = None
    if payload_counts is not None:
        before = starts_of(payload_counts)
        picked = payload_counts[order]
        payload_starts = starts_of(picked)
        gather = ranges(before[:-1][order], picked)
        if positions is not None:
            positions = positions[gather]
        elif data is not None:
            data = np.frombuffer(data, np.uint8)[gather].tobytes()
    return FieldPostings(
        terms=terms if len(used) == len(terms) else terms.take(used),
        term_starts=starts_of(counts[used]),
        documents=documents[order],
        frequencies=frequencies[order],
        weights=None if weights is None or np.array_equal(weights, frequencies) else weights[order],
        payload=payload,
        payload_starts=payload_starts,
        positions=positions,
        data=data,
    )


def ranges(starts: Array, counts: Array) -> Array:
    """Return the numbers starts[0], starts[0] + 1, … for counts[0] of them, then those of the next range, and so on."""
    total = int(counts.sum())
    if not total:
        return np.zeros(0, np.int64)
    # One more than the last everywhere, but at the beginning of each range.
    steps = np.ones(total, np.int64)
    filled = counts > 0
    firsts, lengths = starts[filled].astype(np.int64), counts[filled].astype(np.int64)
    at = starts_of(lengths)[:-1]
    steps[at] = firsts
    steps[at[1:]] -= firsts[:-1] + lengths[:-1] - 1
    return np.cumsum(steps)
