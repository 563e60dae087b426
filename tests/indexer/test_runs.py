import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Article, Collection, Settings
from indexer.building import build, sync
from indexer.errors import AnotherWriter, VerificationFailed
from indexer.generations import Generation, IndexFolder
from indexer.runs import FILE, INTERRUPTED, KEPT_PROBLEMS, Recorder, begun, last_run, recorded

Publish = Callable[..., Generation]


def quiet(read: int) -> None:
    pass


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for id in "abc":
        (folder / f"{id}.md").write_text(f"---\nlang: en\n---\n# Title\n\nText of {id}.\n")
    return folder


def test_before_the_first_run_there_is_none(folder: IndexFolder) -> None:
    assert last_run(folder) is None


def test_a_build_and_a_sync_say_what_they_did(folder: IndexFolder, articles: Path, settings: Settings) -> None:
    build(folder, Collection([articles], settings), settings, quiet)
    run = last_run(folder)
    assert run is not None
    assert (run.kind, run.state, run.generation, run.read, run.added) == ("build", "done", 1, 3, 3)
    assert run.articles == {"en": 3}
    assert run.process == os.getpid()
    assert run.bytes_read == run.bytes_total == sum(file.stat().st_size for file in articles.iterdir())
    assert run.share == 1.0
    assert run.started <= run.finished
    (articles / "a.md").unlink()
    (articles / "b.md").write_text("---\nlang: en\n---\n# Title\n\nAnother text.\n")
    (articles / "empty.md").touch()
    sync(folder, Collection([articles], settings), settings, quiet)
    run = last_run(folder)
    assert run is not None
    assert (run.kind, run.state, run.generation, run.read) == ("sync", "done", 1, 2)
    assert (run.added, run.changed, run.removed, run.unchanged) == (0, 1, 1, 1)
    assert (run.problem_count, run.skipped) == (1, 1)
    assert run.problems == (f"{articles}/empty.md: skipped: empty.",)


def test_a_run_that_fails_says_why(folder: IndexFolder, articles: Path, settings: Settings, publish: Publish) -> None:
    publish(*(Article(str(number), "en", "Title", "Body.") for number in range(30)))
    with pytest.raises(VerificationFailed) as error:
        sync(folder, Collection([articles], settings), settings, quiet)
    run = last_run(folder)
    assert run is not None
    assert (run.state, run.error) == ("failed", str(error.value))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyboardInterrupt(), INTERRUPTED),
        (SystemExit(143), INTERRUPTED),
        (ZeroDivisionError("a mistake"), "ZeroDivisionError: a mistake"),
        (OSError(28, "No space left on device", "/index/x"), "No space left on device: /index/x"),
    ],
)
def test_whatever_ends_a_run_is_noted(
    folder: IndexFolder, articles: Path, settings: Settings, error: BaseException, said: str
) -> None:
    with pytest.raises(type(error)), folder.lock(), recorded(folder, "sync", Collection([articles], settings)):
        raise error
    run = last_run(folder)
    assert run is not None
    assert (run.state, run.error) == ("failed", said)


def test_while_it_runs_it_says_how_far_it_is(
    folder: IndexFolder, articles: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.runs.SAY_EVERY_SECONDS", 0)
    collection = Collection([articles], settings)
    with folder.lock(), recorded(folder, "sync", collection) as recorder:
        for number, _ in enumerate(collection, start=1):
            recorder.progress(number)
            run = last_run(folder)
            assert run is not None
            assert (run.state, run.read) == ("running", number)
            assert run.share is not None
            assert run.share < 1


def test_a_run_whose_process_is_gone_was_interrupted(folder: IndexFolder) -> None:
    with folder.lock():
        run = begun(folder, "sync", 1)
        assert last_run(folder) == run
    assert last_run(folder) == replace(run, state="failed", error=INTERRUPTED)


def test_a_writer_that_was_turned_away_changes_nothing_of_it(
    folder: IndexFolder, articles: Path, settings: Settings
) -> None:
    with folder.lock():
        run = begun(folder, "build", 1)
        with pytest.raises(AnotherWriter):
            sync(IndexFolder(settings.index), Collection([articles], settings), settings, quiet)
        assert last_run(folder) == run


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"kind": "sync"}', b"\xff", b"[" * 100_000])
def test_a_record_that_cannot_be_read_is_none(folder: IndexFolder, publish: Publish, content: bytes) -> None:
    publish(Article("a", "en", "Title", "Body."))
    (folder.path / FILE).write_bytes(content)
    assert last_run(folder) is None


def test_a_record_with_a_state_nobody_knows_is_none(folder: IndexFolder) -> None:
    with folder.lock():
        begun(folder, "sync", 1)
    file = folder.path / FILE
    file.write_text(json.dumps({**json.loads(file.read_text()), "state": "<b>"}))
    assert last_run(folder) is None


def test_only_so_many_problems_are_kept(folder: IndexFolder, articles: Path, settings: Settings) -> None:
    for number in range(KEPT_PROBLEMS + 5):
        (articles / f"empty{number}.md").touch()
    build(folder, Collection([articles], settings), settings, quiet)
    run = last_run(folder)
    assert run is not None
    assert (len(run.problems), run.problem_count) == (KEPT_PROBLEMS, KEPT_PROBLEMS + 5)


def test_a_record_that_cannot_be_written_costs_no_run(folder: IndexFolder, articles: Path, settings: Settings) -> None:
    (folder.path / f"{FILE}.new").mkdir(parents=True)
    build(folder, Collection([articles], settings), settings, quiet)
    assert folder.live().number == 1
    assert Recorder(folder, "sync", Collection([articles], settings)).run.state == "running"
