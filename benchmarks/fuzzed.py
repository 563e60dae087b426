"""What is fuzzed: for each reader of what others wrote, what it is given and what has to be true of what it returns.

Each target raises only what it promises to raise; anything else is a find.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from benchmarks.hostile import (
    HTML_TOKENS,
    JSON_TOKENS,
    MARKDOWN_TOKENS,
    QUERY_TOKENS,
    SETTING_TEXTS,
    TOML_TOKENS,
    assignments,
    damaged,
    encoded,
    library,
    soup,
)
from corpus import LANGUAGES, Collection, Settings
from corpus.configuration import PREFIX
from corpus.errors import GlossaryError, SettingsError
from corpus.glossary.glossary import raise_for
from corpus.glossary.imported import FILE, read_imported
from corpus.glossary.shipped import read_shipped
from corpus.markup import BLOCK_KINDS, INLINE_KINDS
from search import BadRequest, Engine, SearchRequest
from search.notices import read_notices
from search.parsing import parse
from search.planning import plan
from search.querylog.entry import Entry
from search.querylog.redaction import MAX_CHARS, kept_text
from search.request import PARAMETERS
from search.serialization import search_json

DEFAULTS = Settings()


@dataclass(frozen=True, slots=True)
class Target:
    """`share` is its part of all inputs; `run` raises for an input that shows a fault."""

    name: str
    share: float
    inputs: SearchStrategy[Any]
    run: Callable[[Any], None]


def targets(folder: Path, engine: Engine) -> tuple[Target, ...]:
    """Return all targets; files are written to a folder, searches asked of an engine."""
    articles = library()
    pages = [f"<html lang=en><head><title>a</title></head><body><main><p>{text}</p></main></body>" for text in articles]
    lines = [json.dumps({"title": "a", "body": text, "lang": "pl"}) for text in articles]
    toml = encoded(st.one_of(assignments(), soup(TOML_TOKENS)))
    queries = st.one_of(soup(QUERY_TOKENS), soup(QUERY_TOKENS), st.text(max_size=600))
    parameter = st.one_of(
        soup(QUERY_TOKENS), st.sampled_from(SETTING_TEXTS), st.sampled_from(("pl,en", "2026", "newest"))
    )
    return (
        Target("query", 0.45, queries, _query),
        Target("search", 0.01, queries, lambda query: _search(query, engine)),
        Target(
            "parameters",
            0.08,
            st.dictionaries(st.sampled_from(tuple(PARAMETERS)), st.lists(parameter, max_size=3)),
            _request,
        ),
        Target("Markdown", 0.05, _files(articles, MARKDOWN_TOKENS), lambda data: _file(data, folder / "a.md")),
        Target("HTML", 0.04, _files(pages, HTML_TOKENS), lambda data: _file(data, folder / "a.html")),
        Target("text", 0.03, _files(articles, MARKDOWN_TOKENS), lambda data: _file(data, folder / "a.txt")),
        Target("JSON lines", 0.06, _files(lines, JSON_TOKENS), lambda data: _file(data, folder / "a.jsonl")),
        Target("glossary", 0.06, toml, lambda data: _glossary(data, folder)),
        Target("imported glossary", 0.05, encoded(soup(JSON_TOKENS)), lambda data: _imported(data, folder)),
        Target("notices", 0.06, toml, lambda data: _notices(data, folder / "notices.toml")),
        Target("settings", 0.06, _environments(), _settings),
        Target("query log", 0.05, st.one_of(soup(JSON_TOKENS), queries), _logged),
    )


def _files(originals: list[str], tokens: tuple[str, ...]) -> SearchStrategy[bytes]:
    return st.one_of(encoded(damaged(originals, tokens)), encoded(soup(tokens)), st.binary(max_size=200))


def _environments() -> SearchStrategy[dict[str, str]]:
    names = [PREFIX + name.upper() for name in Settings.__dataclass_fields__]
    name = st.one_of(st.sampled_from(names), st.sampled_from(names), st.text(max_size=9).map(PREFIX.__add__))
    return st.dictionaries(name, st.one_of(st.sampled_from(SETTING_TEXTS), st.text(max_size=30)), max_size=4)


def _query(query: str) -> None:
    parsed = parse(query, DEFAULTS)
    assert len(parsed.groups) <= DEFAULTS.max_query_words
    assert len(parsed.excluded) <= DEFAULTS.max_query_words
    assert set(parsed.languages + parsed.other_languages) <= LANGUAGES.keys()
    for group in parsed.groups:
        assert group.operands
        assert group.label
    assert len(plan(parsed, ("pl", "zh")).labels) == len(parsed.groups)


def _search(query: str, engine: Engine) -> None:
    page = engine.search(SearchRequest(query, explain=True))
    assert page.complete <= page.total <= page.articles
    json.dumps(search_json(page))


def _request(parameters: dict[str, list[str]]) -> None:
    with suppress(BadRequest):
        asked = SearchRequest.from_parameters(parameters, DEFAULTS)
        assert 1 <= asked.size <= DEFAULTS.max_page_size


def _file(data: bytes, path: Path) -> None:
    path.write_bytes(data)
    collection = Collection([path], DEFAULTS)
    for article in collection:
        assert article.language in LANGUAGES
        assert article.id
        assert article.content_hash()
        for span in article.markup:
            assert 0 <= span.start <= span.end <= len(article.body)
            assert span.kind in BLOCK_KINDS + INLINE_KINDS


def _glossary(data: bytes, folder: Path) -> None:
    shipped = folder / "glossary"
    shipped.mkdir(exist_ok=True)
    (shipped / "area.toml").write_bytes(data)
    with suppress(GlossaryError):
        raise_for(read_shipped(shipped)[1])


def _imported(data: bytes, folder: Path) -> None:
    imported = folder / "imported"
    imported.mkdir(exist_ok=True)
    (imported / FILE).write_bytes(data)
    with suppress(GlossaryError):
        raise_for(read_imported(imported)[1])


def _notices(data: bytes, path: Path) -> None:
    path.write_bytes(data)
    with suppress(SettingsError):
        read_notices(path)


def _settings(environment: dict[str, str]) -> None:
    with suppress(SettingsError):
        Settings.from_environment(environment)


def _logged(line: str) -> None:
    kept = kept_text(line)
    assert len(kept) <= MAX_CHARS
    entry = Entry.from_json(line)
    assert Entry(datetime.now(UTC), kept, "und", {}, 1, 0, 0, {}, 1.0).to_json().count("\n") == 0
    assert entry is None or entry.hour.tzinfo
