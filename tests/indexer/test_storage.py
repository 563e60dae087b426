import os
from collections.abc import Callable
from pathlib import Path

import pytest
import whoosh

from corpus import Article
from indexer.errors import IndexerError
from indexer.generations import Generation, IndexFolder
from indexer.storage import DurableStorage, check_whoosh, write_durably
from indexer.writer import write_changes

Synced = dict[int, int]


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> Synced:
    """Inode -> size at its last fsync, of every file and folder that was synced."""
    seen: Synced = {}
    fsync = os.fsync

    def observed(descriptor: int) -> None:
        fsync(descriptor)
        status = os.fstat(descriptor)
        seen[status.st_ino] = status.st_size

    monkeypatch.setattr(os, "fsync", observed)
    return seen


def not_on_disk(paths: list[Path], synced: Synced) -> list[str]:
    """Return the files that were written to after their last fsync, and the files and folders never synced."""
    return [
        path.name
        for path in paths
        if synced.get(path.stat().st_ino, -1) != path.stat().st_size
        and (path.is_file() or path.stat().st_ino not in synced)
    ]


def files_of(generation: Generation) -> list[Path]:
    # Locks say nothing that has to last.
    files = [file for file in generation.path.iterdir() if file.is_file() and not file.name.endswith("LOCK")]
    assert len(files) >= 3  # table of contents, segment, manifest
    return files


def test_what_is_published_is_on_the_disk(
    folder: IndexFolder, publish: Callable[..., Generation], synced: Synced
) -> None:
    generation = publish(Article("a", "en", "Title", "Body."))
    folders = [generation.path, generation.path.parent, folder.path]
    assert not_on_disk([*files_of(generation), folder.path / "CURRENT", *folders], synced) == []


def test_a_sync_is_on_the_disk(publish: Callable[..., Generation], synced: Synced) -> None:
    generation = publish(Article("a", "en", "Title", "Body."))
    before = files_of(generation)
    synced.clear()
    write_changes(generation.open(), [Article("a", "en", "Title", "Another body."), Article("b", "en", "B", "Body.")])
    new = [file for file in files_of(generation) if file not in before]
    assert new
    assert not_on_disk([*new, generation.path], synced) == []


def test_a_file_is_synced_when_it_is_closed_and_its_folder_when_it_is_renamed(tmp_path: Path, synced: Synced) -> None:
    storage = DurableStorage(tmp_path)
    with storage.create_file("aside") as file:
        file.write(b"12345")
    assert synced == {(tmp_path / "aside").stat().st_ino: 5}
    storage.rename_file("aside", "named")
    assert tmp_path.stat().st_ino in synced
    assert (tmp_path / "named").read_bytes() == b"12345"


def test_a_file_that_must_be_new_does_not_replace_another(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        DurableStorage(tmp_path).create_file("there", excl=True)
    assert (tmp_path / "there").read_bytes() == b"old"


def test_a_text_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path, synced: Synced) -> None:
    file = tmp_path / "CURRENT"
    write_durably(file, "1\n")
    with pytest.raises(UnicodeEncodeError):
        write_durably(file, "2\ud800")
    assert file.read_text() == "1\n"
    write_durably(file, "3\n")
    assert file.read_text() == "3\n"
    assert not_on_disk([file, tmp_path], synced) == []


def test_the_pinned_whoosh_is_accepted() -> None:
    check_whoosh()


def test_another_distribution_of_whoosh_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # They install into the same folder, and the last one wins.
    monkeypatch.setattr(whoosh, "__version__", (2, 7, 4))
    with pytest.raises(IndexerError, match=r"`import whoosh` finds 2\.7\.4.*pip install --force-reinstall whoosh3=="):
        check_whoosh()
