"""What is a career matter called in each language?

    concept     a concept and its terms, and what may be wrong with one
    shipped     our own, as data: the *.toml beside this file
    imported    those of others, in a folder of the operator's
    esco        the occupations of ESCO, read as they are handed out
    labels      the terms that a label of a classification stands for
    glossary    all of them together

Nothing here knows how terms are found in a text; that is `indexer.concepts`.
"""

from corpus.glossary.concept import Concept, Flaw
from corpus.glossary.esco import read_esco
from corpus.glossary.glossary import Glossary, load_glossary, raise_for
from corpus.glossary.imported import Imported, merged, read_imported, write_imported
from corpus.glossary.shipped import read_shipped

__all__ = [
    "Concept",
    "Flaw",
    "Glossary",
    "Imported",
    "load_glossary",
    "merged",
    "raise_for",
    "read_esco",
    "read_imported",
    "read_shipped",
    "write_imported",
]
