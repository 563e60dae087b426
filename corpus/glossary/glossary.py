"""All the concepts there are: those that ship with the project, then those an operator has imported."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from corpus.errors import GlossaryError
from corpus.glossary.concept import Concept, Flaw
from corpus.glossary.imported import read_imported
from corpus.glossary.shipped import SHIPPED, read_shipped

# Flaws named in the message of an error; more are counted.
SHOWN = 5


@dataclass(frozen=True, eq=False)
class Glossary:
    """Concepts in the order in which they claim their terms: where two have the same one, it is the first's.

    Two that say the same are equal.
    """

    concepts: tuple[Concept, ...]

    @cached_property
    def digest(self) -> str:
        """A hash of all that the concepts say."""
        said = hashlib.sha256()
        for concept in self.concepts:
            topics = [concept.topic, *concept.second_topics]
            origin = concept.source, concept.attribution
            row = [concept.id, topics, concept.broader, concept.terms, concept.everyday, *origin]
            said.update(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        return said.hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Glossary) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def load_glossary(imported: Path, shipped: Path = SHIPPED) -> Glossary:
    """Return the glossary that ships with the project and the concepts imported into a folder, if it exists.

    Raises GlossaryError, with the first flaws, if one of them cannot be used.
    """
    ours, flaws = _shipped(shipped)
    theirs, more = read_imported(imported)
    raise_for((*flaws, *more))
    return Glossary((*ours, *theirs))


@cache
def _shipped(folder: Path) -> tuple[list[Concept], list[Flaw]]:
    return read_shipped(folder)


def raise_for(flaws: Iterable[Flaw]) -> None:
    """Raise GlossaryError if there are any flaws."""
    named = [str(flaw) for flaw in flaws]
    if named:
        more = f"\nand {len(named) - SHOWN} more" if len(named) > SHOWN else ""
        raise GlossaryError("the glossary cannot be used:\n" + "\n".join(named[:SHOWN]) + more)
