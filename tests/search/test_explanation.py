"""What explanations say is tested where it is shown; here, that those of a page are those of its articles."""

import pytest

from indexer.generations import IndexFolder
from indexer.writer import write_changes
from search import Engine, SearchRequest
from tests.conftest import ARTICLES, MakeEngine


@pytest.mark.parametrize(
    "query", ["call center stress", "s* pracown* stress darb*", '"call center" OR sleep', "the", ""]
)
def test_an_article_is_explained_alike_alone_and_on_a_page(make_engine: MakeEngine, query: str) -> None:
    engine = make_engine(ARTICLES[:5])
    folder = IndexFolder(engine.settings.index)
    with folder.lock():
        write_changes(folder.live().open(), ARTICLES)
    request = SearchRequest(query, collapse=False, explain=True)
    hits = engine.search(request).hits
    assert len({hit.language for hit in hits}) > 1 or query == "the"
    assert [hit.explanation for hit in hits] == [engine.explain(request, hit.id) for hit in hits]
    assert [hit.explanation.id for hit in hits if hit.explanation] == [hit.id for hit in hits]


def test_the_words_of_each_article_of_a_page_are_its_own(engine: Engine) -> None:
    # en/calls: "Call center stress", "Calls never stop. Stress grows in a call center."; pl/calls has "Stres" twice.
    hits = engine.search(SearchRequest("stre*", collapse=False, explain=True)).hits
    found = {hit.id: hit.explanation.groups[0].found for hit in hits if hit.explanation}
    assert [(word.text, word.field, word.count) for word in found["en/calls"]] == [
        ("stress", "title", 1),
        ("stress", "body", 1),
    ]
    assert [(word.text, word.field, word.count) for word in found["pl/calls"]] == [
        ("stres", "title", 1),
        ("stres", "body", 1),
    ]
