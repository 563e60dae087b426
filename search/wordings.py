"""How terms of the glossary are looked for: the patterns of each, kept, since other queries name the same concepts."""

from collections.abc import Iterable

from indexer.analysis import query_analyzer
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
        self._numbers: dict[tuple[str, Pattern], int] = {}  # language, row -> the first term that was found to be it

    def of(self, terms: Iterable[Term]) -> list[Pattern]:
        """Return the patterns of terms: the words of each in a row, or the word that it is."""
        return [pattern for term in terms for pattern in self._known.get(term.number) or self._made(term)]

    def _made(self, term: Term) -> tuple[Pattern, ...]:
        row, singles = self._table.wording(term.number)
        made = [self._numbered(in_a_row(row, Tier.GLOSSARY), term)] if row else []
        if is_abbreviation(term.text):
            made += (_as_written(token.form, term.language) for token in singles)
        else:
            made += (word(token, tier=Tier.GLOSSARY) for token in singles)
        if len(self._known) >= MAX_TERMS:
            self._known.clear()
            self._numbers.clear()
        self._known[term.number] = tuple(made)
        return self._known[term.number]

    def _numbered(self, row: Pattern, term: Term) -> Pattern:
        # What two concepts name alike is looked for once.
        return row._replace(term=self._numbers.setdefault((term.language, row), term.number))


def _as_written(abbreviation: str, language: str) -> Pattern:
    """Return the pattern of an abbreviation and its plural: it has no stem. Swedish LAS (a law) is not *läs* (read)."""
    forms = [abbreviation]
    if language == "en" and (plural := f"{abbreviation}s") not in query_analyzer(language).stops:  # its
        forms.append(plural)
    return Pattern(forms=tuple(forms), tier=Tier.GLOSSARY)
