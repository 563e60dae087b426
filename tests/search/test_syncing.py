"""A sync in a process of its own, over a real index."""

import os
import signal
import time
from pathlib import Path

import pytest

from corpus import Collection, CorpusError, Settings
from indexer.building import build
from indexer.errors import IndexerError, IndexMissing
from indexer.generations import IndexFolder
from indexer.runs import INTERRUPTED, Run, begun
from search import Engine, SearchRequest
from search.errors import SyncRefused
from search.syncing import running_or_last, start_sync

# Far more than it takes, for a machine that does other things as well.
PATIENCE_SECONDS = 60


def ended(settings: Settings) -> Run:
    """Wait for the running sync to end, and return it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (run := running_or_last(settings)) is None or run.state == "running":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return run


@pytest.fixture
def articles(tmp_path: Path, settings: Settings) -> Path:
    """A folder of two articles, of which there is an index."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for id in ("pay", "night"):
        (folder / f"{id}.md").write_text(f"---\nlang: en\n---\n# Title\n\nText of {id}.\n")
    build(IndexFolder(settings.index), Collection([folder], settings), settings, lambda read: None)
    return folder


def test_it_reads_what_the_index_was_built_from_and_says_what_it_did(articles: Path, settings: Settings) -> None:
    (articles / "new.md").write_text("---\nlang: en\n---\n# Title\n\nZeppelins.\n")
    (articles / "pay.md").unlink()
    (articles / "empty.md").touch()
    engine = Engine(settings)
    begun_as = start_sync(settings)
    assert (begun_as.kind, begun_as.state) == ("sync", "running")
    run = ended(settings)
    assert (run.state, run.error) == ("done", "")
    assert (run.added, run.changed, run.removed, run.unchanged) == (1, 0, 1, 1)
    assert run.problems == (f"{articles}/empty.md: skipped: empty.",)
    assert run.process == begun_as.process != os.getpid()
    assert [hit.id for hit in engine.search(SearchRequest("zeppelin")).hits] == ["new"]


def test_of_two_who_ask_at_once_the_second_is_told_of_the_first(articles: Path, settings: Settings) -> None:
    (settings.index / "lock").write_text("1")  # of one long ago
    run = start_sync(settings)
    assert run.process != os.getpid()
    told = running_or_last(settings)
    assert told and told.process == run.process
    with pytest.raises(SyncRefused, match=rf"another build or sync is writing to .* \(process {run.process}\)\."):
        start_sync(settings)
    assert ended(settings).state == "done"


def test_it_is_refused_while_somebody_builds(articles: Path, settings: Settings) -> None:
    folder = IndexFolder(settings.index)
    with folder.lock():
        run = begun(folder, "build", os.getpid())
        with pytest.raises(SyncRefused):
            start_sync(settings)
        assert running_or_last(settings) == run


def test_one_whose_process_is_killed_was_interrupted_and_another_can_be_started(
    articles: Path, settings: Settings
) -> None:
    os.kill(start_sync(settings).process, signal.SIGKILL)
    run = ended(settings)
    assert (run.state, run.error) == ("failed", INTERRUPTED)
    start_sync(settings)
    assert ended(settings).state == "done"


def test_without_an_index_or_what_it_was_built_from_nothing_is_started(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="Run `karjera index build`"):
        start_sync(settings)
    assert running_or_last(settings) is None


def test_paths_that_are_gone_are_named(articles: Path, settings: Settings) -> None:
    articles.rename(articles.with_name("elsewhere"))
    with pytest.raises(CorpusError, match=r"no such file or folder: .*articles"):
        start_sync(settings)


def test_an_index_from_standard_input_cannot_be_synced(settings: Settings, articles: Path) -> None:
    manifest = IndexFolder(settings.index).live().path / "manifest.json"
    manifest.write_text(manifest.read_text().replace(str(articles), "-"))
    with pytest.raises(IndexerError, match="standard input"):
        start_sync(settings)


def test_where_the_service_may_not_write_it_says_so(articles: Path, settings: Settings) -> None:
    (settings.index / "lock").unlink()
    (settings.index / "lock").mkdir()
    with pytest.raises(
        IndexerError, match=r"no sync can be started: Is a directory: .*lock\. Let the service write to"
    ):
        start_sync(settings)


def test_what_fails_is_told(articles: Path, settings: Settings) -> None:
    for file in articles.iterdir():
        file.unlink()
    start_sync(settings)
    run = ended(settings)
    assert (run.state, run.error) == ("failed", "there is not one article in the input. Nothing was changed.")
