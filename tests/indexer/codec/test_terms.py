"""Terms and their postings as they lie in a segment."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, formats
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermNotFound

from indexer.codec import ColumnarCodec
from indexer.codec.container import narrowest
from indexer.codec.segment import ColumnarSegment
from indexer.codec.terms import MAX_LENGTH, ColumnarTermsReader, TermCursor, TermDictionary
from tests.indexer.codec.corpora import create_index, open_writer

WORDS = fields.FieldType(formats.Positions(), None, scorable=True)  # type: ignore[arg-type]  # it needs no analyzer
# Prefixes of one another, the empty one, one longer than a byte can count, and what UTF-8 sorts last.
LONG = "a" * 300
DOCUMENTS: tuple[list[str], ...] = (["a", "ab", "abc", "a"], ["ab", "", "b"], [LONG, "字", "b", "b", "b"], [])


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> ColumnarTermsReader:
    folder = tmp_path_factory.mktemp("terms")
    index = create_index(folder, fields.Schema(words=WORDS, tag=fields.ID()))
    writer = open_writer(index, ColumnarCodec())
    for words in DOCUMENTS:
        writer.add_document(words=words, tag="x")
    writer.commit()
    (segment,) = index._segments()
    assert isinstance(segment, ColumnarSegment)
    return ColumnarCodec().terms_reader(FileStorage(str(folder)), segment)


IN_ORDER = [b"", b"a", LONG.encode(), b"ab", b"abc", b"b", "字".encode()]


def test_terms_are_in_the_order_of_their_bytes(reader: ColumnarTermsReader) -> None:
    assert list(reader.terms()) == [("tag", b"x"), *(("words", term) for term in IN_ORDER)]
    assert list(reader.indexed_field_names()) == ["tag", "words"]
    assert [term for term, _ in reader.items()] == list(reader.terms())


@pytest.mark.parametrize(
    ("prefix", "first"), [(b"", 0), (b"a", 1), (b"aa", 2), (b"ab", 3), (b"abcd", 5), (b"b", 5), (b"\xff", 7)]
)
def test_reading_begins_at_the_first_term_not_smaller(reader: ColumnarTermsReader, prefix: bytes, first: int) -> None:
    assert [term for _, term in reader.terms_from("words", prefix)] == IN_ORDER[first:]
    assert [term for (_, term), _ in reader.items_from("words", prefix)] == IN_ORDER[first:]
    cursor = reader.cursor("words", WORDS)
    assert isinstance(cursor, TermCursor)
    assert cursor.find(prefix) == (IN_ORDER[first].decode() if first < len(IN_ORDER) else None)
    assert cursor.is_valid() == (first < len(IN_ORDER))


def test_a_cursor_goes_through_all_terms_and_begins_again(reader: ColumnarTermsReader) -> None:
    cursor = reader.cursor("words", WORDS)
    assert isinstance(cursor, TermCursor)
    found = []
    while cursor.is_valid():
        found.append(cursor.text())
        cursor.next()
    assert found == [term.decode() for term in IN_ORDER]
    assert (cursor.text(), cursor.term_info(), cursor.next()) == (None, None, None)
    assert cursor.first() == ""
    assert cursor.find("ab") == "ab"
    info = cursor.term_info()
    assert info is not None
    assert info.doc_frequency() == 2


def test_a_term_knows_its_documents_frequencies_and_places(reader: ColumnarTermsReader) -> None:
    def said(term: str) -> tuple[list[int], list[int], list[int]]:
        found = reader.postings("words", term.encode())
        assert found is not None and found.positions is not None
        return found.documents.tolist(), found.frequencies.tolist(), found.positions.tolist()

    assert said("a") == ([0], [2], [0, 3])
    assert said("ab") == ([0, 1], [1, 1], [1, 0])
    assert said("b") == ([1, 2], [1, 3], [2, 2, 3, 4])
    assert said(LONG) == ([2], [1], [0])
    assert (reader.doc_frequency("words", b"b"), reader.frequency("words", b"b")) == (2, 4)


def test_a_term_knows_the_bounds_that_scorers_use(reader: ColumnarTermsReader) -> None:
    info = reader.term_info("words", b"b")
    # Lengths of the documents: 4, 3, 5, 0. The bounds hold for these and for any others.
    assert (info.min_length(), info.max_length()) == (0, MAX_LENGTH)
    assert (info.weight(), info.max_weight()) == (4.0, 3.0)
    assert (info.min_id(), info.max_id()) == (1, 2)


def test_many_terms_are_found_in_the_arrays_of_the_whole_field_at_once(reader: ColumnarTermsReader) -> None:
    field = reader.fields["words"]
    # In an order of the asker's own, and one of them twice.
    asked = np.array([6, 5, 1, 5, 0])
    starts, counts = field.extents(asked)
    position_starts = field.position_starts(asked)
    assert counts.tolist() == [field.document_frequency(number) for number in asked.tolist()] == [1, 2, 1, 2, 1]
    for number, start, count, first in zip(asked, starts, counts, position_starts, strict=True):
        alone = field.postings(number)
        assert alone.positions is not None
        assert field.documents[start : start + count].tolist() == alone.documents.tolist()
        assert field.frequencies[start : start + count].tolist() == alone.frequencies.tolist()
        last = first + len(alone.positions)
        assert field.positions[first:last].tolist() == alone.positions.tolist()
        assert field.slices([int(number)]) == [(start, start + count, first, last)]


def test_no_terms_at_all_are_nowhere(reader: ColumnarTermsReader) -> None:
    field, nothing = reader.fields["words"], np.zeros(0, np.int64)
    assert [len(found) for found in (*field.extents(nothing), field.position_starts(nothing))] == [0, 0, 0]


@pytest.mark.parametrize(("field", "term"), [("words", b"c"), ("words", b"aba"), ("tag", b""), ("nowhere", b"a")])
def test_what_is_not_there_is_said_so(reader: ColumnarTermsReader, field: str, term: bytes) -> None:
    assert (field, term) not in reader
    assert reader.postings(field, term) is None
    assert (reader.doc_frequency(field, term), reader.frequency(field, term)) == (0, 0)
    with pytest.raises(TermNotFound):
        reader.term_info(field, term)
    with pytest.raises(TermNotFound):
        reader.matcher(field, term, formats.Existence())


def test_a_field_that_is_nowhere_has_no_terms(reader: ColumnarTermsReader) -> None:
    assert list(reader.terms_from("nowhere", b"")) == []
    assert list(reader.items_from("nowhere", b"")) == []
    assert reader.cursor("nowhere", WORDS).first() is None


@given(terms=st.sets(st.binary(max_size=4), max_size=12), asked=st.binary(max_size=5))
@settings(max_examples=200, deadline=None)
def test_a_dictionary_finds_what_a_sorted_list_would(terms: set[bytes], asked: bytes) -> None:
    ordered = sorted(terms)
    ends = narrowest(np.cumsum([len(term) for term in ordered], dtype=np.int64))
    dictionary = TermDictionary(memoryview(b"".join(ordered)), ends)
    assert len(dictionary) == len(ordered)
    assert dictionary.load() == list(dictionary) == [dictionary[number] for number in range(len(ordered))] == ordered
    assert dictionary.position(asked) == len([term for term in ordered if term < asked])
    for wanted in (asked, *ordered):
        assert dictionary.number(wanted) == (ordered.index(wanted) if wanted in terms else -1)
