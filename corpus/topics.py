"""The fixed list of career topics, and what they are called.

`topics.toml` holds for each topic its labels in the languages of the interface. Which topics an article has that names
none follows from the concepts in it: see `indexer.concepts.topics`.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Topic:
    """`labels` maps an interface language to the topic's name in it; `within` is a wider topic's id, or empty."""

    id: str
    labels: dict[str, str]
    within: str = ""

    def label(self, language: str) -> str:
        """Return the label in that language, or the English one."""
        return self.labels.get(language, self.labels["en"])


_TABLE = tomllib.loads((Path(__file__).parent / "topics.toml").read_text(encoding="utf-8"))

# id -> topic, in the order in which facets list equals.
TOPICS: dict[str, Topic] = {id: Topic(id, row["labels"], row.get("within", "")) for id, row in _TABLE.items()}
