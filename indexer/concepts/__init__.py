"""Which of the glossary's concepts are in a text or a query?

    comparison  when a word of a text is the word of a term
    inflection  when it is one of its forms, if the term is one word
    accents     when it may be by its accents
    spelling    the ways in which a term may stand in a text
    compiling   a glossary into one file of a generation
    texts       lists of texts in that file
    wording     how a term is looked for, and the same of all terms as arrays
    table       the file opened: concepts by number, terms by their first letters, the automaton
    finding     the automaton over a text
    standing    which of all terms may stand in a segment
    rows        where those of several words do
    rowplaces   the same, kept for queries
    attested    all that of a commit, in a file beside its segments
    topics      what an article is about, by its concepts
    agreement   how far that is what editors say
    linting     what is wrong with our glossary
    cli         `karjera glossary …`

What the concepts are is data, and `corpus.glossary` reads it.
"""

from indexer.concepts.compiling import GlossaryCompiler, write_compiled
from indexer.concepts.finding import ConceptFinder, ConceptFinders, Match
from indexer.concepts.table import ConceptTable
from indexer.concepts.topics import TopicAssigner

__all__ = [
    "ConceptFinder",
    "ConceptFinders",
    "ConceptTable",
    "GlossaryCompiler",
    "Match",
    "TopicAssigner",
    "write_compiled",
]
