"""The answers over the library stay as good as they were: the floors of tests/judged/gate.toml."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus import LIBRARY, Collection, Settings
from search import Engine, SearchRequest
from search.cli import karjera
from search.evaluation import Gate, JudgedSet, find_sets, read_set
from search.evaluation.asking import indexed

JUDGED = Path(__file__).parent / "judged"
GATE = JUDGED / "gate.toml"
# Of the titles of a language, in every other one that has all works.
LEAST_FOUND = 0.85


@pytest.fixture(scope="module")
def library() -> JudgedSet:
    return read_set(JUDGED / "library")


@pytest.fixture(scope="module")
def across() -> JudgedSet:
    return read_set(JUDGED / "across")


@pytest.fixture(scope="module")
def searching(library: JudgedSet) -> Iterator[Engine]:
    """An engine over the library, with the shipped glossary."""
    with indexed(library) as engine:
        yield engine


def test_the_answers_keep_their_floors() -> None:
    printed = CliRunner().invoke(karjera, ["evaluate", str(JUDGED), "--gate", str(GATE)])
    assert printed.exit_code == 0, printed.output


def titles_found(searching: Engine, asked: str, code: str) -> list[bool]:
    """Of each work that two languages have: whether the title in the one finds the article in the other."""
    articles = list(Collection([LIBRARY], Settings()))
    titles = {article.work: article.title for article in articles if article.language == asked}
    works = [article.work for article in articles if article.language == code and article.work in titles]
    pages = [searching.search(SearchRequest(titles[work], languages=(code,), collapse=False, size=5)) for work in works]
    return [work in [hit.work for hit in page.hits] for work, page in zip(works, pages, strict=True)]


@pytest.mark.parametrize(
    ("asked", "code"),
    [("en", "pl"), ("en", "lt"), ("en", "de"), ("en", "fr"), ("en", "es"), ("pl", "en"), ("lt", "en")],
)
def test_a_title_finds_its_translation_among_the_first_five(searching: Engine, asked: str, code: str) -> None:
    found = titles_found(searching, asked, code)
    assert len(found) >= 30
    assert sum(found) / len(found) >= LEAST_FOUND


@pytest.mark.parametrize("code", ["it", "pt", "nl", "sv", "cs", "uk", "ar", "zh", "ja"])
def test_a_title_finds_its_translation_also_where_few_works_are_translated(searching: Engine, code: str) -> None:
    found = titles_found(searching, "en", code)
    assert len(found) >= 4
    assert sum(found) / len(found) >= LEAST_FOUND


@pytest.mark.parametrize(("code", "marked"), [("ar", "التوتر"), ("zh", "压力"), ("ja", "ストレス")])
def test_stress_is_marked_where_it_is_called_by_one_word(searching: Engine, code: str, marked: str) -> None:
    hit = searching.search(SearchRequest("call center stress", languages=(code,))).hits[0]
    assert hit.work == "call-center-stress"
    assert marked in {segment.text for segment in (*hit.title, *hit.snippet) if segment.hit}


def test_every_set_has_floors() -> None:
    assert list(Gate.read(GATE).sets) == [read_set(folder).name for folder in find_sets([JUDGED])]


def test_the_documents_are_the_articles_of_the_library(library: JudgedSet) -> None:
    assert len(library.documents) == len(list(LIBRARY.rglob("*.md")))


def test_the_languages_that_have_every_work_have_enough_queries(library: JudgedSet) -> None:
    counts = Counter(query.language for query in library.queries)
    assert counts.keys() == {"en", "pl", "lt"}
    assert min(counts.values()) >= 25


def test_across_languages_an_article_has_the_grade_of_its_work(library: JudgedSet, across: JudgedSet) -> None:
    own = {query.id: query for query in library.queries}
    articles = {document.id for document in across.documents}
    asked = set()
    for query in across.queries:
        id, _, language = query.id.rpartition("-")
        works = {document.partition("/")[2]: grade for document, grade in own[id].grades.items()}
        assert (query.text, query.language) == (own[id].text, language)
        assert query.grades == {
            f"{language}/{work}": grade for work, grade in works.items() if f"{language}/{work}" in articles
        }
        asked.add((own[id].language, language))
    assert asked == {("pl", "en"), ("lt", "en"), *(("en", language) for language in ("pl", "lt", "de", "fr", "es"))}


def test_no_query_is_asked_twice(library: JudgedSet) -> None:
    asked = Counter((query.language, query.text.casefold()) for query in library.queries)
    assert max(asked.values()) == 1


def test_every_query_has_an_answer_and_not_only_something_useful(library: JudgedSet) -> None:
    for query in library.queries:
        assert 2 in query.grades.values(), query.text
        assert set(query.grades.values()) <= {1, 2}, query.text
