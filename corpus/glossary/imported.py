"""Concepts of others, kept beside ours: JSON lines in a folder of the operator's, one concept a line.

    {"id": "esco-…", "topic": "occupations", "terms": {"en": ["…"]}, "source": "http://…", "attribution": "ESCO, …"}

An import replaces what it brings (of the same source, the languages it has) and keeps everything else. The file is
written aside and renamed, so that a failure loses nothing.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.glossary.concept import Concept, Flaw, as_terms, concept_flaws

FILE = "imported.jsonl"

# ESCO has some 3,600 occupations and 13,500 skills.
MAX_CONCEPTS = 50_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, in concepts."""

    added: int
    replaced: int
    kept: int


def read_imported(folder: Path) -> tuple[list[Concept], list[Flaw]]:
    """Return the concepts imported into a folder, by id, and what is wrong with them; there may be no such folder."""
    file = folder / FILE
    concepts: list[Concept] = []
    flaws: list[Flaw] = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return [], []
    except UnicodeDecodeError as error:
        return [], [Flaw(str(file), "", "", "", f"not UTF-8 ({error}); import it anew.")]
    for number, line in enumerate(lines, start=1):
        concept = _concept(line)
        if concept is None:
            flaws.append(Flaw(f"{file}:{number}", "", "", "", "no concept; remove the line, or import it anew."))
            continue
        flaws += concept_flaws(concept)
        concepts.append(concept)
    return concepts, flaws


def _concept(line: str) -> Concept | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not isinstance(said.get("terms"), dict):
        return None
    id, topic, source, attribution = (said.get(name) for name in ("id", "topic", "source", "attribution"))
    terms = as_terms(said["terms"])
    if not (isinstance(id, str) and isinstance(topic, str) and terms is not None):
        return None
    if not (isinstance(source, str) and isinstance(attribution, str)):
        return None
    return Concept(id, topic, terms, source, attribution)


def merged(before: Iterable[Concept], brought: Iterable[Concept]) -> tuple[list[Concept], Imported]:
    """Return all concepts by id, those brought in place of what they replace, and what that did."""
    concepts = {concept.id: concept for concept in before}
    count = len(concepts)
    ids = set()
    added = 0
    for concept in brought:
        known = concepts.get(concept.id)
        if known is None:
            added += 1
        else:
            # Each language comes in a file of its own: importing German must not lose English.
            concept = replace(concept, terms={**known.terms, **concept.terms})
        concepts[concept.id] = concept
        ids.add(concept.id)
    replaced = len(ids) - added
    return sorted(concepts.values(), key=lambda concept: concept.id), Imported(added, replaced, count - replaced)


def write_imported(folder: Path, concepts: Iterable[Concept]) -> None:
    """Replace what a folder holds by these concepts, as a whole."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{FILE}.{os.getpid()}.new"
    try:
        with aside.open("w", encoding="utf-8") as opened:
            for concept in concepts:
                row = {
                    "id": concept.id,
                    "topic": concept.topic,
                    "terms": concept.terms,
                    "source": concept.source,
                    "attribution": concept.attribution,
                }
                opened.write(json.dumps(row, ensure_ascii=False) + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        aside.replace(folder / FILE)
    finally:
        aside.unlink(missing_ok=True)
