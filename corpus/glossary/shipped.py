"""The glossary that ships with the project: TOML files by area, one table a concept.

[call-center]
topic = "customer-service"
second_topics = ["occupations"]         # what an article on it alone is about besides; none if it is left out
broader = "customer-service"            # where there are no articles on it, those on this one will do; mostly none
en = ["call center", "call centre"]     # the preferred term first
lt = ["skambučių centras"]

[call-center.everyday]                  # words people ask with that stand in articles about anything; mostly none
en = ["calls"]
"""

import tomllib
from pathlib import Path

from corpus.glossary.concept import MAX_ID_CHARS, Concept, Flaw, as_terms, concept_flaws
from corpus.toml import read_toml

SHIPPED = Path(__file__).parent


def read_shipped(folder: Path = SHIPPED) -> tuple[list[Concept], list[Flaw]]:
    """Return the concepts of a folder's *.toml, in the order of file names, and all that is wrong with them."""
    concepts: list[Concept] = []
    flaws: list[Flaw] = []
    defined: dict[str, str] = {}  # id -> its file
    for file in sorted(folder.glob("*.toml")):
        try:
            tables = read_toml(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            flaws.append(Flaw(file.name, "", "", "", f"no TOML: {error}."))
            continue
        for id, table in tables.items():
            concept = _concept(id, table, file.name)
            if isinstance(concept, Flaw):
                flaws.append(concept)
                continue
            if id in defined:
                flaws.append(Flaw(file.name, id, "", "", f"defined in {defined[id]} too; merge the two."))
            defined[id] = file.name
            flaws += concept_flaws(concept)
            concepts.append(concept)
    for concept in concepts:
        if concept.broader and (concept.broader not in defined or concept.broader == concept.id):
            reason = (
                f"its broader concept {concept.broader[:MAX_ID_CHARS]!r} is no other one of ours; name one that is."
            )
            flaws.append(Flaw(concept.source, concept.id, "", "", reason))
    return concepts, flaws


def _concept(id: str, table: object, source: str) -> Concept | Flaw:
    if not isinstance(table, dict):
        return Flaw(source, id, "", "", "no table; a concept is [id] with a topic and lists of terms.")
    said = dict(table)
    topic = said.pop("topic", None)
    if not isinstance(topic, str):
        return Flaw(source, id, "", "", 'it has no topic; give it one, as topic = "pay".')
    second = said.pop("second_topics", [])
    if not isinstance(second, list) or not all(isinstance(each, str) for each in second):
        return Flaw(source, id, "", "", 'its second topics are no list of texts; write them as ["pay", "law"].')
    broader = said.pop("broader", "")
    if not isinstance(broader, str):
        return Flaw(source, id, "", "", 'its broader concept is no text; write its id, as broader = "salary".')
    everyday = said.pop("everyday", {})
    terms, more = as_terms(said), as_terms(everyday) if isinstance(everyday, dict) else None
    if terms is None or more is None:
        return Flaw(source, id, "", "", 'beside its topics it may have lists of terms only, as en = ["salary"].')
    together = terms | {language: terms.get(language, ()) + some for language, some in more.items()}
    return Concept(id, topic, together, source, "", tuple(second), more, broader)
