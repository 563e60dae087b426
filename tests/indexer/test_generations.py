import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from corpus import Article
from indexer.analysis import analysis_version
from indexer.documents import article_of
from indexer.errors import AnotherWriter, IndexDamaged, IndexerError, IndexMismatch, IndexMissing
from indexer.generations import FORMAT_VERSION, Generation, IndexFolder
from indexer.writer import write_all

Publish = Callable[..., Generation]
Bodies = Callable[[], dict[str, str]]

OLD = Article("pay", "en", "Pay", "The old text.")
NEW = Article("pay", "en", "Pay", "The new text.")

HOLD_THE_LOCK = """
import sys
from pathlib import Path
from indexer import IndexFolder
with IndexFolder(Path(sys.argv[1])).lock():
    print("held", flush=True)
    sys.stdin.read()
"""


def names(folder: IndexFolder) -> list[str]:
    return sorted(path.name for path in (folder.path / "generations").iterdir())


def numbers(folder: IndexFolder) -> list[int]:
    return [generation.number for generation in folder.all()]


def history(folder: IndexFolder) -> str:
    return (folder.path / "CURRENT").read_text()


def test_before_the_first_build_there_is_nothing_and_the_error_says_what_to_do(folder: IndexFolder) -> None:
    assert folder.all() == []
    assert folder.stamp() is None
    with pytest.raises(IndexMissing, match=r"no index in .*index\. Run `karjera index build`"):
        folder.live()


def test_a_new_generation_is_seen_only_when_it_is_published(
    folder: IndexFolder, publish: Publish, bodies: Bodies
) -> None:
    publish(OLD)
    with folder.lock():
        with folder.new_generation() as index:
            write_all(index, [NEW])
            assert bodies() == {"pay": "The old text."}
        assert bodies() == {"pay": "The old text."}
        assert folder.publish(keep=3).number == 2
    assert bodies() == {"pay": "The new text."}
    assert names(folder) == ["000001", "000002"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_build_that_fails_leaves_what_is_live_and_nothing_else(
    folder: IndexFolder, publish: Publish, bodies: Bodies, error: type[BaseException] | BaseException
) -> None:
    publish(OLD)
    with pytest.raises((RuntimeError, KeyboardInterrupt, OSError)), folder.lock(), folder.new_generation() as index:
        write_all(index, [NEW])
        raise error
    assert bodies() == {"pay": "The old text."}
    assert names(folder) == ["000001"]


def test_what_a_killed_build_left_behind_is_removed_by_the_next(folder: IndexFolder, publish: Publish) -> None:
    for left in ("000001.4711.new", "000007.new"):
        (folder.path / "generations" / left).mkdir(parents=True)
        (folder.path / "generations" / left / "half.seg").write_text("half")
    publish(NEW)
    assert names(folder) == ["000001"]


def test_only_the_last_generations_that_were_live_are_kept(folder: IndexFolder, publish: Publish) -> None:
    for _ in range(4):
        publish(OLD, keep=2)
    assert numbers(folder) == [3, 4]
    assert folder.live().number == 4
    assert history(folder) == "4 3\n"


def test_a_generation_that_was_rolled_back_is_neither_kept_nor_gone_back_to(
    folder: IndexFolder, publish: Publish
) -> None:
    for _ in range(3):
        publish(OLD)
    assert history(folder) == "3 2 1\n"
    assert folder.rollback().number == 2
    assert history(folder) == "2 1\n"
    assert numbers(folder) == [1, 2, 3]
    # A number is never used twice: a service would not notice.
    assert publish(NEW, keep=2).number == 4
    assert numbers(folder) == [2, 4]
    assert history(folder) == "4 2\n"
    assert folder.rollback().number == 2


def test_a_reader_goes_on_with_a_generation_that_is_removed_meanwhile(folder: IndexFolder, publish: Publish) -> None:
    with publish(OLD).reader() as reader:
        publish(NEW, keep=1)
        assert names(folder) == ["000002"]
        assert article_of(reader.stored_fields(0)) == OLD


def test_rollback_puts_the_generation_before_live_again(folder: IndexFolder, publish: Publish, bodies: Bodies) -> None:
    publish(OLD)
    publish(NEW)
    assert folder.rollback().number == 1
    assert bodies() == {"pay": "The old text."}
    with pytest.raises(IndexerError, match=r"no generation to go back to that can be read\. Nothing was changed"):
        folder.rollback()
    assert bodies() == {"pay": "The old text."}
    assert history(folder) == "1\n"


def test_rollback_goes_back_one_step_at_a_time(folder: IndexFolder, publish: Publish) -> None:
    for _ in range(3):
        publish(OLD)
    assert [folder.rollback().number, folder.rollback().number] == [2, 1]
    assert folder.live().number == 1


def test_without_an_index_there_is_nothing_to_go_back_to_and_the_error_says_what_to_do(folder: IndexFolder) -> None:
    with pytest.raises(IndexMissing, match="Run `karjera index build`"):
        folder.rollback()


def test_rollback_passes_over_generations_that_cannot_be_read(
    folder: IndexFolder, publish: Publish, bodies: Bodies
) -> None:
    publish(OLD)
    without_manifest, without_segments = publish(NEW), publish(NEW, keep=9)
    publish(NEW, keep=9)
    (without_manifest.path / "manifest.json").unlink()
    for file in segment_files(without_segments):
        file.unlink()
    assert folder.rollback().number == 1
    assert bodies() == {"pay": "The old text."}
    assert history(folder) == "1\n"


def test_the_stamp_differs_whenever_another_generation_is_live(folder: IndexFolder, publish: Publish) -> None:
    stamps = [folder.stamp()]
    publish(OLD)
    stamps.append(folder.stamp())
    assert folder.stamp() == stamps[-1]
    publish(NEW)
    stamps.append(folder.stamp())
    folder.rollback()
    stamps.append(folder.stamp())
    assert len(set(stamps)) == 4


DAMAGED_CURRENT = pytest.mark.parametrize("said", [b"", b"two", b"7", b"-1", b"7 1", b"\0\0", b"\xff"])


@DAMAGED_CURRENT
def test_a_damaged_current_is_told_and_the_next_build_mends_it(
    folder: IndexFolder, publish: Publish, bodies: Bodies, said: bytes
) -> None:
    publish(OLD)
    (folder.path / "CURRENT").write_bytes(said)
    with pytest.raises(IndexDamaged, match=r"CURRENT .*`karjera index rollback`, or run `karjera index build`"):
        folder.live()
    publish(NEW)
    assert bodies() == {"pay": "The new text."}


@DAMAGED_CURRENT
def test_with_a_damaged_current_rollback_takes_the_newest_generation_that_can_be_read(
    folder: IndexFolder, publish: Publish, bodies: Bodies, said: bytes
) -> None:
    publish(OLD)
    publish(NEW)
    unreadable = publish(OLD)
    (unreadable.path / "manifest.json").unlink()
    (folder.path / "CURRENT").write_bytes(said)
    assert folder.rollback().number == 2
    assert bodies() == {"pay": "The new text."}
    assert folder.rollback().number == 1


@pytest.mark.parametrize("said", [None, "", "{", "[]", "{}", '{"format": "x", "analysis": "", "built": ""}'])
def test_a_manifest_that_cannot_be_used_is_damage(publish: Publish, said: str | None) -> None:
    manifest = publish(OLD).path / "manifest.json"
    manifest.unlink() if said is None else manifest.write_text(said)
    generation = Generation(1, manifest.parent)
    with pytest.raises(IndexDamaged, match=r"generation 1 .*`karjera index rollback`, or run `karjera index build`"):
        generation.open()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("format", FORMAT_VERSION + 1, f"built with format {FORMAT_VERSION + 1}, but this is format {FORMAT_VERSION}"),
        ("analysis", "rules 0", r"built with analysis \(rules 0\), but this is analysis \(rules \d+, PyStemmer"),
    ],
)
def test_an_index_of_another_version_names_both_and_the_command_to_run(
    publish: Publish, name: str, value: object, message: str
) -> None:
    generation = publish(OLD)
    manifest = generation.path / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {name: value}))
    for opening in (generation.check, generation.open, generation.reader):
        with pytest.raises(IndexMismatch, match=rf"{message}.* Run `karjera index build`"):
            opening()


def test_the_manifest_says_what_a_generation_was_built_with(publish: Publish) -> None:
    manifest = publish(OLD).manifest()
    assert (manifest.format, manifest.analysis) == (FORMAT_VERSION, analysis_version())
    assert manifest.built.endswith("+00:00")


def test_the_manifest_says_what_a_generation_was_built_from_and_how_much_it_was(folder: IndexFolder) -> None:
    with folder.lock():
        with folder.new_generation(["/articles/en", "/articles/pl"]) as index:
            write_all(index, [OLD])
        folder.publish(3, {"en": 1})
    manifest = folder.manifest()
    assert manifest is not None
    assert (manifest.sources, manifest.articles) == (("/articles/en", "/articles/pl"), {"en": 1})


def test_a_manifest_of_another_version_is_read_as_far_as_it_goes(folder: IndexFolder, publish: Publish) -> None:
    assert folder.manifest() is None
    file = publish(OLD).path / "manifest.json"
    file.write_text('{"format": 1, "analysis": "rules 0", "built": "2026-01-01T00:00:00+00:00"}')
    manifest = folder.manifest()
    assert manifest is not None
    assert (manifest.format, manifest.sources, manifest.articles) == (1, (), {})
    file.write_text("{")
    assert folder.manifest() is None


def segment_files(generation: Generation) -> list[Path]:
    files = [file for file in generation.path.iterdir() if file.name.startswith("MAIN_") and file.stat().st_size]
    assert files
    return files


def tables_of_contents(generation: Generation) -> list[Path]:
    return list(generation.path.glob("*.toc"))


# Whoosh leaves a file that it could not read to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damaged", [segment_files, tables_of_contents])
@pytest.mark.parametrize("damage", ["removed", "emptied", "cut", "zeroed"])
def test_files_that_cannot_be_read_are_damage_not_a_traceback(
    publish: Publish, damaged: Callable[[Generation], list[Path]], damage: str
) -> None:
    generation = publish(OLD)
    for file in damaged(generation):
        data = file.read_bytes()
        half = len(data) // 2
        match damage:
            case "removed":
                file.unlink()
            case "emptied":
                file.write_bytes(b"")
            case "cut":
                file.write_bytes(data[:half])
            case "zeroed":
                file.write_bytes(data[:half] + bytes(len(data) - half))
    with pytest.raises(IndexDamaged, match="`karjera index rollback`, or run `karjera index build`"):
        generation.reader()


def test_the_lock_of_another_process_names_it_and_dies_with_it(folder: IndexFolder, publish: Publish) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, str(folder.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        with pytest.raises(AnotherWriter, match=rf"process {holder.pid}\).* nothing was changed"), folder.lock():
            pass
        holder.kill()
    assert (folder.path / "lock").exists()
    assert publish(NEW).number == 1


def test_two_writers_of_one_process_exclude_each_other_too(folder: IndexFolder) -> None:
    with folder.lock():
        with pytest.raises(AnotherWriter), folder.lock():
            pass
        with pytest.raises(AnotherWriter):
            folder.rollback()
    with folder.lock():
        pass


def test_an_index_is_for_its_owner_alone(folder: IndexFolder, publish: Publish) -> None:
    # It is made of pickles: who can write there can run code here.
    generation = publish(OLD)
    for path in (folder.path, generation.path):
        assert path.stat().st_mode & 0o077 == 0


def test_a_look_whether_somebody_writes_turns_no_writer_away(folder: IndexFolder) -> None:
    assert not folder.is_being_written()
    with folder.lock():
        assert folder.is_being_written()
    assert not folder.is_being_written()
    looking = Event()

    def look() -> None:
        while not looking.is_set():
            folder.is_being_written()
            time.sleep(0.001)

    threads = [Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(20):
            with IndexFolder(folder.path).lock():
                pass
    finally:
        looking.set()
        for thread in threads:
            thread.join()


def test_a_lock_that_is_handed_down_is_held_until_its_last_holder_is_gone(folder: IndexFolder) -> None:
    command = f"""
import sys
from pathlib import Path
from indexer.generations import IndexFolder
with IndexFolder(Path({str(folder.path)!r}), int(sys.argv[1])).lock():
    print("held", flush=True)
    sys.stdin.read()
"""
    with folder.take_lock() as file:
        process = subprocess.Popen(
            [sys.executable, "-c", command, str(file.fileno())],
            pass_fds=[file.fileno()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    with process:
        assert folder.is_being_written()
        assert process.stdout and process.stdout.readline() == "held\n"
        with pytest.raises(AnotherWriter, match=rf"process {process.pid}\)"), folder.lock():
            pass
        process.kill()
    assert not folder.is_being_written()
