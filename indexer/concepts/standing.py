"""Which terms of a compiled glossary may stand in a segment, and where: all of a language at once, from its arrays.

A term stands there if an inflection of the word that it is does, or its words in a row, by the same rules by which a
query finds it. What is told may be more, and is never less: words in very many places are not compared place by place.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from indexer.analysis.normalization import fold
from indexer.codec.container import Array
from indexer.codec.terms import Field
from indexer.concepts.inflection import is_inflected
from indexer.concepts.rows import FoundRows, Spoken, rows_in
from indexer.concepts.table import ConceptTable
from indexer.concepts.wording import Wordings
from indexer.lexicon import Lexicon
from indexer.schema import body_field, title_field


class Standing(NamedTuple):
    """What stands in the titles or in the bodies of a language, terms by number: single words, and `rows` of words."""

    title: bool
    singles: Array
    rows: FoundRows

    @property
    def terms(self) -> Array:
        """All terms that may stand there, some perhaps twice."""
        return np.concatenate([self.singles, self.rows.terms, self.rows.uncompared]).astype(np.int64)


def standing_in(language: str, table: ConceptTable, lexicon: Lexicon, fields: Mapping[str, Field]) -> list[Standing]:
    """Return which terms of a language may stand in the titles and in the bodies of a segment, if it has any."""
    names = [name for name in (title_field(language), body_field(language)) if name in fields]
    if not names:
        return []
    number, wordings = table.languages.index(language), table.wordings
    hashes, rows = wordings.keys(number), wordings.rows(number)
    keys, terms, titles = lexicon.having(language, hashes)
    found = []
    for name in names:
        title = name == title_field(language)
        here = titles if title else ~titles
        spoken = Spoken(fields[name], keys[here], terms[here], len(hashes))
        placed = rows_in(spoken, rows, lambda term: wordings.of(term).row, language)
        found.append(Standing(title, _singles_in(spoken, wordings, number, language), placed))
    return found


def _singles_in(spoken: Spoken, wordings: Wordings, language: int, code: str) -> Array:
    """Return the terms that are one word of which the field has an inflection."""
    singles = wordings.singles(language)
    forms: dict[int, str] = {}

    def folded(term: int) -> str:
        if term not in forms:
            forms[term] = fold(spoken.field.terms[term].decode("utf-8"))
        return forms[term]

    starts, terms = spoken.starts.tolist(), spoken.terms.tolist()
    may = np.flatnonzero(spoken.has(singles.keys).any(axis=1))
    found = []
    for at, pair in zip(may.tolist(), singles.keys[may].tolist(), strict=True):
        form = wordings.form(singles.first + at)
        if any(is_inflected(folded(term), form, code) for key in pair for term in terms[starts[key] : starts[key + 1]]):
            found.append(at)
    stand: Array = singles.terms[found]
    return stand
