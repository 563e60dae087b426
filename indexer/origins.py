"""From which file each article of a generation was read: a list beside the index, for the next sync.

An id does not tell it: front matter and JSON lines name ids of their own. A sync asks it of articles that it has not
come upon, when something could not be read: were they there? It is no part of the index, and nobody else reads it.
Where it is missing or damaged, a sync keeps more than it would have to, and writes it anew.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from indexer.storage import write_durably

FILE = "origins.json"


def write_origins(generation: Path, files: Mapping[str, str]) -> None:
    """Write article id -> file, unless that is what stands there."""
    ids: dict[str, list[str]] = {}  # file -> ids
    for id, file in files.items():
        ids.setdefault(file, []).append(id)
    text = json.dumps(ids, separators=(",", ":")) + "\n"
    if _text(generation) != text:
        write_durably(generation / FILE, text)


def read_origins(generation: Path) -> dict[str, str]:
    """Return article id -> file, as far as it is known."""
    try:
        ids = json.loads(_text(generation))
        return {str(id): file for file, of_file in ids.items() for id in of_file}
    except (ValueError, AttributeError, TypeError, RecursionError):
        return {}


def _text(generation: Path) -> str:
    try:
        return (generation / FILE).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""
