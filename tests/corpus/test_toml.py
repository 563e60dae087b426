import tomllib
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.toml import MAX_FILE_BYTES, read_operators_file, read_toml


def test_tables_are_read() -> None:
    assert read_toml('[a]\nb = ["c", 1]') == {"a": {"b": ["c", 1]}}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a = ", "Invalid value"),
        (f"a = {'9' * 5_000}", "a number has too many digits"),
        (f"a = {'[' * 100_000}", "nested too deeply"),
        (f"a = {'{a = ' * 5_000}", "nested too deeply"),
    ],
)
def test_whatever_is_wrong_is_one_kind_of_error(text: str, reason: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError, match=reason):
        read_toml(text)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a", r"The file is not TOML: "),
        (b"a = '\xe9'", r"The file is not UTF-8; save it as UTF-8\."),
        (b"#" * (MAX_FILE_BYTES + 1), r"The file is larger than 1000000 bytes; shorten it\."),
        (None, r"The file cannot be read: No such file or directory\. Do without\."),
    ],
)
def test_an_operator_is_told_what_to_put_right(tmp_path: Path, content: bytes | None, reason: str) -> None:
    file = tmp_path / "file.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=reason):
        read_operators_file(file, "The file", "Do without.")


def test_a_file_as_large_as_is_allowed_is_read(tmp_path: Path) -> None:
    file = tmp_path / "file.toml"
    file.write_bytes(b"a = 1\n".ljust(MAX_FILE_BYTES, b"#"))
    assert read_operators_file(file, "The file", "Do without.") == {"a": 1}
