"""What is an article, and where does it come from?

Readers turn files into drafts, cleaning takes out what is not the article, detection and topics fill in what
the metadata leaves open, and `collection` puts it together: paths in, articles and problems out. Nothing here
knows how text is analysed or indexed.
"""

from corpus.article import Article
from corpus.collection import LIBRARY, Collection
from corpus.errors import CorpusError, Problem, Rejection
from corpus.languages import LANGUAGES, UNDETERMINED, Language, language_for
from corpus.markup import Span
from corpus.settings import Settings
from corpus.topics import TOPICS, Topic

__all__ = [
    "LANGUAGES",
    "LIBRARY",
    "TOPICS",
    "UNDETERMINED",
    "Article",
    "Collection",
    "CorpusError",
    "Language",
    "Problem",
    "Rejection",
    "Settings",
    "Span",
    "Topic",
    "language_for",
]
