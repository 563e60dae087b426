"""A whole build: articles cut into segments, by one process or several, all or nothing."""

import gc
import resource
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh.index import FileIndex

from corpus import Article
from indexer import schema
from indexer.analysis.vocabulary import Vocabulary
from indexer.errors import AnotherWriter
from indexer.processes import Helper
from indexer.writer import write_all, write_changes
from tests.conftest import ARTICLES
from tests.indexer.codec.corpora import EXTENSIONS, contents_by_id, create_index, files_of

# A body is 100 characters, a title six or seven.
MANY = [Article(f"{number:02}", "en", f"Work {number}", "Pay rises. " * 9 + "x", ("pay",)) for number in range(20)]


# What is left of several languages at the end comes by their codes.
BY_LANGUAGE = sorted(ARTICLES, key=lambda article: article.language)


@pytest.fixture
def index(tmp_path: Path) -> FileIndex:
    return create_index(tmp_path, schema.schema(), durable=True)


def ids(index: FileIndex) -> list[str]:
    with index.reader() as reader:
        column = reader.column_reader(schema.ID)
        return [column[number] for number in reader.all_doc_ids()]


def sizes(index: FileIndex) -> list[int]:
    return [segment.doc_count_all() for segment in index._segments()]


def failing(articles: list[Article]) -> Iterator[Article]:
    yield from articles
    raise RuntimeError("the disk with the articles is gone")


def vocabularies() -> int:
    """How many of them this process has."""
    gc.collect()
    return sum(isinstance(found, Vocabulary) for found in gc.get_objects())


def test_what_fits_into_one_chunk_is_one_segment(index: FileIndex) -> None:
    assert write_all(index, ARTICLES).total() == 9
    assert sizes(index) == [9]


def test_a_segment_ends_with_the_article_that_fills_it(index: FileIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    # Three bodies of 100 characters go beyond 250.
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 250)
    write_all(index, MANY, processes=1)
    assert sizes(index) == [3, 3, 3, 3, 3, 3, 2]
    assert ids(index) == [article.id for article in MANY]


def many_in(code: str, count: int = 10) -> list[Article]:
    return [replace(article, id=f"{code}/{article.id}", language=code) for article in MANY[:count]]


def mixed(*languages: list[Article]) -> list[Article]:
    """Articles of several languages, one of each in turn."""
    longest = max(len(articles) for articles in languages)
    return [articles[at] for at in range(longest) for articles in languages if at < len(articles)]


def languages(index: FileIndex) -> list[str]:
    """The languages in each segment."""
    with index.reader() as reader:
        columns = [(leaf.column_reader(schema.LANGUAGE), leaf.doc_count_all()) for leaf, _ in reader.leaf_readers()]
        return [" ".join(sorted({column[number] for number in range(count)})) for column, count in columns]


def test_a_segment_is_of_one_language_as_far_as_there_is_enough_of_it(
    index: FileIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 250)
    write_all(index, mixed(many_in("en"), many_in("pl"), many_in("lt", 2)), processes=1)
    # Three fill a chunk. One is left of English, two of Lithuanian, one of Polish: three together would be too much.
    assert sizes(index) == [3, 3, 3, 3, 3, 3, 1, 2, 1]
    assert languages(index) == ["en", "pl"] * 3 + ["en", "lt", "pl"]


def test_who_is_to_help_starts_when_more_is_read_than_one_segment_holds(
    index: FileIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 250)
    there = []

    def read() -> Iterator[Article]:
        for article in mixed(many_in("en", 4), many_in("pl", 4)):
            there.append(sum(isinstance(found, Helper) for found in gc.get_objects()))
            yield article

    write_all(index, read(), processes=2)
    # That of three, long before the fifth fills a segment.
    assert there == [0, 0, 0, 1, 1, 1, 1, 1]
    assert sizes(index) == [3, 3, 2]


@pytest.mark.parametrize("chars", [100, 10_000])
def test_nobody_helps_where_there_is_one_segment_to_write_or_none(
    index: FileIndex, monkeypatch: pytest.MonkeyPatch, chars: int
) -> None:
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", chars)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    write_all(index, MANY[:1], processes=2)
    assert write_changes(index, MANY[:1]).unchanged == 1
    assert write_changes(index, MANY[:2]).added == 1
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime == before


def test_what_is_left_of_several_languages_shares_a_segment(index: FileIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 650)
    write_all(index, mixed(many_in("pl", 2), many_in("en", 2), many_in("lt", 2), many_in("de", 2)), processes=1)
    # By code, as many as fit: six are 636 characters.
    assert languages(index) == ["de en lt", "pl"]
    assert sizes(index) == [6, 2]


def test_of_what_is_left_the_largest_is_written_first(
    index: FileIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 450)
    write_all(index, mixed(many_in("de", 1), many_in("pl", 4)), processes=1)
    # Their names are in the order of the languages all the same.
    assert languages(index) == ["de", "pl"]
    german, polish = (tmp_path / segment.make_filename(EXTENSIONS[0]) for segment in index._segments())
    assert polish.stat().st_mtime_ns <= german.stat().st_mtime_ns


def test_if_too_much_waits_the_fullest_language_goes_first(index: FileIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 10_000)
    monkeypatch.setattr("indexer.segments.WAITING_BYTES", 600)
    # The sixth goes beyond 600: of Polish, there are four then; the rest are English.
    articles = [*many_in("pl", 4), *many_in("en", 4)]
    write_all(index, articles, processes=1)
    assert languages(index) == ["pl", "en"]
    assert sizes(index) == [4, 4]


def test_articles_of_a_language_keep_their_order(index: FileIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 450)
    articles = mixed(many_in("en"), many_in("pl", 7), many_in("lt", 3))
    write_all(index, articles, processes=1)
    for code in ("en", "pl", "lt"):
        of_code = [article.id for article in articles if article.language == code]
        assert [id for id in ids(index) if id.startswith(code)] == of_code
    assert sorted(ids(index)) == sorted(article.id for article in articles)


def test_no_article_at_all_is_no_segment(index: FileIndex) -> None:
    assert write_all(index, []).total() == 0
    assert (sizes(index), index.is_empty()) == ([], True)


def test_any_number_of_processes_writes_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 450)
    articles = [*MANY, *ARTICLES]
    found = []
    for name, processes in (("one", 1), ("again", 1), ("two", 2), ("three", 3)):
        index = create_index(tmp_path / name, schema.schema(), durable=True)
        assert write_all(index, iter(articles), processes) == {"en": 23, "pl": 3, "lt": 3}
        # Five of English fill a segment; with Lithuanian it is six that share one.
        assert sizes(index) == [5, 5, 5, 5, 6, 3]
        assert ids(index) == [article.id for article in [*MANY, *BY_LANGUAGE]]
        found.append({**files_of(tmp_path / name), "": (tmp_path / name / "_MAIN_1.toc").read_bytes()})
    assert len(found[0]) == 6 * 4 + 1
    assert found[1:] == [found[0]] * 3


def test_segments_say_what_one_segment_of_all_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for name, chars in (("one", 1_000_000), ("many", 1)):
        monkeypatch.setattr("indexer.segments.CHUNK_BYTES", chars)
        index = create_index(tmp_path / name, schema.schema(), durable=True)
        write_all(index, ARTICLES, processes=1)
        said.append((len(sizes(index)), index))
    assert [segments for segments, _ in said] == [1, 9]
    with said[0][1].reader() as one, said[1][1].reader() as many:
        assert contents_by_id(one) == contents_by_id(many)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_build_that_fails_leaves_the_index_and_the_folder_as_they_were(
    index: FileIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    write_all(index, ARTICLES)
    before, generation = files_of(tmp_path), index.latest_generation()
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 250)
    with pytest.raises(RuntimeError, match="the disk with the articles is gone"):
        write_all(index, failing(MANY), processes)
    assert files_of(tmp_path) == before
    assert index.latest_generation() == generation
    assert ids(index) == [article.id for article in BY_LANGUAGE]
    # And the writer's place is free again.
    write_all(index, MANY, processes=1)
    assert ids(index) == [article.id for article in [*BY_LANGUAGE, *MANY]]


def test_an_error_in_another_process_is_raised_here(
    index: FileIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 250)
    unknown = replace(MANY[-1], language="tlh")
    with pytest.raises(KeyError, match="tlh"):
        write_all(index, [*MANY[:-1], unknown], processes=2)
    assert files_of(tmp_path) == {}
    assert index.is_empty()


@pytest.mark.parametrize("processes", [1, 2])
def test_what_was_learnt_is_let_go_of(index: FileIndex, monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    monkeypatch.setattr("indexer.segments.CHUNK_BYTES", 450)
    before = vocabularies()
    write_all(index, MANY, processes)
    assert vocabularies() == before


def test_articles_are_added_to_those_there(index: FileIndex) -> None:
    write_all(index, ARTICLES[:3])
    write_all(index, ARTICLES[3:])
    assert sizes(index) == [3, 6]
    assert ids(index) == [article.id for article in BY_LANGUAGE]


def test_two_writers_at_once_are_refused(index: FileIndex, tmp_path: Path) -> None:
    writer = index.writer()
    with pytest.raises(AnotherWriter, match="nothing was changed"):
        write_all(index, ARTICLES)
    writer.cancel()
    assert index.is_empty()
    write_all(index, ARTICLES)
    assert ids(index) == [article.id for article in BY_LANGUAGE]


def test_a_sync_without_a_commit_leaves_no_file(index: FileIndex, tmp_path: Path) -> None:
    write_all(index, ARTICLES)
    before = files_of(tmp_path)
    write_changes(index, ARTICLES)
    with pytest.raises(RuntimeError):
        write_changes(index, failing([*ARTICLES, *MANY]))
    assert files_of(tmp_path) == before


def test_syncs_on_a_build_are_merged_to_the_same_answers(index: FileIndex, tmp_path: Path) -> None:
    write_all(index, ARTICLES)
    articles = list(ARTICLES)
    for article in MANY:
        articles.append(article)
        write_changes(index, articles)
    assert len(sizes(index)) < 10
    built = create_index(tmp_path / "built", schema.schema(), durable=True)
    write_all(built, articles)
    with index.reader() as synced, built.reader() as whole:
        assert contents_by_id(synced) == contents_by_id(whole)


def test_a_sync_after_a_build_may_merge_all_of_it(index: FileIndex, tmp_path: Path) -> None:
    # Over half of a built segment goes: what stays is written again, as if only that had been built.
    write_all(index, BY_LANGUAGE)
    write_changes(index, BY_LANGUAGE[5:], allow_shrink=True)
    left = create_index(tmp_path / "left", schema.schema(), durable=True)
    write_all(left, BY_LANGUAGE[5:])
    assert sizes(index) == [4]
    found, expected = files_of(tmp_path), files_of(tmp_path / "left")
    assert len(found) == len(expected) == 4
    assert sorted(found.values()) == sorted(expected.values())
