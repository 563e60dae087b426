"""From paths to articles: what an operator names, read in a stable order and completed.

A collection is read once, lazily: iterating yields articles, and what cannot be an article goes to `problems`
with its file and reason. Nothing that an input holds ends the iteration. What could not be read may be there again the
next time (an editor that is saving, a network folder), so a collection also tells whose articles may be missing for it.
"""

import gzip
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from corpus.article import Article
from corpus.cleaning import without_controls
from corpus.decoding import decode_text
from corpus.detection import detect
from corpus.errors import CorpusError, Problem, Rejection
from corpus.languages import UNDETERMINED, language_for
from corpus.readers import Draft
from corpus.readers.draft import MAX_ID_CHARS, MAX_TITLE_CHARS, title_of
from corpus.readers.plaintext import read_plaintext
from corpus.settings import Settings
from corpus.sources import (
    ALL_KINDS,
    JSON_LINES,
    MARKDOWN,
    PAGES,
    PLAIN_TEXT,
    STANDARD_INPUT,
    SourceFile,
    names_language,
    walk,
)

# The articles that ship with the project.
LIBRARY = Path(__file__).parent / "library"

# Problems kept for the report; a mistaken path can bring millions. The rest are counted.
MAX_PROBLEMS = 1_000

# An id is part of an address. What a path's name has of these becomes a hyphen, as blanks, ?, # and % do for looks.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]")
# Bytes of a file name that are not UTF-8, as Python holds them.
_UNDECODED = re.compile(r"[\udc80-\udcff]")
_UNSIGHTLY = re.compile(rf"{_CONTROL.pattern}|[\s?#%]")


class Collection:
    """The articles at some paths. Iterate it once; the counts and `problems` fill as it goes."""

    def __init__(self, paths: Iterable[str | Path], settings: Settings) -> None:
        """Raises CorpusError for a path that is not there, or nothing is known of: a mistake in the command, mostly."""
        self._paths = [str(path) for path in paths]
        self._settings = settings
        self._ids: dict[str, str] = {}  # id -> where it was first seen
        self._refused: set[str] = set()  # ids of what was read, but cannot be an article
        self._unread: set[str] = set()  # absolute paths of files and folders, or STANDARD_INPUT
        self.files: dict[str, str] = {}  # id -> absolute path of the file it was read from, or STANDARD_INPUT
        self.problems: list[Problem] = []
        self.problem_count = 0
        self.ignored_files = 0
        self.skipped_count = 0
        self.bytes_read = 0  # of the files as they lie on the disk, to measure progress by
        missing = [path for path in self._paths if path != STANDARD_INPUT and not _exists(path)]
        if missing:
            raise CorpusError(f"no such file or folder: {', '.join(missing)}")

    @property
    def sources(self) -> tuple[str, ...]:
        """The paths to read, so that another run can read them from anywhere."""
        return tuple(path if path == STANDARD_INPUT else str(Path(path).absolute()) for path in self._paths)

    def total_bytes(self) -> int | None:
        """Return the size of all the files to be read, or None if standard input is among them."""
        if STANDARD_INPUT in self._paths:
            return None
        return sum(file.bytes() for file in walk(self._paths, lambda path, reason: None, lambda path: None))

    def may_miss(self, id: str, file: str | None) -> bool:
        """Tell, after the iteration, whether an article may be missing only because it could not be read this time.

        `file` is that from which it was read before, as in `files`; None where that is not known: then it may be in any
        that could not be read. A file that was read but for one of its lines may have held it in that line.
        """
        if id in self._refused:
            return True
        if file is None or not self._unread:
            return bool(self._unread)
        return file in self._unread or any(str(folder) in self._unread for folder in Path(file).parents)

    def __iter__(self) -> Iterator[Article]:
        for file, drafts in self._inputs():
            for source, draft in drafts:
                try:
                    article = self._completed(source, draft)
                except Rejection as rejection:
                    self._refused.add(draft.id)
                    self._report(source, str(rejection))
                else:
                    self.files[article.id] = file
                    yield article

    def _inputs(self) -> Iterator[tuple[str, Iterator[tuple[str, Draft]]]]:
        """Yield each file, as `files` has it, with its drafts, to be read at once."""
        before = 0
        for file in walk(self._paths, self._unlisted, self._ignored):
            yield _absolute(file.path), self._drafts(file)
            before += file.bytes()
            self.bytes_read = before
        if STANDARD_INPUT in self._paths:
            yield STANDARD_INPUT, self._json_lines("standard input", STANDARD_INPUT, "stdin", sys.stdin.buffer)

    def _drafts(self, file: SourceFile) -> Iterator[tuple[str, Draft]]:
        source = str(file.path)
        try:
            if file.is_one_of(JSON_LINES):
                yield from self._json_lines_file(file)
            else:
                yield source, _placed(self._read(file), file.relative)
        except Rejection as rejection:
            self._report_unread(source, _absolute(file.path), str(rejection))
        except (OSError, EOFError, zlib.error) as error:
            self._report_unread(source, _absolute(file.path), f"cannot be read to its end: {error}.")

    def _read(self, file: SourceFile) -> Draft:
        if not file.is_one_of(ALL_KINDS):
            raise Rejection(f"this kind of file is not read; allowed are {', '.join(ALL_KINDS)}.")
        limit = self._settings.max_file_bytes
        with file.path.open("rb") as opened:
            data = opened.read(limit + 1)
        if len(data) > limit:
            raise Rejection(f"too large: more than {limit:,} bytes (KARJERA_MAX_FILE_BYTES).")
        if not data.strip():
            raise Rejection("empty.")
        # What reads pages and Markdown takes longer to import than all else, and most processes read no articles.
        if file.is_one_of(PAGES):
            from corpus.readers.html import read_html

            return read_html(data)
        if file.is_one_of(MARKDOWN):
            from corpus.readers.markdown import read_markdown

            return read_markdown(decode_text(data))
        assert file.is_one_of(PLAIN_TEXT)
        return read_plaintext(decode_text(data))

    def _json_lines_file(self, file: SourceFile) -> Iterator[tuple[str, Draft]]:
        before = self.bytes_read
        ending = next(ending for ending in JSON_LINES if file.is_one_of((ending,)))
        stem = file.relative.as_posix()[: -len(ending)]
        with ExitStack() as opened:
            raw = opened.enter_context(file.path.open("rb"))
            zipped = file.is_one_of((".gz",))
            lines = opened.enter_context(gzip.open(raw, "rb")) if zipped else raw
            for source, draft in self._json_lines(str(file.path), _absolute(file.path), stem, lines):
                self.bytes_read = before + raw.tell()
                yield source, draft

    def _json_lines(
        self, name: str, file: str, stem: str, lines: BinaryIO | gzip.GzipFile
    ) -> Iterator[tuple[str, Draft]]:
        # Like the others, only where it is used: a line's body may be Markdown.
        from corpus.readers.jsonl import read_json_line

        limit = self._settings.max_file_bytes
        number = 0
        while line := lines.readline(limit + 1):
            number += 1
            source = f"{name}:{number}"
            if len(line) > limit:
                while line and not line.endswith(b"\n"):
                    line = lines.readline(limit)
                self._report_unread(source, file, f"too large: more than {limit:,} bytes (KARJERA_MAX_FILE_BYTES).")
                continue
            if not line.strip():
                continue
            try:
                draft = read_json_line(decode_text(line))
            except Rejection as rejection:
                self._report_unread(source, file, str(rejection))
            else:
                yield source, draft if draft.id else replace(draft, id=f"{_UNSIGHTLY.sub('-', stem)}/{number}")

    def _completed(self, source: str, draft: Draft) -> Article:
        self._check(draft)
        self._ids[draft.id] = source
        language = self._language(source, draft)
        for remark in draft.remarks:
            self._report(source, remark, skipped=False)
        return Article(
            id=draft.id,
            language=language,
            title=without_controls(draft.title) or title_of(draft.body),
            body=draft.body,
            topics=draft.topics,
            published=draft.published,
            author=without_controls(draft.author),
            source=without_controls(draft.source),
            work=without_controls(draft.work) or draft.id,
            markup=draft.markup,
        )

    def _check(self, draft: Draft) -> None:
        limit = self._settings.max_article_chars
        if len(draft.body) > limit:
            raise Rejection(
                f"too large: {len(draft.body):,} characters; allowed are {limit:,} (KARJERA_MAX_ARTICLE_CHARS)."
            )
        if len(draft.title) > MAX_TITLE_CHARS:
            raise Rejection(f"its title has {len(draft.title):,} characters; allowed are {MAX_TITLE_CHARS}.")
        if not any(char.isalnum() for char in draft.body):
            raise Rejection("empty: there is a title but no text.")
        parts = draft.id.split("/")
        if len(draft.id) > MAX_ID_CHARS or _CONTROL.search(draft.id) or any(part in ("", ".", "..") for part in parts):
            raise Rejection(
                f"its id {draft.id[:60]!r} cannot be an address; allowed are 1 to {MAX_ID_CHARS} characters, none of "
                "them a backslash or control character, and no empty, `.` or `..` part between slashes."
            )
        if draft.id in self._ids:
            raise Rejection(f"its id {draft.id!r} is that of {self._ids[draft.id]}; give it an `id` of its own.")
        if _UNDECODED.search(draft.id):
            raise Rejection("its file name is not UTF-8; rename it, or give an `id`.")
        try:
            "".join((draft.id, draft.title, draft.body, draft.author, draft.source, draft.work)).encode()
        except UnicodeEncodeError:
            raise Rejection("cannot be encoded: it holds half of a surrogate pair.") from None

    def _language(self, source: str, draft: Draft) -> str:
        stated = language_for(draft.language) if draft.language else None
        if stated:
            return stated.code
        detected = detect(f"{draft.title}\n{draft.body}")
        folder = language_for(draft.folder_language) if draft.folder_language and not draft.language else None
        if folder:
            if detected in (UNDETERMINED, folder):
                return folder.code
            # it/ may be Italian, or what an IT department wrote in English.
            reason = f"its folder says {folder.name}, its text {detected.name}, which was taken; give `lang` if not."
            self._report(source, reason, skipped=False)
            return detected.code
        if detected is UNDETERMINED:
            reason = "its language is uncertain, so it is indexed without stemming; give `lang` in its metadata."
            self._report(source, reason, skipped=False)
        elif draft.language:
            reason = f"language {draft.language[:20]!r} has no row in the table; the text is taken for {detected.name}."
            self._report(source, reason, skipped=False)
        return detected.code

    def _report(self, source: str, reason: str, skipped: bool = True) -> None:
        self.problem_count += 1
        self.skipped_count += skipped
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(source, reason, skipped))

    def _report_unread(self, source: str, file: str, reason: str) -> None:
        self._unread.add(file)
        self._report(source, reason)

    def _unlisted(self, path: Path, reason: str) -> None:
        self._report_unread(str(path), _absolute(path), reason)

    def _ignored(self, path: Path) -> None:
        self.ignored_files += 1


def _exists(path: str) -> bool:
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror}.") from None
    return True


def _absolute(path: Path) -> str:
    return str(path.absolute())


def _placed(draft: Draft, relative: Path) -> Draft:
    """Fill id, work and language from where the file lies, as far as its metadata does not say.

    The id is the path without its ending. A folder named by a language code holds that language's translations:
    pl/getting-paid.md, de/getting-paid.md and getting-paid.md are one work.
    """
    parts = [_UNSIGHTLY.sub("-", part) for part in (*relative.parent.parts, relative.stem)]
    id = draft.id or "/".join(parts)
    if draft.id and _UNDECODED.search("/".join(parts)):
        return replace(draft, work=draft.work or id)  # what its file name cannot say, its id does
    for at, part in enumerate(parts[:-1]):
        if names_language(part):
            work = draft.work or "/".join(parts[:at] + parts[at + 1 :])
            return replace(draft, id=id, work=work, folder_language=part)
    return replace(draft, id=id, work=draft.work or "/".join(parts))
