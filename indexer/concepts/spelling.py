"""The ways in which a term may stand in a text: as its words in a row, without accents, or written together.

Or as it is typed in haste, without the little words inside: Spanish *jefe obra* for *jefe de obra*.
"""

from dataclasses import dataclass

from indexer.analysis import Analyzer, Token, stop_words, written_runs
from indexer.analysis.characters import is_paired
from indexer.concepts.comparison import is_abbreviation, symbols

# A term of more words is not looked for; the longest labels of ESCO have some twenty.
MAX_WORDS = 16
# Two words of at least so many letters each may be written as one: call center, callcenter.
MIN_JOINED_CHARS = 3

# What links the words of a name and says nothing by itself, folded, by language. *Without* and *for* do say something.
LINKING_WORDS = {
    "es": frozenset("de del la el los las".split()),
    "fr": frozenset("de du des la le les a au aux".split()),
    "it": frozenset("di del dello della dei degli delle da al allo alla ai agli alle".split()),
    "pt": frozenset("de do da dos das".split()),
}


@dataclass(frozen=True, slots=True)
class Spelling:
    """The symbols of the words of a term, and those words, folded.

    `exact`: the word is an abbreviation; `capitals`: a text has to write it in capitals.
    """

    symbols: tuple[str, ...]
    forms: tuple[str, ...]
    exact: bool = False
    capitals: bool = False


def spellings(term: str, analyzer: Analyzer) -> list[Spelling]:
    """Return the spellings of a term in the analyzer's language; none if it is of stop words only, or of no words."""
    tokens = analyzer.tokens(term)
    words = written_runs(tokens)
    if not 1 <= len(words) <= MAX_WORDS:
        return []
    exact = len(words) == 1 and is_abbreviation(term)
    stops = stop_words(analyzer.language)
    capitals = all(word.form in stops for word in words)
    if capitals and not exact:
        return []
    found = [*_paths(words, analyzer, exact, capitals)]
    joined = [token for token in tokens if token.joined and (token.start, token.end) == (words[0].start, words[-1].end)]
    if joined:
        found += _paths(joined, analyzer)
    elif len(words) == 2 and all(_may_be_joined(word) for word in words):
        found += _paths([_together(words[0], words[1], analyzer)], analyzer)
    return list(dict.fromkeys(found))


def hasty_spellings(term: str, analyzer: Analyzer) -> list[Spelling]:
    """Return the spellings of a term without the words that link others in it; none if there are none."""
    links = LINKING_WORDS.get(analyzer.language.code)
    if not links:
        return []
    words = written_runs(analyzer.tokens(term))
    said = [*words[:1], *(word for word in words[1:-1] if word.folded not in links), *words[1:][-1:]]
    return _paths(said, analyzer) if 1 < len(said) < len(words) <= MAX_WORDS else []


def _together(first: Token, second: Token, analyzer: Analyzer) -> Token:
    return Token(first.start, second.end, first.position, *analyzer.word(first.form + second.form), joined=True)


def _may_be_joined(word: Token) -> bool:
    return word.form.isalpha() and len(word.form) >= MIN_JOINED_CHARS and not is_paired(word.form)


def _paths(words: list[Token], analyzer: Analyzer, exact: bool = False, capitals: bool = False) -> list[Spelling]:
    language = analyzer.language
    forms = tuple(word.folded for word in words)
    ways = [symbols(word, language) for word in words]
    return [
        Spelling(path, forms, exact, capitals)
        for path in dict.fromkeys((tuple(way[0] for way in ways), tuple(way[-1] for way in ways)))
    ]
