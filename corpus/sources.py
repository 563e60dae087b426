"""Which files an operator's paths stand for, in a stable order."""

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.languages import language_for

STANDARD_INPUT = "-"
# `pl`, `zh-hant`, `pt_BR`; but no word that merely begins like one (`in-depth`, `no-code`).
_LANGUAGE_FOLDER = re.compile(r"[a-z]{2,3}(?:[-_](?:[A-Za-z]{2}|[Hh]an[st]))?")
JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
PAGES = (".html", ".htm")
MARKDOWN = (".md", ".markdown")
PLAIN_TEXT = (".txt",)
ALL_KINDS = MARKDOWN + PAGES + PLAIN_TEXT + JSON_LINES

_LINKS = {
    "link to a folder": "a link to a folder is not followed; name the folder itself.",
    "link to nothing": "a link that leads nowhere; mend or remove it.",
}


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
    paths: Sequence[str], on_unread: Callable[[Path, str], None], on_ignored: Callable[[Path], None]
) -> Iterator[SourceFile]:
    """Yield the files at some paths: a file as it is, a folder by name with its subfolders.

    In folders, hidden files and files of kinds that no reader takes go to `on_ignored`. What may hold articles and
    cannot be looked at goes to `on_unread`, with the reason: a folder that cannot be listed, a link that leads to a
    folder (they may lead round in a circle) or nowhere.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            continue
        if not Path(path).is_dir():
            yield SourceFile(Path(path), _below_language(Path(path).absolute().parent, Path(path).name))
            continue
        folders = [Path(path)]
        while folders:
            subfolders = []
            for entry in _entries(folders.pop(), on_unread):
                file = Path(entry.path)
                try:
                    kind = _kind(entry)
                except OSError as error:
                    on_unread(file, f"cannot be looked at: {error.strerror}.")
                    continue
                if kind == "folder":
                    subfolders.append(file)
                elif kind == "file":
                    yield SourceFile(file, _below_language(Path(path).absolute(), str(file.relative_to(path))))
                elif kind == "other":
                    on_ignored(file)
                else:
                    on_unread(file, _LINKS[kind])
            folders += reversed(subfolders)


def _entries(folder: Path, on_unread: Callable[[Path, str], None]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        on_unread(folder, f"cannot be listed: {error.strerror}.")
        return []


def _kind(entry: os.DirEntry[str]) -> Literal["folder", "file", "other", "link to a folder", "link to nothing"]:
    """Tell what stands in a folder; "file" is one for a reader. Raises OSError if that cannot be told."""
    if entry.name.startswith("."):
        return "other"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    if entry.is_symlink():
        try:
            mode = entry.stat().st_mode
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ELOOP):
                return "link to nothing"
            raise
        if stat.S_ISDIR(mode):
            return "link to a folder"
    # Only a regular file: a pipe in the folder would be waited for.
    return "file" if entry.name.lower().endswith(ALL_KINDS) and entry.is_file() else "other"
