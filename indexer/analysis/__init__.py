"""The one home of analysis: from text to tokens, for articles and queries alike.

tokenizer       where words begin and end in the original text, whatever the language
encoded         much text in UTF-8, and the kinds of its characters
spans           where words may begin and end in it
spanwords       the words that stand there, of many distinct spans at once
normalization   a word -> its form (NFKC, case-folded) and folded form (without accents)
stemming        a form -> its stem, per language
lightstemmer    the same by endings of our own, for languages that Snowball does not have
analyzer        the three in a row, cached per distinct word: text -> tokens
vocabulary      the same for much text at once: tokens as arrays
stopwords       words that say little in a language
sentences       where sentences begin and end
version         what an index must have been built with to be read
"""

from indexer.analysis.analyzer import Analyzer, Token, query_analyzer, written_runs
from indexer.analysis.sentences import find_sentences, sentence_spans
from indexer.analysis.stopwords import stop_words
from indexer.analysis.version import analysis_version

__all__ = [
    "Analyzer",
    "Token",
    "analysis_version",
    "find_sentences",
    "query_analyzer",
    "sentence_spans",
    "stop_words",
    "written_runs",
]
