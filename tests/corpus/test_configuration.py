from pathlib import Path

import pytest

from corpus.configuration import Given, given, settings_file
from corpus.errors import SettingsError

NAMES = ("index", "page_size", "cors_origins")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_a_variable_stands_above_the_file(file: Path) -> None:
    file.write_text('index = "here"\npage_size = 20\n')
    assert given(NAMES, {"KARJERA_PAGE_SIZE": "30"}, file) == {
        "index": Given("index", "here", file),
        "page_size": Given("KARJERA_PAGE_SIZE", "30"),
    }


def test_numbers_lists_and_truths_of_the_file_are_what_a_variable_would_say(file: Path) -> None:
    file.write_text('page_size = 20\ncors_origins = ["https://a.org", "https://b.org"]\nindex = true\n')
    texts = given(NAMES, {}, file)
    assert {name: text.text for name, text in texts.items()} == {
        "page_size": "20",
        "cors_origins": "https://a.org,https://b.org",
        "index": "true",
    }


@pytest.mark.parametrize("value", ["1.5", "{ a = 1 }", "[1, 2]", "2026-11-22"])
def test_values_of_other_kinds_are_refused_with_file_and_key(file: Path, value: str) -> None:
    file.write_text(f"page_size = {value}\n")
    with pytest.raises(SettingsError, match=r"^page_size in .*settings\.toml is a .*; allowed are"):
        given(NAMES, {}, file)


def test_an_unknown_key_is_refused_with_the_closest_and_all_there_are(file: Path) -> None:
    file.write_text("pagesize = 20\n")
    with pytest.raises(SettingsError) as error:
        given(NAMES, {}, file)
    assert str(error.value) == (
        f"'pagesize' in {file} is no setting; did you mean page_size? Allowed are: index, page_size, cors_origins."
    )


def test_a_name_like_no_other_gets_no_guess(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"^KARJERA_ZEPPELIN is no setting\. Allowed are: KARJERA_INDEX"):
        given(NAMES, {"KARJERA_ZEPPELIN": "1"}, None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"page_size = ", "is not TOML"),
        (b"[" * 100_000, "is not TOML"),
        (b"page_size = " + b"9" * 5_000, "is not TOML"),
        (b"# caf\xe9", "is not UTF-8"),
        (b"#" * 1_000_001, "is larger than 1000000 bytes"),
    ],
)
def test_a_broken_file_is_refused_by_name(file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=said) as error:
        given(NAMES, {}, file)
    assert str(file) in str(error.value)


def test_a_file_that_is_not_there_is_refused_with_what_to_do(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot be read: No such file or directory\. Name another one"):
        given(NAMES, {}, file)


def test_the_file_is_the_one_named_then_that_of_the_variable_then_the_one_that_lies_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings_file({}) is None
    Path("karjera.toml").touch()
    assert settings_file({}) == Path("karjera.toml")
    assert settings_file({"KARJERA_CONFIG": "/etc/a.toml"}) == Path("/etc/a.toml")
    assert settings_file({"KARJERA_CONFIG": "/etc/a.toml"}, "b.toml") == Path("b.toml")
    assert settings_file({"KARJERA_CONFIG": ""}) is None
