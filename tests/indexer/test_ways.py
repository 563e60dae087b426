"""One by one, in bulk, or merged from small segments: however articles come in, the files are the same.

One by one is Whoosh's writer with our codec, which knows nothing of the lexicon and the places of words: these are held
to be the same by every way that writes them. Only large batches of articles stay compressed as they were when they are
merged: the same articles, in other bytes.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from corpus import Article
from indexer import lexicon, places
from indexer.bulk import SegmentBuilder
from indexer.codec import ColumnarCodec
from indexer.codec.codec import open_file
from indexer.codec.segment import ColumnarSegment
from indexer.codec.stored import StoredReader
from indexer.codec.writing import DOCUMENTS_EXTENSION
from indexer.documents import Encoded
from indexer.merging import merge_segments
from tests.conftest import ARTICLES
from tests.indexer.codec.corpora import (
    WORDS,
    add_articles,
    article_lists,
    create_index,
    files_of_segment,
    open_writer,
    schema_for,
)

Way = Callable[[Path, Schema, list[Article]], ColumnarSegment]


def one_by_one(folder: Path, schema: Schema, articles: list[Article]) -> ColumnarSegment:
    index = create_index(folder, schema)
    writer = open_writer(index, ColumnarCodec())
    add_articles(writer, articles)
    writer.commit()
    return only_segment(index)


def only_segment(index: FileIndex) -> ColumnarSegment:
    (segment,) = index._segments()
    assert isinstance(segment, ColumnarSegment)
    return segment


def in_bulk(folder: Path, schema: Schema, articles: list[Article]) -> ColumnarSegment:
    return bulk_segment(FileStorage(str(folder)), SegmentBuilder(schema), articles)


def bulk_segment(storage: FileStorage, builder: SegmentBuilder, articles: list[Article]) -> ColumnarSegment:
    segment = ColumnarSegment("MAIN")
    assert builder.write(map(Encoded.of, articles), storage, segment) == len(articles)
    return segment


def merged(folder: Path, schema: Schema, articles: list[Article]) -> ColumnarSegment:
    """From a segment of bulk for every two articles; their builder has learnt words that are in others only."""
    storage, builder = FileStorage(str(folder)), SegmentBuilder(schema)
    pairs = [bulk_segment(storage, builder, articles[at : at + 2]) for at in range(0, len(articles), 2)]
    into = ColumnarSegment("MAIN")
    merge_segments(storage, schema, pairs, into)
    return into


def merged_twice(folder: Path, schema: Schema, articles: list[Article]) -> ColumnarSegment:
    """From segments that were merged themselves, from segments of one article each."""
    storage, builder = FileStorage(str(folder)), SegmentBuilder(schema)
    segments = [bulk_segment(storage, builder, [article]) for article in articles]
    parts = [ColumnarSegment("MAIN"), ColumnarSegment("MAIN")]
    merge_segments(storage, schema, segments[:2], parts[0])
    merge_segments(storage, schema, segments[2:], parts[1])
    into = ColumnarSegment("MAIN")
    merge_segments(storage, schema, parts, into)
    return into


def written(way: Way, schema: Schema, articles: list[Article]) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        segment = way(Path(folder), schema, articles)
        assert segment.doc_count_all() == len(articles)
        return everything(Path(folder), segment)


def beside(folder: Path, segment: ColumnarSegment) -> dict[str, bytes]:
    """What stands beside the codec's files, if anything does."""
    files = {
        extension: folder / segment.make_filename(extension) for extension in (lexicon.EXTENSION, places.EXTENSION)
    }
    return {extension: file.read_bytes() for extension, file in files.items() if file.exists()}


def everything(folder: Path, segment: ColumnarSegment) -> dict[str, bytes]:
    return files_of_segment(folder, segment) | beside(folder, segment)


@given(articles=article_lists(max_size=7).filter(bool))
@settings(max_examples=60, deadline=None)
def test_every_way_of_writing_gives_the_same_files(articles: list[Article]) -> None:
    schema = schema_for({article.language for article in articles})
    expected = written(in_bulk, schema, articles)
    assert written(merged, schema, articles) == expected
    assert expected.items() >= written(one_by_one, schema, articles).items()


@pytest.mark.parametrize("language", [*WORDS, "zh", "he", "uk", "it"])
def test_every_kind_of_word_is_the_same_in_bulk(language: str) -> None:
    # Each word of its language, and as it comes in capitals and in small letters, in this order and turned around.
    words = WORDS.get(language, "l'ufficio Пʼять п'ять צה״ל שָׁלוֹם 字詞").split()
    cased = [form for word in words for form in (word, word.upper(), word.lower(), word.title())]
    articles = [
        Article("one", language, words[0], " ".join(cased)),
        Article("two", language, "", " ".join(reversed(cased))),
        Article("three", language, "-".join(words), "".join(words)),
    ]
    schema = schema_for([language])
    assert written(in_bulk, schema, articles).items() >= written(one_by_one, schema, articles).items()


@pytest.mark.parametrize("way", [one_by_one, in_bulk, merged, merged_twice])
def test_the_same_build_twice_gives_the_same_files(way: Way) -> None:
    schema = schema_for({article.language for article in ARTICLES})
    once = written(way, schema, list(ARTICLES))
    assert once == written(way, schema, list(ARTICLES))
    assert once.items() >= written(one_by_one, schema, list(ARTICLES)).items()


@given(articles=article_lists(max_size=8).filter(bool), data=st.data())
@settings(max_examples=40, deadline=None)
def test_merging_without_the_deleted_is_as_if_they_had_never_been(articles: list[Article], data: st.DataObject) -> None:
    schema = schema_for({article.language for article in articles})
    gone = data.draw(st.sets(st.integers(0, len(articles) - 1)))
    left = [article for number, article in enumerate(articles) if number not in gone]
    with TemporaryDirectory() as folder:
        storage = FileStorage(folder)
        cut = data.draw(st.integers(0, len(articles)))
        segments = [in_bulk(Path(folder), schema, part) for part in (articles[:cut], articles[cut:]) if part]
        for number in gone:
            segment = segments[-1] if number >= cut else segments[0]
            segment.delete_document(number - cut if number >= cut else number)
        into = ColumnarSegment("MAIN")
        merge_segments(storage, schema, segments, into)
        assert into.doc_count_all() == len(left)
        assert into.deleted_count() == 0
        assert everything(Path(folder), into) == written(in_bulk, schema, left)


LARGE = [Article(f"{number}", "en", f"Title{number}", f"Words of {number}.\n" * 12_000) for number in range(60)]


def stored_of(folder: Path, segment: ColumnarSegment) -> StoredReader:
    return StoredReader(open_file(FileStorage(str(folder)), segment, DOCUMENTS_EXTENSION))


def test_a_merge_takes_large_batches_over_and_changes_nothing_else(tmp_path: Path) -> None:
    schema, storage = schema_for(["en"]), FileStorage(str(tmp_path))
    halves = [in_bulk(tmp_path, schema, half) for half in (LARGE[:30], LARGE[30:])]
    into = ColumnarSegment("MAIN")
    merge_segments(storage, schema, halves, into)
    batches = [batch for segment in halves for batch in stored_of(tmp_path, segment).batches()]
    assert list(stored_of(tmp_path, into).batches()) == batches
    at_once = in_bulk(tmp_path, schema, LARGE)
    found, expected = (stored_of(tmp_path, segment) for segment in (into, at_once))
    assert [found[number] for number in range(60)] == [expected[number] for number in range(60)]
    files, expected_files = everything(tmp_path, into), everything(tmp_path, at_once)
    del files[DOCUMENTS_EXTENSION], expected_files[DOCUMENTS_EXTENSION]
    assert files == expected_files
    documents = [open_file(storage, segment, DOCUMENTS_EXTENSION) for segment in (into, at_once)]
    facts = documents[0].facts
    assert facts == documents[1].facts
    for part in (*facts["lengths"].values(), *facts["columns"].values()):
        for section in ("documents", "values", "value_starts", "column"):
            name = f"{part['name']}.{section}"
            assert (name in documents[0]) == (name in documents[1])
            if name in documents[0]:
                assert documents[0].bytes(name) == documents[1].bytes(name)


def test_nothing_of_a_deleted_article_is_left_in_a_dictionary(tmp_path: Path) -> None:
    schema = schema_for(["en"])
    segments = [in_bulk(tmp_path, schema, half) for half in (LARGE[:30], LARGE[30:])]
    segments[0].delete_document(7)
    into = ColumnarSegment("MAIN")
    merge_segments(FileStorage(str(tmp_path)), schema, segments, into)
    before, after = (
        b"".join(batch.dictionary for batch in stored_of(tmp_path, segment).batches())
        for segment in (segments[0], into)
    )
    assert b"Title7Words" in before
    assert b"Title8Words" in after
    assert b"Title7Words" not in after
    # What is whole is taken over.
    assert list(stored_of(tmp_path, into).batches())[1] == next(stored_of(tmp_path, segments[1]).batches())


@pytest.mark.parametrize(("title", "body"), [("", "pay"), ("pay", ""), ("…", "—")])
def test_a_field_without_a_word_is_the_same_built_at_once_or_merged(title: str, body: str) -> None:
    articles = [Article(id, "en", title, body) for id in ("one", "two", "three")]
    assert written(merged, schema_for(["en"]), articles) == written(in_bulk, schema_for(["en"]), articles)


def test_merging_only_what_is_deleted_is_as_if_there_had_been_nothing(tmp_path: Path) -> None:
    schema = schema_for({article.language for article in ARTICLES})
    segments = [in_bulk(tmp_path, schema, [article]) for article in ARTICLES[:2]]
    for segment in segments:
        segment.delete_document(0)
    into = ColumnarSegment("MAIN")
    merge_segments(FileStorage(str(tmp_path)), schema, segments, into)
    assert everything(tmp_path, into) == written(in_bulk, schema, [])


def test_a_builder_that_has_learnt_writes_what_a_new_one_does(tmp_path: Path) -> None:
    schema = schema_for({article.language for article in ARTICLES})
    builder, storage = SegmentBuilder(schema), FileStorage(str(tmp_path))
    bulk_segment(storage, builder, list(reversed(ARTICLES)))
    again = bulk_segment(storage, builder, list(ARTICLES))
    assert everything(tmp_path, again) == written(in_bulk, schema, list(ARTICLES))


def test_a_builder_that_forgets_writes_what_one_with_memory_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = schema_for({article.language for article in ARTICLES})
    expected = written(in_bulk, schema, list(ARTICLES))
    monkeypatch.setattr("indexer.analysis.vocabulary.MAX_SPANS", 3)
    builder, storage = SegmentBuilder(schema), FileStorage(str(tmp_path))
    bulk_segment(storage, builder, list(ARTICLES))
    again = bulk_segment(storage, builder, list(ARTICLES))
    assert everything(tmp_path, again) == expected
