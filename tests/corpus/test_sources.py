import os
from pathlib import Path

import pytest

from corpus.sources import MARKDOWN, PAGES, PLAIN_TEXT, SourceFile, walk
from tests.permissions import permissions_count


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")


def found(*paths: Path | str) -> tuple[list[str], list[str]]:
    """Return (files, ignored files), and fail on what cannot be looked at."""
    files, ignored, unread = all_found(*paths)
    assert unread == {}
    return files, ignored


def all_found(*paths: Path | str) -> tuple[list[str], list[str], dict[str, str]]:
    """Return (files, ignored files, what cannot be looked at and why)."""
    unread: dict[str, str] = {}
    ignored: list[Path] = []

    def on_unread(path: Path, reason: str) -> None:
        unread[path.name] = reason

    files = [str(file.relative) for file in walk([str(path) for path in paths], on_unread, ignored.append)]
    return files, sorted(path.name for path in ignored), unread


def test_a_folder_is_walked_by_name_files_before_subfolders(tmp_path: Path) -> None:
    touch(tmp_path, "pl/b.md", "b.md", "pl/a.html", "en/z/deep.txt", "a.jsonl.gz", "C.MD")
    assert found(tmp_path) == (["C.MD", "a.jsonl.gz", "b.md", "en/z/deep.txt", "pl/a.html", "pl/b.md"], [])


def test_what_no_reader_takes_is_ignored(tmp_path: Path) -> None:
    touch(tmp_path, "a.md", "photo.png", "md", "a.md~", ".hidden.md", ".git/b.md", "a.jsonl.zip")
    assert found(tmp_path) == (["a.md"], [".git", ".hidden.md", "a.jsonl.zip", "a.md~", "md", "photo.png"])


def test_a_file_named_outright_is_taken_whatever_its_kind(tmp_path: Path) -> None:
    touch(tmp_path, ".hidden.md", "photo.png")
    assert found(tmp_path / ".hidden.md", tmp_path / "photo.png") == ([".hidden.md", "photo.png"], [])


def test_paths_keep_their_order_and_standard_input_is_no_file(tmp_path: Path) -> None:
    touch(tmp_path, "b/one.md", "a/two.md")
    assert found(tmp_path / "b", "-", tmp_path / "a") == (["one.md", "two.md"], [])


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    touch(tmp_path, "a.md")
    os.mkfifo(tmp_path / "pipe.md")
    assert found(tmp_path) == (["a.md"], ["pipe.md"])


def test_links_to_files_are_followed_and_circles_are_not(tmp_path: Path) -> None:
    touch(tmp_path, "folder/a.md")
    (tmp_path / "link.md").symlink_to(tmp_path / "folder" / "a.md")
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "missing.md")
    (tmp_path / "itself.md").symlink_to(tmp_path / "itself.md")
    (tmp_path / "gone").symlink_to(tmp_path / "missing")
    (tmp_path / "folder" / "up").symlink_to(tmp_path)
    nowhere = "a link that leads nowhere; mend or remove it."
    assert all_found(tmp_path) == (
        ["link.md", "folder/a.md"],
        [],
        {
            "gone": nowhere,
            "itself.md": nowhere,
            "nowhere.md": nowhere,
            "up": "a link to a folder is not followed; name the folder itself.",
        },
    )


def test_a_hidden_link_to_a_folder_is_left_aside_once(tmp_path: Path) -> None:
    touch(tmp_path, "folder/a.md")
    (tmp_path / ".link").symlink_to(tmp_path / "folder")
    assert found(tmp_path) == (["folder/a.md"], [".link"])


def test_what_is_named_outright_keeps_the_folder_of_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "site/pl/b.md", "site/pl/deep/c.md", "site/pt_BR/a.md", "site/other/a.md", "site/in-depth/a.md")
    site = tmp_path / "site"
    assert found(site / "pl", site / "pt_BR", site / "other", site / "in-depth") == (
        ["pl/b.md", "pl/deep/c.md", "pt_BR/a.md", "a.md", "a.md"], [],
    )  # fmt: skip
    assert found(site / "pl" / "b.md", site / "pl" / "deep" / "c.md", site / "other" / "a.md")[0] == [
        "pl/b.md", "c.md", "a.md",
    ]  # fmt: skip
    monkeypatch.chdir(site / "pl")
    assert found(".", "b.md")[0] == ["pl/b.md", "pl/deep/c.md", "pl/b.md"]


def test_a_folder_named_like_a_file_is_walked(tmp_path: Path) -> None:
    touch(tmp_path, "notes.md/a.md")
    assert found(tmp_path) == (["notes.md/a.md"], [])


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    touch(tmp_path, "closed/a.md", "open/b.md")
    (tmp_path / "closed").chmod(0)
    with permissions_count():
        files, _, unread = all_found(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert files == ["open/b.md"]
    assert unread == {"closed": "cannot be listed: Permission denied."}


def test_a_folder_whose_entries_cannot_be_looked_at_is_told_by_each_link_in_it(tmp_path: Path) -> None:
    touch(tmp_path, "names/a.md", "open/b.md")
    (tmp_path / "names" / "link.md").symlink_to(tmp_path / "open" / "b.md")
    (tmp_path / "names").chmod(0o400)
    with permissions_count():
        files, _, unread = all_found(tmp_path)
    (tmp_path / "names").chmod(0o700)
    assert files == ["names/a.md", "open/b.md"]  # that the first cannot be opened is the reader's to find out
    assert unread == {"link.md": "cannot be looked at: Permission denied."}


def test_a_file_knows_its_kind_and_size(tmp_path: Path) -> None:
    touch(tmp_path, "A.Html")
    file = SourceFile(tmp_path / "A.Html", Path("A.Html"))
    assert file.is_one_of(PAGES) and not file.is_one_of(MARKDOWN + PLAIN_TEXT)
    assert file.bytes() == 1
    (tmp_path / "A.Html").unlink()
    assert file.bytes() == 0
