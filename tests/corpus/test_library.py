"""The articles that ship with the project: the first thing that somebody who tries it searches."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from corpus import LIBRARY, TOPICS, Article, Collection, Settings
from corpus.readers.markdown import read_markdown

# language -> at least so many works are there in it
WORKS = {"en": 30, "pl": 30, "lt": 30} | dict.fromkeys(("de", "fr", "es"), 15)
WORKS |= dict.fromkeys(("it", "pt", "nl", "sv", "cs", "uk"), 8) | dict.fromkeys(("ar", "zh", "ja"), 3)
# Those that write without spaces are counted in characters.
LEAST = {"zh": 800, "ja": 800}
FILES = sorted(LIBRARY.rglob("*.md"))
QUOTES = {"pl": "„”", "lt": "„“"}  # language -> a pair of them


@pytest.fixture(scope="module")
def library() -> list[Article]:
    collection = Collection([LIBRARY], Settings())
    articles = list(collection)
    assert collection.problems == []
    assert collection.ignored_files == 0
    return articles


def test_every_article_is_read_without_a_problem(library: list[Article]) -> None:
    assert len(library) == len(FILES)


def test_there_are_enough_works_in_every_language(library: list[Article]) -> None:
    works: dict[str, set[str]] = defaultdict(set)
    for article in library:
        works[article.work].add(article.language)
    assert all({"en", "pl", "lt"} <= languages for languages in works.values())
    counts = Counter(language for languages in works.values() for language in languages)
    assert {language: counts[language] for language in WORKS if counts[language] < WORKS[language]} == {}
    assert counts.keys() == WORKS.keys()
    assert len(library) == counts.total()


def test_the_articles_of_a_work_are_on_the_same_topics(library: list[Article]) -> None:
    topics: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for article in library:
        topics[article.work].add(tuple(sorted(article.topics)))
    assert {work: found for work, found in topics.items() if len(found) > 1} == {}


def test_no_two_titles_of_a_language_are_alike(library: list[Article]) -> None:
    titles = [(article.language, re.sub(r"\W+", " ", article.title).strip().casefold()) for article in library]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(LIBRARY)))
def test_an_article_is_complete(file: Path) -> None:
    draft = read_markdown(file.read_text(encoding="utf-8"))
    assert draft.title and draft.author and draft.published
    assert draft.language == file.parent.name in WORKS
    assert 1 <= len(draft.topics) <= 3 and set(draft.topics) <= TOPICS.keys()
    assert draft.remarks == ()
    least = LEAST.get(draft.language)
    assert len(draft.body) >= least if least else len(draft.body.split()) >= 300
    assert any(span.kind == "heading" for span in draft.markup)
    # What Markdown did not take for markup: a mistake in it.
    assert not re.search(r"^#|\*\*|\]\(|^[-*] ", draft.body, re.MULTILINE)


@pytest.mark.parametrize(
    "file", [file for file in FILES if file.parent.name in QUOTES], ids=lambda file: str(file.relative_to(LIBRARY))
)
def test_every_quotation_mark_has_its_other_half(file: Path) -> None:
    pair = QUOTES[file.parent.name]
    draft = read_markdown(file.read_text(encoding="utf-8"))
    for line in (draft.title, *draft.body.split("\n")):
        marks = re.sub(r'[^„“”"]', "", line)
        assert marks == pair * (len(marks) // 2), line
