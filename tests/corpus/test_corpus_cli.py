"""`karjera config show`."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from search.cli import karjera

HASH = "sha256:" + "0123456789abcdef" * 4


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(karjera, arguments, env={"KARJERA_CONFIG": "", **environment})


def test_each_setting_is_shown_with_where_it_came_from(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('max_page_size = 70\npage_size = 30\nindex = "index"\ncors_origins = ["https://a.org"]\n')
    result = run("--config", str(file), "config", "show", "--json", KARJERA_PAGE_SIZE="20")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert said["file"] == str(file)
    assert said["settings"]["page_size"] == {"value": 20, "origin": "KARJERA_PAGE_SIZE"}
    assert said["settings"]["max_page_size"] == {"value": 70, "origin": str(file)}
    assert said["settings"]["index"] == {"value": str(tmp_path / "index"), "origin": str(file)}
    assert said["settings"]["cors_origins"] == {"value": ["https://a.org"], "origin": str(file)}
    assert said["settings"]["refresh_ms"] == {"value": 500, "origin": "default"}
    lines = run("--config", str(file), "config", "show").stdout.splitlines()
    assert f"max_page_size      70                        {file}" in lines
    assert lines[-1] == f"Settings file: {file}"


def test_secrets_are_not_shown() -> None:
    for arguments in (("config", "show"), ("config", "show", "--json")):
        result = run(*arguments, KARJERA_ADMIN_TOKEN_HASH=HASH)
        assert HASH not in result.output
        assert "set, not shown" in result.output


def test_a_wrong_secret_is_not_shown_either() -> None:
    result = run("config", "show", KARJERA_SESSION_SECRET="hunter2")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: KARJERA_SESSION_SECRET is something else; "
        "allowed is a secret of 32 to 200 characters, as `karjera token` prints one.\n"
    )


def test_a_wrong_value_ends_every_command_with_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("page_size = 0\n")
    result = run("--config", str(file), "index", "status")
    assert result.exit_code == 1
    assert result.stderr == f"Error: page_size in {file} is '0'; allowed is a whole number from 1 to 100.\n"
