"""How good are the answers? Measured on judged sets, and held by floors.

sets      documents, queries, and which of them answer which: read and checked
asking    a set's documents in an index of their own, and what the engine answers to its queries
measuring the usual measures of such answers, by set and language, and their means
gate      floors under the measures, pinned together with the data they were measured on
report    what was measured, as a table and as JSON; the answers as a TREC run file
cli       `karjera evaluate`
"""

from search.evaluation.asking import Answer, ask
from search.evaluation.errors import BadGate, BadSet, EvaluationError, ExtraMissing
from search.evaluation.gate import Gate
from search.evaluation.measuring import MEASURES, Measured, Values, means, measure
from search.evaluation.sets import JudgedQuery, JudgedSet, find_sets, read_set

__all__ = [
    "MEASURES",
    "Answer",
    "BadGate",
    "BadSet",
    "EvaluationError",
    "ExtraMissing",
    "Gate",
    "JudgedQuery",
    "JudgedSet",
    "Measured",
    "Values",
    "ask",
    "find_sets",
    "means",
    "measure",
    "read_set",
]
