"""The glossary's concepts in a text or a query: the longest term first, from left to right."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from indexer.analysis import Analyzer, Token, query_analyzer
from indexer.analysis.analyzer import MAX_CACHED_CHARS, QUERY_CACHE_WORDS
from indexer.analysis.letters import may_be_spelled
from indexer.analysis.normalization import fold
from indexer.analysis.tokenizer import find_pieces
from indexer.concepts.accents import may_be_written
from indexer.concepts.comparison import (
    agree,
    ending_chars_beside_stems,
    min_shared_chars,
    same_abbreviation,
    shared,
    symbols,
)
from indexer.concepts.inflection import is_inflected
from indexer.concepts.table import ConceptTable, Entry

# Distinct words and pieces of text remembered a language; when there are more, all are forgotten.
MAX_REMEMBERED = 200_000

# Of a piece of text: none of its words is in any term; one is; one begins a term.
_STRANGE, _KNOWN, _BEGINNING = range(3)


@dataclass(frozen=True, slots=True)
class Match:
    """The term of a concept at the words [start, end) of a text, counted as `Token.position` does."""

    concept: int
    term: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SingleWords:
    """The terms of a language that are one word: how they are written, folded, and the stems of that."""

    forms: frozenset[str]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Step:
    """A word, or several written together, that leads to the word at position `end`."""

    token: Token
    end: int
    symbols: tuple[int, ...]


class ConceptFinder:
    """Finds concepts in texts of one language, which `analyzer` analyses. Safe to share between threads."""

    def __init__(self, table: ConceptTable, analyzer: Analyzer, max_remembered: int = MAX_REMEMBERED) -> None:
        self._table = table
        self.analyzer = analyzer
        self._max_remembered = max_remembered
        self._language = analyzer.language
        self._root = table.root(self._language.code)
        self._ending_chars = ending_chars_beside_stems(self._language)
        self._min_shared = min_shared_chars(self._language)
        self._symbols: dict[tuple[str, str, str], tuple[int, ...]] = {}  # stem, plain stem, folded form -> symbols
        self._pieces: dict[str, int] = {}
        self._alone: dict[str, list[Match]] = {}  # piece -> what is found in it by itself

    @cached_property
    def single_words(self) -> SingleWords:
        """The terms that are one word."""
        forms = self._table.single_words(self._language.code)
        return SingleWords(frozenset(forms), frozenset(self.analyzer.stems(forms)))

    def is_everyday(self, match: Match) -> bool:
        """Tell whether a match is of a word that stands in articles about anything."""
        return self._table.is_everyday(match.term)

    def is_as_typed(self, word: Token, match: Match) -> bool:
        """Tell whether the word of a match is its term, accents too."""
        return word.form == self._table.term(match.term).casefold()

    def may_be_spelled(self, word: Token, match: Match) -> bool:
        """Tell whether the word of a match has no letters but those of the language and of its term."""
        return may_be_spelled(word.form, self._language.code, besides=self._table.term(match.term).casefold())

    def is_named_without_accents(self, match: Match) -> bool:
        """Tell whether a term of the concept, in this language, is the word that a match found without its accents."""
        return fold(self._table.term(match.term).casefold()) in self._written(match.concept)

    def is_inflection(self, word: Token, match: Match) -> bool:
        """Tell whether the word of a match is no term of the concept as it is written, accents aside."""
        return word.folded not in map(fold, self._written(match.concept))

    def _written(self, concept: int) -> list[str]:
        terms = self._table.terms_by_language(concept).get(self._language.code, ())
        return [term.text.casefold() for term in terms]

    def find(self, text: str, tokens: list[Token] | None = None) -> list[Match]:
        """Return the concepts of a text, in order, none overlapping another; the longest where several begin.

        `tokens` are those of the text, if the caller has them already.
        """
        if self._root is None:
            return []
        steps = self._steps(self.analyzer.tokens(text) if tokens is None else tokens)
        found: list[Match] = []
        at = 0
        for position in sorted(steps):
            if position >= at and (match := self._longest(text, steps, position)):
                found.append(match)
                at = match.end
        return found

    def may_find(self, pieces: Iterable[str]) -> bool:
        """Tell whether any of a text's pieces begins a term: where none does, find() returns nothing."""
        known = self._pieces
        return self._root is not None and any(
            (known[piece] if piece in known else self._kind(piece)) == _BEGINNING for piece in pieces
        )

    def find_in_article(self, text: str) -> Iterator[Match]:
        """Yield what find() returns for a long text, positions aside: those of each are counted from some word before.

        Stretches of words that are in no term are passed over, and words that stand alone between them remembered.
        """
        if self._root is None:
            return
        found = find_pieces(text)
        known = self._pieces
        kinds = bytes([known[piece] if piece in known else self._kind(piece) for piece in found])
        end = 0
        while (start := kinds.find(_BEGINNING, end)) >= 0:
            end = kinds.find(_STRANGE, start)
            if end < 0:
                end = len(found)
            if end - start > 1:
                yield from self.find(" ".join(found[start:end]))
            else:
                yield from self._found_alone(found[start])

    def _found_alone(self, piece: str) -> list[Match]:
        matches = self._alone.get(piece)
        if matches is None:
            matches = self.find(piece)
            if len(piece) <= MAX_CACHED_CHARS:
                self._alone[piece] = matches
        return matches

    def _kind(self, piece: str) -> int:
        kind = self._pieces.get(piece)
        if kind is None:
            kind = self._kind_of(self.analyzer.tokens_of_piece(piece))
            if len(self._pieces) >= self._max_remembered:
                self._pieces.clear()
                self._alone.clear()
            # A run of a script without spaces is a sentence, and does not come again.
            if len(piece) <= MAX_CACHED_CHARS:
                self._pieces[piece] = kind
        return kind

    def _kind_of(self, tokens: Iterable[Token]) -> int:
        assert self._root is not None
        kind = _STRANGE
        for token in tokens:
            for number in self._numbers(token):
                if self._table.child(self._root, number) is not None:
                    return _BEGINNING
                kind = _KNOWN
        return kind

    def _steps(self, tokens: list[Token]) -> dict[int, list[_Step]]:
        """Return, by position, the steps that begin there."""
        steps: dict[int, list[_Step]] = {}
        for at, token in enumerate(tokens):
            numbers = self._numbers(token)
            if not numbers:
                continue
            end = token.position + 1
            if token.joined:
                after = at + 1
                while after < len(tokens) and tokens[after].end <= token.end:
                    end = max(end, tokens[after].position + 1)
                    after += 1
            steps.setdefault(token.position, []).append(_Step(token, end, numbers))
        return steps

    def _numbers(self, token: Token) -> tuple[int, ...]:
        key = (token.stem, token.plain, token.folded)
        known = self._symbols.get(key)
        if known is None:
            found = map(self._table.symbol, symbols(token, self._language))
            numbers = {number for number in found if number is not None}
            if self._ending_chars:
                numbers.update(self._beside_stems(token.folded))
            if len(self._symbols) >= self._max_remembered:
                self._symbols.clear()
            known = self._symbols[key] = tuple(sorted(numbers))
        return known

    def _beside_stems(self, form: str) -> Iterator[int]:
        if len(form) < self._min_shared or not form.isalpha():
            return
        beginning = form[: max(self._min_shared, len(form) - self._ending_chars)]
        for word, symbol in self._table.words_beginning(beginning, self._language.code):
            if agree(form, word, self._ending_chars):
                yield symbol

    def _longest(self, text: str, steps: dict[int, list[_Step]], start: int) -> Match | None:
        best: tuple[int, int, int, Entry] | None = None  # end, closeness, and, lowest first, the order of claims
        assert self._root is not None
        ways: list[tuple[int, int, tuple[Token, ...]]] = [(self._root, start, ())]
        while ways:
            node, position, words = ways.pop()
            for step in steps.get(position, ()):
                for number in step.symbols:
                    child = self._table.child(node, number)
                    if child is None:
                        continue
                    path = (*words, step.token)
                    ways.append((child, step.end, path))
                    if not self._table.ends(child):
                        continue
                    for entry in self._table.entries(child):
                        if self._accepts(entry, text, path):
                            rank = (step.end, _closeness(entry, path), -entry.term, entry)
                            best = max(best, rank) if best else rank
        return Match(best[3].concept, best[3].term, start, best[0]) if best else None

    def _accepts(self, entry: Entry, text: str, words: tuple[Token, ...]) -> bool:
        if entry.capitals and not text[words[0].start : words[0].end].isupper():
            return False
        if entry.exact:
            return same_abbreviation(entry.forms[0], words[0].folded)
        return len(words) > 1 or self._is_inflected(words[0], entry)

    def _is_inflected(self, word: Token, entry: Entry) -> bool:
        """Tell whether a word is an inflection of a term of one word."""
        # A stop word is no other word: German *über* (about) is not *Uber*.
        if word.form in self.analyzer.stops and word.form != self._table.term(entry.term).casefold():
            return False
        language = self._language.code
        if not is_inflected(word.folded, entry.forms[0], language):
            return False
        # As most words are; those of the glossary are read from its file.
        if word.form.isascii():
            return True
        return may_be_written(word.form, self._table.term(entry.term).casefold(), len(word.plain), language)


def _closeness(entry: Entry, words: tuple[Token, ...]) -> int:
    # Employment and employers have one stem; each is nearer to the term that is written like it.
    pairs = zip(entry.forms, words, strict=True)
    return sum(2 * shared(form, word.folded) - max(len(form), len(word.folded)) for form, word in pairs)


class ConceptFinders:
    """The finders of all languages of a compiled glossary, made when they are first asked for. Safe to share."""

    def __init__(
        self,
        table: ConceptTable,
        analyzer: Callable[[str], Analyzer] = query_analyzer,
        max_remembered: int = QUERY_CACHE_WORDS,
    ) -> None:
        """`analyzer` gives that of a language; if none is given, they are finders for queries."""
        self.table = table
        self._analyzer = analyzer
        self._max_remembered = max_remembered
        self._finders: dict[str, ConceptFinder] = {}

    def of(self, language: str) -> ConceptFinder:
        """Return the finder of a language of the language table."""
        if language not in self._finders:
            self._finders[language] = ConceptFinder(self.table, self._analyzer(language), self._max_remembered)
        return self._finders[language]
