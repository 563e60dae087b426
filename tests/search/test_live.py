"""A service goes on answering while the index changes under it."""

import gc
import threading
import time
import weakref
from dataclasses import replace

import pytest

from corpus import Article, Settings
from indexer.errors import IndexMissing
from indexer.generations import IndexFolder
from indexer.writer import write_changes
from search import Engine, SearchRequest
from search.live import LiveIndex
from tests.conftest import ARTICLES, MakeEngine


def total(engine: Engine) -> int:
    return engine.search(SearchRequest(collapse=False)).total


def sync(settings: Settings, articles: list[Article]) -> None:
    folder = IndexFolder(settings.index)
    with folder.lock():
        write_changes(folder.live().open(), articles)


def test_a_new_generation_is_noticed(make_engine: MakeEngine) -> None:
    engine = make_engine(ARTICLES)
    assert total(engine) == 9
    make_engine(ARTICLES[:6])
    assert total(engine) == 6


def test_a_commit_to_the_live_generation_is_noticed(make_engine: MakeEngine, settings: Settings) -> None:
    engine = make_engine(ARTICLES)
    assert total(engine) == 9
    changed = replace(ARTICLES[0], body="Something about zeppelins.")
    sync(settings, [changed, *ARTICLES[1:8]])
    assert total(engine) == 8
    assert [hit.id for hit in engine.search(SearchRequest("zeppelin")).hits] == ["en/calls"]


def test_what_was_opened_goes_with_its_commit(make_engine: MakeEngine, settings: Settings) -> None:
    engine = make_engine(ARTICLES)
    gc.disable()  # looking for cycles is rare in a service
    try:
        for request in (SearchRequest("call center stress", explain=True), SearchRequest("callz"), SearchRequest()):
            engine.search(request)
        engine.suggest("cal", ("en",))
        engine.similar("en/calls")
        assert engine.article("pl/pay") is not None
        snapshot = engine._live.snapshot()
        parts = [(part, part.terms, part.documents, part.lexicon, part.memory) for part in snapshot.segments]
        kept = [weakref.ref(each) for each in (snapshot, snapshot.typed, *(each for part in parts for each in part))]
        del snapshot, parts
        sync(settings, [replace(ARTICLES[0], body="Something about zeppelins."), *ARTICLES[1:]])
        assert total(engine) == 9
        assert [each() for each in kept] == [None] * len(kept)
    finally:
        gc.enable()


def test_a_rollback_is_noticed(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine(ARTICLES[:6])
    engine = make_engine(ARTICLES)
    assert total(engine) == 9
    IndexFolder(settings.index).rollback()
    assert total(engine) == 6


def test_an_index_that_appears_later_is_noticed(make_engine: MakeEngine, settings: Settings) -> None:
    early = Engine(settings)
    with pytest.raises(IndexMissing):
        total(early)
    make_engine(ARTICLES)
    assert total(early) == 9


def test_a_newer_generation_that_cannot_be_read_is_passed_over(make_engine: MakeEngine, settings: Settings) -> None:
    engine = make_engine(ARTICLES)
    assert total(engine) == 9
    make_engine(ARTICLES[:6])
    (IndexFolder(settings.index).live().path / "manifest.json").write_text('{"format": 999}')
    assert total(engine) == 9


def test_within_the_interval_nobody_looks(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine(ARTICLES)
    live = LiveIndex(IndexFolder(settings.index), replace(settings, refresh_ms=60_000))
    before = live.snapshot()
    make_engine(ARTICLES[:6])
    assert live.snapshot() is before


def test_a_snapshot_stays_what_it_was(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine(ARTICLES)
    snapshot = LiveIndex(IndexFolder(settings.index), settings).snapshot()
    sync(settings, list(ARTICLES[:5]))
    assert len(snapshot.live) == 9
    number = snapshot.number("lt/night")
    assert number is not None
    assert snapshot.article(number).title == "Darbas naktį"


def test_no_request_fails_or_lies_while_the_index_changes(make_engine: MakeEngine, settings: Settings) -> None:
    engine = make_engine(ARTICLES)
    failures: list[object] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                page = engine.search(SearchRequest("stress OR stres", collapse=False))
            except BaseException as error:
                failures.append(error)
                return
            # en/calls, pl/calls and lt/calls are there all along; nothing is ever there twice.
            ids = [hit.id for hit in page.hits]
            if sorted(ids) != ["en/calls", "lt/calls", "pl/calls"]:
                failures.append(ids)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    calls = [article for article in ARTICLES if article.work == "calls"]
    until = time.monotonic() + 3
    changes = 0
    while time.monotonic() < until:
        changes += 1
        noise = [Article(f"noise/{changes}/{at}", "en", "Zebras", "Zebras graze.") for at in range(3)]
        if changes % 4:
            sync(settings, [*ARTICLES, *noise])
        else:
            make_engine([*calls, *noise])
    stop.set()
    for reader in readers:
        reader.join()
    assert changes > 4
    assert failures == []
