"""What was answered is answered again as it was, for as long as that is true."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import Article, Settings
from corpus.glossary import Glossary
from indexer.generations import IndexFolder
from indexer.writer import write_changes
from search import Engine, SearchPage, SearchRequest
from search.answered import HITS_A_PAGE, AnsweredPages, Question
from search.costs import Budget
from search.parsing import parse
from search.phases import Phases
from tests.conftest import ARTICLES, CALL_CENTER, MakeEngine, make_knowing

QUERIES = ("stres", "call stress", '"call center"', "night -pay", "", "xyzzy", "lang:pl praca", "nig*")


class Watched:
    """An engine, and of each search that it answered whether anything was looked for."""

    def __init__(self, settings: Settings) -> None:
        self.looked: list[bool] = []
        self.engine = Engine(settings, self._observe)

    def _observe(self, page: SearchPage, phases: Phases) -> None:
        self.looked.append("match" in phases.seconds())

    def ask(self, request: SearchRequest, budget: Budget | None = None) -> SearchPage:
        return replace(self.engine.search(request, budget), milliseconds=0)


def test_what_was_asked_before_is_answered_as_it_was_and_nothing_is_looked_for(engine: Engine) -> None:
    watched = Watched(engine.settings)
    request = SearchRequest("stres", collapse=False)
    first = watched.ask(request)
    assert [hit.id for hit in first.hits] == ["pl/calls", "lt/calls"]
    assert watched.ask(request) == first
    assert watched.looked == [True, False]


def test_what_is_asked_otherwise_is_another_question(engine: Engine) -> None:
    watched = Watched(engine.settings)
    requests = [
        SearchRequest("stres"),
        SearchRequest("stres", collapse=False),
        SearchRequest("stres", expand=False),
        SearchRequest("stres", languages=("lt",)),
        SearchRequest("stres", prefer=("lt",)),
        SearchRequest("stres", sort="newest"),
        SearchRequest("stres", size=1),
        SearchRequest("stres", size=1, page=2),
        SearchRequest("stresu"),
    ]
    for request in requests:
        watched.ask(request)
    assert watched.looked == [True] * len(requests)


def test_explanations_are_not_kept(engine: Engine) -> None:
    watched = Watched(engine.settings)
    for _ in range(2):
        assert watched.ask(SearchRequest("stres", explain=True)).hits[0].explanation
    assert watched.looked == [True, True]


def test_an_index_that_has_changed_is_asked_again(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine(ARTICLES)
    watched = Watched(replace(settings, refresh_ms=0))
    request = SearchRequest("xyzzy", expand=False)
    assert watched.ask(request).total == 0
    write_changes(IndexFolder(settings.index).live().open(), [*ARTICLES, Article("new", "en", "Xyzzy", "Xyzzy.")])
    assert [hit.id for hit in watched.ask(request).hits] == ["new"]
    assert watched.looked == [True, True]


def test_what_was_too_much_for_one_is_not_answered_as_for_another(engine: Engine) -> None:
    watched = Watched(engine.settings)
    request = SearchRequest("s*")
    poor = watched.ask(request, Budget(0))
    assert [note.kind for note in poor.interpretation.notes] == ["costly"]
    rich = watched.ask(request)
    assert rich.total and not rich.interpretation.notes
    assert watched.ask(request, Budget(0)) == poor
    assert watched.looked == [True, True, False]


def answered(query: str, hits: int, engine: Engine) -> tuple[Question, SearchPage]:
    request = SearchRequest(query, size=10)
    page = engine.search(SearchRequest(size=10, collapse=False))
    assert len(page.hits) == 9
    question = Question("1", request, parse(query, engine.settings), 0)
    return question, replace(page, hits=page.hits[:hits])


def test_those_that_nobody_asked_for_the_longest_are_forgotten(engine: Engine) -> None:
    pages = AnsweredPages(max_hits=3 * HITS_A_PAGE + 9)
    (a, first), (b, second), (c, third) = (answered(query, 3, engine) for query in "abc")
    pages.keep(a, first)
    pages.keep(b, second)
    pages.keep(c, third)
    pages.keep(c, third)
    assert pages.page(a) == first
    pages.keep(*answered("d", 1, engine))
    assert [pages.page(each) is None for each in (a, b, c)] == [False, True, False]
    # One that is too large by itself leaves nothing.
    tiny = AnsweredPages(max_hits=HITS_A_PAGE)
    tiny.keep(a, first)
    assert tiny.page(a) is None


requests = st.builds(
    SearchRequest,
    query=st.sampled_from(QUERIES),
    languages=st.sampled_from([(), ("pl",), ("en", "lt")]),
    size=st.sampled_from([1, 3, 10]),
    page=st.sampled_from([1, 2]),
    prefer=st.sampled_from([(), ("lt", "en")]),
    collapse=st.booleans(),
    expand=st.booleans(),
    sort=st.sampled_from(["relevance", "newest"]),
)


@given(st.lists(requests, min_size=1, max_size=12))
@examples(max_examples=25, deadline=None)
def test_an_engine_that_has_answered_much_answers_as_a_new_one(asked: Sequence[SearchRequest]) -> None:
    with TemporaryDirectory() as folder:
        settings = Settings(index=Path(folder, "index"), glossary=Path(folder, "glossary"))
        engine = make_knowing(settings, Glossary((CALL_CENTER,)))
        for request in [*asked, *reversed(asked)]:
            page, other = engine.search(request), Engine(settings).search(request)
            assert replace(page, milliseconds=0) == replace(other, milliseconds=0)
