from pathlib import Path

import pytest

from indexer.origins import FILE, read_origins, write_origins

FILES = {
    "a": "/articles/a.md",
    "b/1": "/articles/lines.jsonl",
    "b/2": "/articles/lines.jsonl",
    "ż": "/articles/\udcff.md",
}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_origins(tmp_path, FILES)
    assert read_origins(tmp_path) == FILES


def test_what_stands_there_is_not_written_again(tmp_path: Path) -> None:
    write_origins(tmp_path, FILES)
    before = (tmp_path / FILE).stat()
    write_origins(tmp_path, FILES)
    assert (tmp_path / FILE).stat().st_ino == before.st_ino
    write_origins(tmp_path, {})
    assert read_origins(tmp_path) == {}


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"a": 1}', b"\xff", b"[" * 100_000])
def test_of_a_file_that_is_missing_or_damaged_nothing_is_known(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    assert read_origins(tmp_path) == {}
