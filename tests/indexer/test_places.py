"""Where words and sentences stand, against analysing the text again."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from corpus import Article
from indexer.analysis import query_analyzer, sentence_spans
from indexer.bulk import SegmentBuilder
from indexer.codec.codec import open_file
from indexer.codec.segment import ColumnarSegment
from indexer.documents import Encoded
from indexer.merging import merge_segments
from indexer.places import EXTENSION, Places, PlacesReader, Spans, SpanTable, packed, unpacked, write_places
from tests.conftest import ARTICLES
from tests.indexer.codec.corpora import article_lists, schema_for

# (start, length) of each
Pairs = list[tuple[int, int]]


def spans(pairs: Pairs) -> Spans:
    return Spans(np.array([start for start, _ in pairs], np.int64), np.array([length for _, length in pairs], np.int64))


def record_of(title: Spans, body: Spans, sentences: Spans) -> bytes:
    (record,) = packed(SpanTable.of([title]), SpanTable.of([body]), SpanTable.of([sentences]))
    return record


def pairs(found: Spans) -> Pairs:
    return list(zip(found.starts.tolist(), found.lengths.tolist(), strict=True))


def said(places: Places) -> tuple[Pairs, Pairs, Pairs]:
    return pairs(places.title), pairs(places.body), pairs(places.sentences)


def words_of(text: str, language: str) -> Pairs:
    """Where the words of a text stand, by position; a joined one stands at the first of its parts."""
    tokens = [token for token in query_analyzer(language).tokens(text) if not token.joined]
    assert [token.position for token in tokens] == list(range(len(tokens)))
    return [(token.start, token.end - token.start) for token in tokens]


def expected(article: Article) -> tuple[Pairs, Pairs, Pairs]:
    return (
        words_of(article.title, article.language),
        words_of(article.body, article.language),
        [(start, end - start) for start, end in sentence_spans(article.body)],
    )


def segment_of(folder: Path, articles: Sequence[Article]) -> ColumnarSegment:
    segment = ColumnarSegment("MAIN")
    schema = schema_for({article.language for article in articles})
    SegmentBuilder(schema).write(map(Encoded.of, articles), FileStorage(str(folder)), segment)
    return segment


def reader_of(folder: Path, segment: ColumnarSegment) -> PlacesReader:
    return PlacesReader(open_file(FileStorage(str(folder)), segment, EXTENSION))


def test_places_cut_the_words_and_sentences_out_of_the_text(tmp_path: Path) -> None:
    body = "Our e-mail address.  It rises 3.5 %! And\nends"
    places = reader_of(tmp_path, segment_of(tmp_path, [Article("a", "en", "Pay, now", body)]))[0]
    assert ["Pay, now"[start : start + length] for start, length in pairs(places.title)] == ["Pay", "now"]
    assert [body[start:end] for start, end in zip(places.body.starts, places.body.ends, strict=True)] == [
        "Our", "e", "mail", "address", "It", "rises", "3.5", "And", "ends",
    ]  # fmt: skip
    assert [body[start:end] for start, end in zip(places.sentences.starts, places.sentences.ends, strict=True)] == [
        "Our e-mail address.", "It rises 3.5 %!", "And", "ends",
    ]  # fmt: skip


@given(articles=article_lists(max_size=6).filter(bool))
@settings(max_examples=80, deadline=None)
def test_every_place_is_where_analysis_finds_it(articles: list[Article]) -> None:
    with TemporaryDirectory() as folder:
        reader = reader_of(Path(folder), segment_of(Path(folder), articles))
        assert [said(reader[number]) for number in range(len(articles))] == [expected(one) for one in articles]


@given(articles=article_lists(max_size=6).filter(bool), data=st.data())
@settings(max_examples=40, deadline=None)
def test_places_go_with_their_documents_when_segments_are_merged(articles: list[Article], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(articles)))
    gone = data.draw(st.sets(st.integers(0, len(articles) - 1)))
    with TemporaryDirectory() as folder:
        segments = []
        for first, part in ((0, articles[:cut]), (cut, articles[cut:])):
            segments.append(segment_of(Path(folder), part))
            for number in range(len(part)):
                if first + number in gone:
                    segments[-1].delete_document(number)
        into = ColumnarSegment("MAIN")
        merge_segments(FileStorage(folder), schema_for({one.language for one in articles}), segments, into)
        left = [article for number, article in enumerate(articles) if number not in gone]
        reader = reader_of(Path(folder), into)
        assert [said(reader[number]) for number in range(len(left))] == [expected(one) for one in left]


def test_articles_of_several_batches_keep_their_sentences_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.analysis.vocabulary.BATCH_BYTES", 60)
    reader = reader_of(tmp_path, segment_of(tmp_path, ARTICLES))
    assert [said(reader[number]) for number in range(len(ARTICLES))] == [expected(one) for one in ARTICLES]


@st.composite
def ordered(draw: st.DrawFn) -> Pairs:
    """Spans in the order of their starts, some of which overlap, as bigrams do, and some of which are far away."""
    starts = sorted(draw(st.sets(st.one_of(st.integers(0, 40), st.integers(0, 2**33)), max_size=12)))
    return [(start, draw(st.one_of(st.integers(0, 5), st.integers(0, 70_000)))) for start in starts]


@given(articles=st.lists(st.tuples(ordered(), ordered(), ordered()), max_size=4))
@settings(max_examples=200, deadline=None)
def test_the_records_of_many_articles_are_those_of_each(articles: list[tuple[Pairs, Pairs, Pairs]]) -> None:
    tables = [SpanTable.of([spans(article[kind]) for article in articles]) for kind in range(3)]
    assert packed(*tables) == [record_of(*map(spans, article)) for article in articles]


@given(articles=st.lists(ordered(), max_size=6), data=st.data())
@settings(max_examples=100, deadline=None)
def test_the_spans_of_texts_may_be_cut_and_joined(articles: list[Pairs], data: st.DataObject) -> None:
    whole = SpanTable.of(list(map(spans, articles)))
    cut = data.draw(st.integers(0, len(articles)))
    parts = [whole.of_texts(slice(0, cut)), whole.of_texts(slice(cut, len(articles)))]
    assert [len(part.bounds) - 1 for part in parts] == [cut, len(articles) - cut]
    joined = SpanTable.joined(parts)
    for column in ("starts", "lengths", "bounds"):
        assert getattr(joined, column).tolist() == getattr(whole, column).tolist()


@given(title=ordered(), body=ordered(), sentences=ordered())
@settings(max_examples=300, deadline=None)
def test_what_is_packed_comes_back(title: Pairs, body: Pairs, sentences: Pairs) -> None:
    record = record_of(spans(title), spans(body), spans(sentences))
    alone, *together = unpacked([record])[0], *unpacked([memoryview(record), record])
    assert [said(places) for places in (alone, *together)] == [(title, body, sentences)] * 3


@given(articles=st.lists(st.tuples(ordered(), ordered(), ordered()), max_size=4))
@settings(max_examples=200, deadline=None)
def test_articles_are_unpacked_together_as_each_alone(articles: list[tuple[Pairs, Pairs, Pairs]]) -> None:
    records = [record_of(*map(spans, article)) for article in articles]
    assert [said(places) for places in unpacked(records)] == articles


def test_the_places_of_a_long_text_take_little() -> None:
    # Words of one to nine letters with a blank after each: a byte a word before compression.
    lengths = np.arange(10_000) % 9 + 1
    starts = np.append(0, np.cumsum(lengths + 1)[:-1])
    record = record_of(spans([]), Spans(starts, lengths), spans([]))
    assert len(record) < 10_000
    assert unpacked([record])[0].body.starts.tolist() == starts.tolist()


def test_a_record_is_read_as_it_lies_in_the_file(tmp_path: Path) -> None:
    records = [record_of(spans([(number, 1)]), spans([]), spans([])) for number in range(300)]
    segment = ColumnarSegment("MAIN")
    write_places(records, FileStorage(str(tmp_path)), segment)
    reader = reader_of(tmp_path, segment)
    assert [bytes(reader.record(number)) for number in range(300)] == records
    assert pairs(reader[299].title) == [(299, 1)]


def test_a_segment_of_nothing_has_no_places(tmp_path: Path) -> None:
    segment = ColumnarSegment("MAIN")
    write_places([], FileStorage(str(tmp_path)), segment)
    with pytest.raises(IndexError):
        reader_of(tmp_path, segment)[0]


def test_threads_may_pack_and_read_at_once() -> None:
    def there_and_back(number: int) -> Pairs:
        wanted = [(at * number, number) for at in range(1_000)]
        return pairs(unpacked([record_of(spans([]), spans(wanted), spans([]))])[0].body)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(there_and_back, range(1, 65)))
    assert found == [[(at * number, number) for at in range(1_000)] for number in range(1, 65)]
