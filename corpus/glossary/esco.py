"""Occupations of ESCO, the European classification, as it is handed out: labels as JSON lines, or its own CSV.

    JSON lines  {"uri": "http://data.europa.eu/esco/occupation/…", "labels": {"pl": ["…"]}}, plain or .gz
    CSV         columns conceptUri, preferredLabel, altLabels (one a line); a file a language, occupations_pl.csv

Reuse is free with attribution (https://esco.ec.europa.eu), which every concept carries.
"""

import csv
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeGuard

from corpus.errors import GlossaryError
from corpus.glossary.concept import MAX_ID_CHARS, MAX_TERM_CHARS, MAX_TERMS, Concept
from corpus.glossary.imported import MAX_CONCEPTS
from corpus.glossary.labels import terms_of
from corpus.languages import UNDETERMINED, language_for

ATTRIBUTION = "ESCO, European Commission"
TOPIC = "occupations"

# A line of JSON or a field of CSV; the longest of ESCO's occupations has 50,000 bytes.
MAX_LINE_BYTES = 1_000_000
# A label may be two terms; a longer one is not taken apart at all.
MAX_LABEL_CHARS = 2 * MAX_TERM_CHARS
# Of one file, unpacked: ESCO's occupations in all its languages have 13 million.
MAX_FILE_BYTES = 200_000_000

_URI = re.compile(r"https?://data\.europa\.eu/esco/([A-Za-z0-9/_-]+)")
_CSV_NAME = re.compile(r".*_([A-Za-z]{2,3}(?:-[A-Za-z]+)?)\.csv", re.IGNORECASE)

Labels = dict[str, dict[str, list[str]]]  # URI -> language -> labels, the preferred one first
Report = Callable[[str, str], None]  # where, and what is wrong there


def read_esco(files: Iterable[Path], report: Report) -> list[Concept]:
    """Return the concepts of some files, joined by their URIs; `report` is told of every line that cannot be used.

    Raises GlossaryError for a file that is of another kind or too large, or for too many concepts.
    """
    labels: Labels = {}
    for file in files:
        if file.name.lower().endswith(".csv"):
            rows = _csv_rows(file, report)
        elif file.name.lower().endswith((".jsonl", ".jsonl.gz")):
            rows = _json_rows(file, report)
        else:
            raise GlossaryError(f"{file} is of no kind that is read; allowed are .jsonl, .jsonl.gz and ESCO's .csv.")
        for uri, language, found in rows:
            labels.setdefault(uri, {}).setdefault(language, []).extend(found)
            if len(labels) > MAX_CONCEPTS:
                raise GlossaryError(f"{file} brings more than {MAX_CONCEPTS:,} concepts, which is all that is allowed.")
    concepts = (_concept(uri, found, report) for uri, found in labels.items())
    return [concept for concept in concepts if concept.terms]


def _concept(uri: str, labels: dict[str, list[str]], report: Report) -> Concept:
    terms = {}
    for language, found in labels.items():
        usable = [label for label in found if len(label) <= MAX_LABEL_CHARS and label.isprintable()]
        split: dict[str, str] = {}  # case-folded -> as it was written first
        for label in usable:
            for term in terms_of(label):
                split.setdefault(term.casefold(), term)
        kept = [term for term in split.values() if len(term) <= MAX_TERM_CHARS]
        if len(usable) < len(found) or len(kept) < len(split) or len(kept) > MAX_TERMS:
            report(uri, f"labels in {language} too long, too many or unprintable were left out.")
        if kept:
            terms[language] = tuple(kept[:MAX_TERMS])
    return Concept(_id(uri), TOPIC, terms, uri, ATTRIBUTION)


def _id(uri: str) -> str:
    found = _URI.fullmatch(uri)
    assert found
    return "esco-" + re.sub(r"[^a-z0-9]+", "-", found[1].lower()).strip("-")


def _json_rows(file: Path, report: Report) -> Iterator[tuple[str, str, list[str]]]:
    for number, line in enumerate(_lines(file), start=1):
        where = f"{file}:{number}"
        if len(line) > MAX_LINE_BYTES:
            report(where, f"longer than the {MAX_LINE_BYTES:,} bytes that are allowed.")
            continue
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except (ValueError, RecursionError) as error:
            report(where, f"no JSON ({error}).")
            continue
        uri, labels = (said.get("uri"), said.get("labels")) if isinstance(said, dict) else (None, None)
        if not _is_uri(uri) or not isinstance(labels, dict):
            report(where, 'no concept of ESCO; expected is {"uri": "http://data.europa.eu/esco/…", "labels": {…}}.')
            continue
        for tag, found in labels.items():
            language = language_for(tag)
            if language is None or language is UNDETERMINED:
                report(where, f"language {tag[:20]!r} has no row in the table of languages; its labels were left out.")
            elif not isinstance(found, list) or not all(isinstance(label, str) for label in found):
                report(where, f"labels in {tag} are no list of text.")
            else:
                yield uri, language.code, found


def _csv_rows(file: Path, report: Report) -> Iterator[tuple[str, str, list[str]]]:
    named = _CSV_NAME.fullmatch(file.name)
    language = language_for(named[1]) if named else None
    if language is None or language is UNDETERMINED:
        raise GlossaryError(f"{file} does not name its language; name it as ESCO does, such as occupations_en.csv.")
    csv.field_size_limit(MAX_LINE_BYTES)
    rows = csv.DictReader(_texts(file))
    try:
        missing = {"conceptUri", "preferredLabel", "altLabels"} - set(rows.fieldnames or ())
        if missing:
            raise GlossaryError(f"{file} has no column {', '.join(sorted(missing))}; is it ESCO's occupations?")
        for row in rows:
            uri, preferred = row["conceptUri"], row["preferredLabel"]
            if not _is_uri(uri) or not preferred:
                report(f"{file}:{rows.line_num}", "no concept of ESCO; expected are conceptUri and preferredLabel.")
                continue
            yield uri, language.code, [preferred, *(row["altLabels"] or "").splitlines()]
    except csv.Error as error:
        raise GlossaryError(f"{file}:{rows.line_num}: no CSV ({error}).") from None


def _is_uri(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and _URI.fullmatch(value) is not None and len(_id(value)) <= MAX_ID_CHARS


def _texts(file: Path) -> Iterator[str]:
    for number, line in enumerate(_lines(file), start=1):
        if len(line) > MAX_LINE_BYTES:
            raise GlossaryError(f"{file}:{number}: a line of more than the {MAX_LINE_BYTES:,} bytes that are allowed.")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise GlossaryError(f"{file}:{number}: not UTF-8 ({error}).") from None


def _lines(file: Path) -> Iterator[bytes]:
    read = 0
    try:
        with _opened(file) as lines:
            while line := lines.readline(MAX_LINE_BYTES + 1):
                yield line
                read += len(line)
                while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
                    line = lines.readline(MAX_LINE_BYTES + 1)
                    read += len(line)
                    if not line:
                        break
                if read > MAX_FILE_BYTES:
                    raise GlossaryError(f"{file} has more than the {MAX_FILE_BYTES:,} bytes that are allowed.")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise GlossaryError(f"{file} cannot be unpacked: {error}.") from None


def _opened(file: Path) -> BinaryIO | gzip.GzipFile:
    return gzip.open(file, "rb") if file.name.lower().endswith(".gz") else file.open("rb")
