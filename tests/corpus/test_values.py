from pathlib import Path

import pytest

from corpus.values import ADDRESS, FILE, FOLDER, ORIGINS, RATES, SECRET, STORE, TOKEN_HASH, Kind, whole_number


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (whole_number(0, 5), "5", 5),
        (FOLDER, "var/index", Path("var/index")),
        (FILE, "", None),
        (FILE, "a.toml", Path("a.toml")),
        (ADDRESS, "https://a.org:8443/", "https://a.org:8443"),
        (ADDRESS, "", ""),
        (ORIGINS, "https://a.org, http://[::1]:8000,https://a.org", ("https://a.org", "http://[::1]:8000")),
        (ORIGINS, "*", ("*",)),
        (ORIGINS, "", ()),
        (RATES, "20/second,300/minute", ("20/second", "300/minute")),
        (TOKEN_HASH, "sha256:" + "0" * 64, "sha256:" + "0" * 64),
        (SECRET, "s" * 32, "s" * 32),
        (STORE, "redis://localhost:6379/0", "redis://localhost:6379/0"),
    ],
)
def test_a_text_is_read(kind: Kind, text: str, value: object) -> None:
    assert kind.read(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (whole_number(0, 5), "6"),
        (whole_number(0, 5), "-1"),
        (FOLDER, ""),
        (FOLDER, "a\0b"),
        (FILE, "a\0b"),
        (ADDRESS, "https://a.org/path"),
        (ORIGINS, "a.org"),
        (ORIGINS, "https://a.org/path"),
        (RATES, "300"),
        (RATES, "0/second"),
        (RATES, "10/fortnight"),
        (TOKEN_HASH, "secret"),
        (SECRET, "short"),
        (SECRET, "s" * 31 + " "),
        (STORE, "mysql://host"),
    ],
)
def test_another_text_is_refused(kind: Kind, text: str) -> None:
    with pytest.raises(ValueError):
        kind.read(text)
