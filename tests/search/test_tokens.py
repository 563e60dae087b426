import re
from pathlib import Path

from click.testing import CliRunner

from corpus import Settings
from search.cli import karjera
from search.tokens import hash_of, matches, new_token


def test_a_hash_is_that_of_the_published_algorithm() -> None:
    # FIPS 180-4, example "abc".
    assert hash_of("abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_token_opens_what_it_was_made_for_and_nothing_else() -> None:
    token = new_token()
    assert matches(token, hash_of(token))
    assert not matches(token + "x", hash_of(token))
    assert not matches("", hash_of(token))
    assert not matches("\udcff", hash_of(token))


def test_where_no_token_is_set_none_opens() -> None:
    assert not matches("", "")
    assert not matches(new_token(), "")


def test_the_command_prints_a_token_and_settings_that_let_it_in() -> None:
    printed = CliRunner().invoke(karjera, ["token"], env={"KARJERA_CONFIG": ""}).output
    token = re.search(r"Token, to keep: (\S{43})\n", printed)
    variables = dict(re.findall(r"^(KARJERA_\w+)=(\S+)$", printed, re.MULTILINE))
    settings = Settings.from_environment({"KARJERA_CONFIG": "", **variables})
    assert token and matches(token[1], settings.admin_token_hash)
    assert len(settings.session_secret) == 43


def test_the_lines_for_the_settings_file_are_those_that_it_takes(tmp_path: Path) -> None:
    printed = CliRunner().invoke(karjera, ["token"], env={"KARJERA_CONFIG": ""}).output
    lines = re.findall(r'^[a-z_]+ = "\S+"$', printed, re.MULTILINE)
    file = tmp_path / "settings.toml"
    file.write_text("\n".join(lines))
    settings = Settings.from_environment({}, str(file))
    token = re.search(r"Token, to keep: (\S{43})\n", printed)
    assert token and matches(token[1], settings.admin_token_hash)
    assert f"KARJERA_SESSION_SECRET={settings.session_secret}\n" in printed


def test_no_two_tokens_are_the_same() -> None:
    assert len({new_token() for _ in range(100)}) == 100
