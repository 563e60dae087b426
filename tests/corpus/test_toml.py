import tomllib

import pytest

from corpus.toml import read_toml


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
