"""The common words of the index that are written like a word, a letter or two apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from indexer.analysis.normalization import fold
from indexer.beginnings import Found
from indexer.suggestions import SuggestionTable

# Words that begin like a word: so many are compared with it letter by letter.
MAX_COMPARED = 500


@dataclass(frozen=True, slots=True)
class CommonWord:
    """A common word of a language: letters it is away, accents aside, and how many articles have it."""

    language: str
    form: str
    typos: int
    articles: int


def common_words(word: str, found: Found, typos: int, table: SuggestionTable) -> Iterator[CommonWord]:
    """Yield those among the words found that are at most so many letters away from a folded word."""
    numbers, _, _ = table.typed.texts(found.words)
    for number in numbers[:MAX_COMPARED].tolist():
        form = table.term(number)
        distance = OSA.distance(word, fold(form), score_cutoff=typos)
        if distance <= typos:
            language = table.languages[table.term_languages[number]]
            yield CommonWord(language, form, distance, int(table.term_documents[number]))
