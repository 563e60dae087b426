"""Sets of documents as arrays, against plain loops."""

import numpy as np
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from indexer.arrays import among, are_among, union

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
