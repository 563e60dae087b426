"""How terms of the glossary are looked for: the patterns of each, kept, since other queries name the same concepts."""

from collections.abc import Iterable

from indexer.analysis import Token
from indexer.concepts import ConceptTable
from indexer.concepts.comparison import is_abbreviation
from indexer.concepts.table import Term
from search.planning import Pattern, Tier, in_a_row, word

# Terms whose patterns are kept: those of some hundreds of concepts. When there are more, all are forgotten.
MAX_TERMS = 10_000


class TermPatterns:
    """The patterns of a compiled glossary's terms. Safe to share between threads."""

    def __init__(self, table: ConceptTable) -> None:
        self._table = table
        self._known: dict[int, tuple[Pattern, ...]] = {}

    def of(self, terms: Iterable[Term]) -> list[Pattern]:
        """Return the patterns of terms: the words of each in a row, or the word that it is."""
        return [pattern for term in terms for pattern in self._known.get(term.number) or self._made(term.number)]

    def _made(self, term: int) -> tuple[Pattern, ...]:
        row, singles = self._table.wording(term)
        made = [in_a_row(row, Tier.GLOSSARY)] if row else []
        abbreviation = is_abbreviation(self._table.term(term))
        made += (_as_written(token) if abbreviation else word(token, tier=Tier.GLOSSARY) for token in singles)
        if len(self._known) >= MAX_TERMS:
            self._known.clear()
        self._known[term] = tuple(made)
        return self._known[term]


def _as_written(token: Token) -> Pattern:
    # It has a plural, but no stem: ADHD is no inflection of "add", nor Swedish LAS (the law) of "läs" (read).
    return Pattern(forms=(token.form, f"{token.form}s"), tier=Tier.GLOSSARY)
