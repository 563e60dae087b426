"""Text -> tokens, in one language: tokenise the original, then per distinct word form, folded form and stem."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from corpus import LANGUAGES, Language
from indexer.analysis.lines import as_lines, lines_of, or_else
from indexer.analysis.normalization import fold, fold_lines, form_of, forms_of
from indexer.analysis.stemming import Stemming
from indexer.analysis.stopwords import stop_words
from indexer.analysis.tokenizer import Word, pieces, words_of

# Distinct words whose analysis is kept; when full, all are forgotten. Some 800 bytes each.
CACHE_WORDS = 20_000
# A word of a query is analysed in every language of the index, and there is no end of words that readers type.
QUERY_CACHE_WORDS = 1_000
MAX_CACHED_CHARS = 40


class Token(NamedTuple):
    """text[start:end] is a word; it is compared by its form, its folded form, its stem and its plain stem.

    `position` counts words. A `joined` token is several words together (email in e-mail), at the place of the
    first of them. The plain stem is that of the folded form: what the stem of the word is to a reader who leaves the
    accents out. (Of Polish klientów the stem is klient; of klientow it is klientow.)
    """

    start: int
    end: int
    position: int
    form: str
    folded: str
    stem: str
    plain: str
    joined: bool = False


class Analyzer:
    """Analyses texts of one language, whose stop words are `stops`. Safe to share between threads."""

    def __init__(self, language: Language, cache_words: int = CACHE_WORDS) -> None:
        self.language = language
        self.stops = stop_words(language)
        self._stemming = Stemming(language)
        self._turkish = language.code == "tr"
        self._cache_words = cache_words
        self._cache: dict[str, tuple[Token, ...]] = {}  # piece of text -> its tokens, counted from its start

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of a text in the order of their positions, offsets into that text."""
        found: list[Token] = []
        position = 0
        for at, piece in pieces(text):
            analysed = self.tokens_of_piece(piece)
            for start, end, offset, form, folded, stem, plain, joined in analysed:
                found.append(Token(at + start, at + end, position + offset, form, folded, stem, plain, joined))
            position += analysed[-1].position + 1
        return found

    def tokens_of_piece(self, piece: str) -> tuple[Token, ...]:
        """Return the tokens of one of the pieces that the tokenizer finds."""
        return self._cache.get(piece) or self._analyse(piece)

    def _analyse(self, piece: str) -> tuple[Token, ...]:
        # A run of a script without spaces is a sentence, and does not come again.
        if len(piece) > MAX_CACHED_CHARS:
            return tuple(map(self._token, _spelled(piece, self._turkish)))
        analysed = tuple(map(self._token, _spelled_once(piece, self._turkish)))
        if len(self._cache) >= self._cache_words:
            self._cache.clear()
        self._cache[piece] = analysed
        return analysed

    def word(self, spelling: str) -> tuple[str, str, str, str]:
        """Return (form, folded form, stem, plain stem) of one word that is nothing but letters and digits."""
        form = form_of(spelling, self._turkish)
        folded = fold(form) or form
        return form, folded, *self._stems(form, folded)

    def forms(self, spellings: Sequence[str]) -> list[str]:
        """Return the forms of words that are nothing but letters and digits."""
        return lines_of(self.form_lines(as_lines(spellings)))

    def form_lines(self, spellings: str) -> str:
        """Return the forms of words that are nothing but letters and digits; both are lines of a text."""
        return forms_of(spellings, self._turkish)

    def elided_chars(self, form: str) -> int:
        """Return how many characters before the word itself are an elided article."""
        return self._stemming.elided_chars(form)

    def stem(self, form: str) -> str:
        """Return the stem of a form."""
        return self._stemming.stem(form) or form

    def stems(self, forms: Sequence[str]) -> list[str]:
        """Return the stem of each form."""
        return lines_of(self.stem_lines(as_lines(forms)))

    def stem_lines(self, forms: str) -> str:
        """Return the stem of each form; both are lines."""
        return or_else(self._stemming.stem_lines(forms), forms, str)

    def plain_stem_lines(self, forms: str) -> str:
        """Return the plain stem of each form; both are lines."""
        return or_else(self._stemming.plain_stem_lines(forms), self.folded_lines(forms), str)

    def folded_lines(self, forms: str) -> str:
        """Return the folded form of each form; both are lines."""
        folded = fold_lines(forms)
        return forms if folded == forms else or_else(folded, forms, str)

    def words(self, text: str) -> list[Word]:
        """Return the tokens of a text as `tokens` does, each with nothing but its form as the spelling."""
        found: list[Word] = []
        position = 0
        for at, piece in pieces(text):
            words = words_of(piece)
            for word in words:
                form, elided = self._form(word)
                found.append(Word(at + word.start + elided, at + word.end, position + word.position, form, word.joined))
            position += words[-1].position + 1
        return found

    def _token(self, spelled: "_Spelled") -> Token:
        (start, end, position, _, joined), form, folded = spelled
        elided = 0 if joined else self._stemming.elided_chars(form)
        if elided:
            form = form[elided:]
            folded = fold(form) or form
        return Token(start + elided, end, position, form, folded, *self._stems(form, folded), joined)

    def _form(self, word: Word) -> tuple[str, int]:
        form = form_of(word.spelling, self._turkish)
        elided = 0 if word.joined else self._stemming.elided_chars(form)
        return form[elided:], elided

    def _stems(self, form: str, folded: str) -> tuple[str, str]:
        stem = self.stem(form)
        return stem, stem if folded == form else self._stemming.plain_stem(form) or folded


class _Spelled(NamedTuple):
    """A word as every language has it."""

    word: Word
    form: str
    folded: str


def _spelled(piece: str, turkish: bool) -> tuple[_Spelled, ...]:
    words = ((word, form_of(word.spelling, turkish)) for word in words_of(piece))
    return tuple(_Spelled(word, form, fold(form) or form) for word, form in words)


# A query's words are looked at in one language after the other.
_spelled_once = lru_cache(maxsize=QUERY_CACHE_WORDS)(_spelled)


def written_runs(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens without joined ones, and without the half of a bigram at the end of a run."""
    # In 職場の the bigrams 職場 and 場の say it all; の alone would ask for a run that ends there.
    kept: list[Token] = []
    for run in tokens:
        if run.joined:
            continue
        if not kept or run.start >= kept[-1].end or run.end > kept[-1].end:
            kept.append(run)
    return kept


@cache
def query_analyzer(code: str) -> Analyzer:
    """Return the analyzer of a language that all queries share, and the marking of what they found."""
    return Analyzer(LANGUAGES[code], QUERY_CACHE_WORDS)
