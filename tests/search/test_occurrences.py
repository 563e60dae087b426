"""The postings of words among some documents, against plain loops."""

import numpy as np
import pytest

from indexer.codec.container import Array
from indexer.schema import body_field
from search.occurrences import Words, documents_of, keys_of
from search.planning import Pattern
from search.segment import TextField
from tests.conftest import ARTICLES
from tests.search.corpora import cut


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
