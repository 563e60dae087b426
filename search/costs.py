"""What a query would cost, counted before anything of it is read, and which parts of it are too much.

The words of a query are few (`parsing.py`), and each is looked up in postings about as long as there are articles. Two
things grow with how much is written in them: the beginning of a word reads the postings of every word that begins so,
and a phrase the positions of its words. These are counted, all languages together, in the order of the query; what does
not fit into the budget any more is left out, and the page says so. No clock decides, so the same query always finds the
same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.schema import body_field, title_field
from search.matching import hash_of
from search.parsing import Group, Note, ParsedQuery
from search.planning import Pattern, plan
from search.segment import Segment, TextField
from search.snapshot import Snapshot

# Postings and positions that the beginnings and phrases of a query may take. Of 23,030 chapters in 12 languages each
# took 80 ns (postings) to 240 ns (positions) on 2026-11-22, and the longest beginnings of one letter are 1.5 million.
BUDGET = 2_000_000


@dataclass(slots=True)
class Budget:
    """What is left of it: for a query, or for several in turn."""

    left: int = BUDGET


def affordable(query: ParsedQuery, snapshot: Snapshot, budget: Budget | None = None) -> ParsedQuery:
    """Return a query without what is too much of it, and with a note of each such part; takes the rest off a budget."""
    if not any(_may_grow(group) for group in (*query.groups, *_as_groups(query))):
        return query
    budget = budget or Budget()
    notes: list[Note] = []

    def kept(groups: Sequence[Group]) -> list[bool]:
        fits = []
        for group, cost in zip(groups, _costs(groups, snapshot), strict=True):
            fits.append(cost <= budget.left)
            if cost <= budget.left:
                budget.left -= cost
            else:
                notes.append(Note("costly", word=group.label))
        return fits

    groups = kept(query.groups)
    excluded = kept(_as_groups(query))
    return replace(
        query,
        groups=tuple(group for group, fits in zip(query.groups, groups, strict=True) if fits),
        excluded=tuple(operand for operand, fits in zip(query.excluded, excluded, strict=True) if fits),
        notes=(*query.notes, *notes),
    )


def _as_groups(query: ParsedQuery) -> tuple[Group, ...]:
    return tuple(Group(f"-{excluded.label}", (excluded.operand,)) for excluded in query.excluded)


def _may_grow(group: Group) -> bool:
    # A single letter of Chinese is the beginning of its bigrams; a word with a hyphen is a phrase.
    return any(
        operand.prefix or operand.phrase or len(operand.text) == 1 or not operand.text.isalnum()
        for operand in group.operands
    )


def _costs(groups: Sequence[Group], snapshot: Snapshot) -> Iterator[int]:
    """Yield what each group costs in all languages."""
    planned = plan(ParsedQuery(tuple(groups)), snapshot.counts).languages
    for number in range(len(groups)):
        yield sum(
            cost_of(pattern, language.language, snapshot)
            for language in planned
            for pattern in language.groups[number].patterns
        )


def cost_of(pattern: Pattern, language: str, snapshot: Snapshot) -> int:
    """Return how many postings the beginning of a word takes, or positions a row, about; 0 for other patterns."""
    if not (pattern.prefix or pattern.is_row):
        return 0
    return snapshot.memory.once(("cost", pattern, language), lambda: _counted(pattern, language, snapshot))


def _counted(pattern: Pattern, language: str, snapshot: Snapshot) -> int:
    counted = _of_beginning if pattern.prefix else _of_row
    return sum(
        counted(pattern, language, segment, field)
        for segment in snapshot.segments_with(language)
        for name in (title_field(language), body_field(language))[: 1 if pattern.title else 2]
        if (field := segment.field(name)) is not None
    )


def _of_beginning(pattern: Pattern, language: str, segment: Segment, field: TextField) -> int:
    terms = field.postings.terms
    encoded = pattern.prefix.encode("utf-8")
    first, last = terms.position(encoded), terms.position(encoded + b"\xff")
    cost = 0
    if first < last:
        starts, counts = field.postings.extents(np.array([first, last - 1]))
        cost = int(starts[1] + counts[1] - starts[0])
    accented = segment.lexicon.folded_from(field.name, terms, pattern.prefix).astype(np.int64)
    return cost + int(field.postings.extents(accented)[1].sum())


def _of_row(pattern: Pattern, language: str, segment: Segment, field: TextField) -> int:
    """Count the positions of the two rarest words in articles with the rarest one, as if they were spread evenly."""
    hashes = [hash_of(stem) for stem in pattern.stems]
    title = field.name == title_field(language)
    sizes = []
    for found in segment.lexicon.lookup(language, hashes):
        terms = (found.title if title else found.body) if found else np.zeros(0, np.int64)
        if not len(terms):
            return 0
        postings = int(field.postings.extents(terms)[1].sum())
        starts, ends = field.postings.position_starts(terms), field.postings.position_starts(terms + 1)
        sizes.append((postings, int((ends - starts).sum())))
    sizes.sort()
    rarest = sizes[0][0]
    return sum(positions * rarest // max(1, postings) for postings, positions in sizes[:2])
