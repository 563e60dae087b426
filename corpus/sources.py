"""Which files an operator's paths stand for, in a stable order."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.languages import language_for

STANDARD_INPUT = "-"
# `pl`, `zh-hant`, `pt_BR`; but no word that merely begins like one (`in-depth`, `no-code`).
_LANGUAGE_FOLDER = re.compile(r"[a-z]{2,3}(?:[-_](?:[A-Za-z]{2}|[Hh]an[st]))?")
JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
PAGES = (".html", ".htm")
MARKDOWN = (".md", ".markdown")
PLAIN_TEXT = (".txt",)
ALL_KINDS = MARKDOWN + PAGES + PLAIN_TEXT + JSON_LINES


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read; `relative` is its path within the folder that was named, or its name if it was itself."""

    path: Path
    relative: Path

    def is_one_of(self, endings: tuple[str, ...]) -> bool:
        return self.path.name.lower().endswith(endings)

    def bytes(self) -> int:
        """Return its size now, 0 if it cannot be told."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def names_language(folder: str) -> bool:
    """Tell whether a folder is named by a language code."""
    return bool(_LANGUAGE_FOLDER.fullmatch(folder)) and language_for(folder) is not None


def _below_language(folder: Path, below: str) -> Path:
    # Of `build site/pl site/de` the two folders' names are what tells their articles apart.
    return Path(folder.name, below) if names_language(folder.name) else Path(below)


def walk(
    paths: Sequence[str], on_error: Callable[[OSError], None], on_ignored: Callable[[Path], None]
) -> Iterator[SourceFile]:
    """Yield the files at some paths: a file as it is, a folder by name with its subfolders.

    In folders, hidden files and files of kinds that no reader takes go to `on_ignored`; folders that cannot be listed
    go to `on_error`.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            continue
        if not Path(path).is_dir():
            yield SourceFile(Path(path), _below_language(Path(path).absolute().parent, Path(path).name))
            continue
        for folder, subfolders, names in os.walk(path, onerror=on_error):
            for name in subfolders:  # links to folders are not followed: they may lead round in a circle
                if name.startswith(".") or Path(folder, name).is_symlink():
                    on_ignored(Path(folder, name))
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            for name in sorted(names):
                below = Path(folder, name).relative_to(path)
                file = SourceFile(Path(folder, name), _below_language(Path(path).absolute(), str(below)))
                # is_file: a pipe in the folder would be waited for.
                if name.startswith(".") or not file.is_one_of(ALL_KINDS) or not file.path.is_file():
                    on_ignored(file.path)
                else:
                    yield file
