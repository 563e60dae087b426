"""Sets of documents as arrays, and the postings of words among some documents, against plain loops."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from indexer.codec.container import Array
from indexer.schema import body_field
from search.occurrences import Words, among, are_among, documents_of, keys_of, union
from search.planning import Pattern
from search.segment import TextField
from tests.conftest import ARTICLES
from tests.search.corpora import cut

COUNT = 40
DOCUMENTS = st.lists(st.integers(0, COUNT - 1), max_size=COUNT)


@given(lists=st.lists(DOCUMENTS, max_size=4))
@examples(deadline=None)
def test_a_union_has_each_document_once_and_sorted(lists: list[list[int]]) -> None:
    found = union([np.array(documents, np.uint8) for documents in lists], COUNT)
    assert found.tolist() == sorted({document for documents in lists for document in documents})
    assert found.dtype == np.int64


@given(documents=DOCUMENTS, chosen=DOCUMENTS)
@examples(deadline=None)
def test_documents_are_found_among_those_chosen(documents: list[int], chosen: list[int]) -> None:
    wanted = np.unique(np.array(chosen, np.int64))
    places, at = among(np.array(documents, np.uint8), wanted, COUNT)
    assert places.tolist() == [place for place, document in enumerate(documents) if document in chosen]
    assert wanted[at].tolist() == [documents[place] for place in places]
    assert are_among(np.array(documents, np.uint8), wanted).tolist() == [document in chosen for document in documents]


@pytest.mark.parametrize(("few_places", "few_terms"), [(0, 0), (0, 100), (1, 100), (4_096, 100)])
def test_words_stand_where_the_texts_have_them_whatever_documents_are_asked_about(
    few_places: int, few_terms: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.occurrences._FEW_PLACES", few_places)
    monkeypatch.setattr("search.occurrences._FEW_TERMS", few_terms)
    with cut(ARTICLES) as snapshot:
        for segment in snapshot.segments:
            field = segment.field(body_field("en"))
            if field is None:
                continue
            terms = np.arange(len(field.postings.terms))
            words = Words(field, False, terms, Pattern())
            whole = _rows(words, np.arange(segment.count))
            assert whole == sorted(row for term in terms.tolist() for row in _alone(field, term))
            for document in range(segment.count):
                # However narrow the numbers are that are asked about.
                here = np.array([document], np.uint8)
                assert _rows(words, here) == [row for row in whole if row[0] == document]
                keys = words.keys(here)
                positions = np.array([row[1] for row in whole if row[0] == document], np.int64)
                expected = keys_of(np.full(len(positions), document), positions, title=False, mixed=True)
                assert keys[documents_of(keys) == document].tolist() == expected.tolist()


def _rows(words: Words, documents: Array) -> list[tuple[int, int, int]]:
    places = words.places(documents)
    columns = (places.documents.tolist(), places.positions.tolist(), places.terms.tolist())
    return sorted(zip(*columns, strict=True))


def _alone(field: TextField, term: int) -> list[tuple[int, int, int]]:
    postings = field.postings.postings(term)
    assert postings.positions is not None
    documents = np.repeat(postings.documents, postings.frequencies).tolist()
    return [
        (document, position, term) for document, position in zip(documents, postings.positions.tolist(), strict=True)
    ]
