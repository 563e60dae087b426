"""A judged set: documents, queries as people type them, and which documents answer which, read and checked.

    corpus.jsonl   {"_id", "title", "text", "lang"} a line
    queries.jsonl  {"_id", "text", "lang"} a line
    qrels.tsv      query id, document id, grade; a first line that names the columns is allowed

the form in which BEIR's sets are given, with languages. Instead of corpus.jsonl, set.toml may say

    articles = "../library"   the documents are the articles that the readers read there, under their own ids
    own_language = true       a query is asked of, and judged against, the articles in its language alone

A grade is a whole number from 0 (does not answer) up. What cannot be right is an error here: a query without an answer
or an answer that does not exist would only lower the measures quietly.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus import Article, Collection, Settings, language_for
from corpus.markup import plain_body
from corpus.sources import walk
from search.evaluation.errors import BadSet

CORPUS, QUERIES, QRELS, DESCRIPTION = "corpus.jsonl", "queries.jsonl", "qrels.tsv", "set.toml"
MAX_GRADE = 1_000
# A whole article on a line, as long as the longest file that is read otherwise.
MAX_LINE_CHARS = 20_000_000


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query in a language, and its `grades`: document id -> grade."""

    id: str
    text: str
    language: str
    grades: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """A set as it was read. `sha256` is of the files that it was read from."""

    name: str
    documents: tuple[Article, ...]
    queries: tuple[JudgedQuery, ...]
    own_language: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class _Description:
    articles: Path | None = None
    own_language: bool = False


def find_sets(paths: Iterable[Path]) -> list[Path]:
    """Return the folders of sets at some paths: each itself, or those anywhere below it; raises BadSet."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            raise BadSet(f"{path} is no folder; give the folder of a set ({QUERIES}, {QRELS}, {CORPUS}), or of sets.")
        folders = {file.parent for name in (QUERIES, QRELS) for file in path.rglob(name)}
        if not folders:
            raise BadSet(f"there is no {QUERIES} in {path}, nor in a folder below it; give the folder of a set.")
        found |= dict.fromkeys(sorted(folder.resolve() for folder in folders))
    names: dict[str, Path] = {}
    for folder in found:
        other = names.setdefault(_name(folder), folder)
        if other != folder:
            raise BadSet(f"{other} and {folder} are both called {_name(folder)}; rename one, or measure them apart.")
    return list(found)


def read_set(folder: Path) -> JudgedSet:
    """Read the set in a folder, called by its name and that of the folder around it; raises BadSet."""
    description = _description(folder)
    if description.articles is None:
        documents = tuple(_documents(folder / CORPUS))
        files = [(CORPUS, folder / CORPUS)]
    else:
        documents = tuple(_articles(description.articles))
        found = walk([str(description.articles)], lambda path, reason: None, lambda path: None)
        files = [(file.relative.as_posix(), file.path) for file in found]
    queries = _judged(folder / QRELS, tuple(_queries(folder / QUERIES)), documents, description.own_language)
    files += [(name, folder / name) for name in (QUERIES, QRELS, DESCRIPTION) if (folder / name).exists()]
    return JudgedSet(_name(folder), documents, queries, description.own_language, _sha256(files))


def _name(folder: Path) -> str:
    return "/".join(folder.resolve().parts[-2:])


def _description(folder: Path) -> _Description:
    file = folder / DESCRIPTION
    if not file.exists():
        return _Description()
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadSet(f"{file}: {error}.") from None
    articles, own_language = said.pop("articles", None), said.pop("own_language", False)
    if said:
        raise BadSet(f"{file}: {next(iter(said))!r} is not known; allowed are articles and own_language.")
    if not isinstance(own_language, bool) or not isinstance(articles, str | None):
        raise BadSet(f"{file}: allowed are a path in quotation marks as articles, and true or false as own_language.")
    if articles is None:
        return _Description(None, own_language)
    if not (folder / articles).is_dir():
        raise BadSet(f"{file}: articles is {articles!r}, which is no folder; give its path from {folder}.")
    return _Description(folder / articles, own_language)


def _articles(folder: Path) -> Iterator[Article]:
    collection = Collection([folder], Settings())
    yield from collection
    for problem in collection.problems:
        if problem.skipped:
            raise BadSet(str(problem))


def _documents(file: Path) -> Iterator[Article]:
    for place, said in _objects(file, ("_id", "title", "text", "lang")):
        # As a JSON line of an article is read, but for what would be found out about it: the set says its language.
        body, markup = plain_body(said["text"].splitlines())
        yield Article(
            said["_id"], _language(place, said["lang"]), said["title"].strip(), body, work=said["_id"], markup=markup
        )


def _queries(file: Path) -> Iterator[JudgedQuery]:
    for place, said in _objects(file, ("_id", "text", "lang")):
        if not said["text"].strip():
            raise BadSet(f"{place}: the query is empty.")
        yield JudgedQuery(said["_id"], said["text"], _language(place, said["lang"]))


def _objects(file: Path, names: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield where each object of a file stands, and its texts of these names."""
    seen: dict[str, str] = {}  # id -> place
    for number, line in enumerate(_lines(file), start=1):
        place = f"{file}:{number}"
        try:
            said = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadSet(f"{place}: not JSON: {error}.") from None
        if not isinstance(said, dict):
            raise BadSet(f"{place}: a {type(said).__name__}; each line has to be an object with {', '.join(names)}.")
        for name in names:
            if not isinstance(said.get(name), str):
                raise BadSet(f"{place}: {name} is {_shown(said.get(name))}; it has to be there, and to be text.")
        try:
            "".join(said[name] for name in names).encode()
        except UnicodeEncodeError:
            raise BadSet(f"{place}: cannot be encoded: it holds half of a surrogate pair.") from None
        id = said["_id"]
        # Blanks separate the columns of qrels and run files.
        if not id or id.split() != [id]:
            raise BadSet(f"{place}: _id is {_shown(id)}; it must not be empty or hold blanks.")
        if id in seen:
            raise BadSet(f"{place}: _id {_shown(id)} is that of {seen[id]}; ids have to differ.")
        seen[id] = place
        yield place, {name: said[name] for name in names}


def _judged(
    file: Path, queries: tuple[JudgedQuery, ...], documents: tuple[Article, ...], own_language: bool
) -> tuple[JudgedQuery, ...]:
    """Return the queries with their grades."""
    languages = {document.id: document.language for document in documents}
    by_id = {query.id: query for query in queries}
    grades: dict[str, dict[str, int]] = {query.id: {} for query in queries}
    for number, line in enumerate(_lines(file), start=1):
        place = f"{file}:{number}"
        query, document, grade = _judgement(place, line)
        if number == 1 and not grade.isdecimal():
            continue  # the names of the columns
        if query not in by_id:
            raise BadSet(f"{place}: there is no query {_shown(query)} in {QUERIES}.")
        if document not in languages:
            raise BadSet(f"{place}: there is no document {_shown(document)} in the set.")
        if own_language and languages[document] != by_id[query].language:
            raise BadSet(
                f"{place}: {_shown(document)} is in {languages[document]}, the query in {by_id[query].language}; "
                "with own_language a query is judged against its language alone."
            )
        if document in grades[query]:
            raise BadSet(f"{place}: query {_shown(query)} and document {_shown(document)} were judged before.")
        if not (grade.isascii() and grade.isdecimal() and len(grade) <= 4 and int(grade) <= MAX_GRADE):
            raise BadSet(f"{place}: the grade is {_shown(grade)}; allowed is a whole number from 0 to {MAX_GRADE}.")
        grades[query][document] = int(grade)
    for id, judged in grades.items():
        if not any(judged.values()):
            raise BadSet(f"{file}: no document answers query {_shown(id)}; judge one that does, or take the query out.")
    return tuple(JudgedQuery(query.id, query.text, query.language, grades[query.id]) for query in queries)


def _judgement(place: str, line: str) -> tuple[str, str, str]:
    columns = line.rstrip("\r\n").split("\t")
    if len(columns) != 3:
        raise BadSet(
            f"{place}: {len(columns)} columns; each line has three, with tabs between: query, document, grade."
        )
    return columns[0], columns[1], columns[2]


def _lines(file: Path) -> Iterator[str]:
    count = 0
    try:
        with file.open(encoding="utf-8", newline="\n") as opened:
            while line := opened.readline(MAX_LINE_CHARS + 1):
                count += 1
                if len(line) > MAX_LINE_CHARS:
                    raise BadSet(f"{file}:{count}: too long; allowed are {MAX_LINE_CHARS:,} characters a line.")
                yield line
    except FileNotFoundError:
        raise BadSet(f"{file} is missing; a set is {QUERIES}, {QRELS}, and {CORPUS} or {DESCRIPTION}.") from None
    except OSError as error:
        raise BadSet(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise BadSet(f"{file}:{count + 1}: not UTF-8: {error.reason}.") from None
    if not count:
        raise BadSet(f"{file} is empty.")


def _language(place: str, tag: str) -> str:
    language = language_for(tag)
    if language is None:
        raise BadSet(f"{place}: lang is {_shown(tag)}, which has no row in the table of languages.")
    return language.code


def _sha256(files: Iterable[tuple[str, Path]]) -> str:
    """Return a digest of files, each with the name it has in the set."""
    digest = hashlib.sha256()
    for name, file in files:
        content = file.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:60] + "…"
