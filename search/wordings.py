"""How terms of the glossary are looked for: the patterns of each, kept, since other queries name the same concepts."""

from collections.abc import Iterable, Sequence

from indexer.analysis import Token, query_analyzer
from indexer.concepts import ConceptTable
from indexer.concepts.comparison import is_abbreviation
from indexer.concepts.inflection import MAX_SHORT_STEM_CHARS
from indexer.concepts.table import Term
from search.planning import Pattern, Tier, in_a_row, word

# Terms whose patterns are kept: those of some hundreds of concepts. When there are more, all are forgotten.
MAX_TERMS = 10_000


class TermPatterns:
    """The patterns of a compiled glossary's terms. Safe to share between threads."""

    def __init__(self, table: ConceptTable) -> None:
        self._table = table
        self._known: dict[int, tuple[Pattern, ...]] = {}
        # language, and what a row is found by -> the pattern of the first term that is this row
        self._rows: dict[tuple[object, ...], Pattern] = {}

    def of(self, terms: Iterable[Term]) -> list[Pattern]:
        """Return the patterns of terms: the words of each in a row, or the word that it is."""
        return [pattern for term in terms for pattern in self._known.get(term.number) or self._made(term)]

    def _made(self, term: Term) -> tuple[Pattern, ...]:
        row, singles = self._table.wording(term.number)
        made = [self._row(row, term)] if row else []
        if is_abbreviation(term.text):
            made += (_as_written(token.form, term.language) for token in singles)
        else:
            made += (word(token, tier=Tier.GLOSSARY) for token in singles)
        if len(self._known) >= MAX_TERMS:
            self._known.clear()
            self._rows.clear()
        self._known[term.number] = tuple(made)
        return self._known[term.number]

    def _row(self, words: Sequence[Token], term: Term) -> Pattern:
        # What two terms are after analysis, as inflections of each other, is looked for once, and counts once.
        found_by = (term.language, *((word.position, word.stem, _told_apart(word)) for word in words))
        known = self._rows.get(found_by)
        if known is None:
            known = self._rows[found_by] = in_a_row(words, Tier.GLOSSARY, term=term.number)
        return known


def _told_apart(word: Token) -> str:
    """Return a word if it is not enough that another one has its stem."""
    return word.form if len(word.stem) <= MAX_SHORT_STEM_CHARS else ""


def _as_written(abbreviation: str, language: str) -> Pattern:
    """Return the pattern of an abbreviation and its plural: it has no stem. Swedish LAS (a law) is not *läs* (read)."""
    forms = [abbreviation]
    if language == "en" and (plural := f"{abbreviation}s") not in query_analyzer(language).stops:  # its
        forms.append(plural)
    return Pattern(forms=tuple(forms), tier=Tier.GLOSSARY)
