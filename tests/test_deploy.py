"""What the files of deploy/ and docs/operations.md name is there."""

import os
import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from flask.testing import FlaskClient

from corpus import Settings
from corpus.configuration import CONFIG
from indexer.generations import IndexFolder
from indexer.runs import begun
from search.cli import karjera

ROOT = Path(__file__).parent.parent
FILES = sorted([*(ROOT / "deploy").iterdir(), ROOT / "docs/operations.md"])
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_settings_that_are_named_are_settings(file: Path) -> None:
    known = {f"KARJERA_{setting.name.upper()}" for setting in fields(Settings)}
    assert set(re.findall(r"KARJERA_[A-Z_]*[A-Z]", file.read_text(encoding="utf-8"))) <= known | {CONFIG}


def test_an_example_of_settings_is_settings() -> None:
    text = (ROOT / "deploy/karjera.env").read_text(encoding="utf-8").replace("#KARJERA_QUERY", "KARJERA_QUERY")
    environment = dict(line.split("=", 1) for line in text.splitlines() if not line.startswith("#"))
    assert Settings.from_environment(environment).query_log == Path("/var/log/karjera/queries.log")


@pytest.mark.parametrize("file", ["deploy/alerts.yml", "docs/operations.md"])
def test_metrics_that_are_named_are_there(client: FlaskClient, settings: Settings, file: str) -> None:
    begun(IndexFolder(settings.index), "sync", os.getpid())
    client.get("/api/v1/search?q=zeppelin")
    said = client.get("/metrics").text
    series = set(re.findall(r"^(karjera_\w+)", said, re.MULTILINE))
    families = set(re.findall(r"^# TYPE (karjera_\w+)", said, re.MULTILINE))
    named = set(re.findall(r"\bkarjera_[a-z_]+", (ROOT / file).read_text(encoding="utf-8")))
    assert named
    assert named <= series | families
    if file.endswith(".md"):
        assert families <= named, "docs/operations.md lists every metric"


def test_every_alert_says_what_is_wrong() -> None:
    rules = yaml.safe_load((ROOT / "deploy/alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    assert len({rule["alert"] for rule in rules}) == len(rules) > 5
    for rule in rules:
        assert rule["annotations"]["summary"].endswith((".", "?"))
        assert rule["labels"]["severity"] in ("page", "ticket")


def test_commands_that_are_shown_are_commands() -> None:
    shown = re.findall(r"^[#$] karjera ([a-z-]+(?: [a-z-]+)?)(?: --?[a-z]+.*| /.*)?$", OPERATIONS, re.MULTILINE)
    assert len(shown) > 5
    for command in set(shown):
        result = CliRunner().invoke(karjera, [*command.split(), "--help"])
        assert result.exit_code == 0, command


def test_files_that_are_named_are_there() -> None:
    for name in set(re.findall(r"(?:deploy/[\w.-]+\w|gunicorn\.conf\.py)", OPERATIONS)):
        assert (ROOT / name).exists() or name == "deploy/karjera", name
    copied = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", copied, re.MULTILINE):
        for source in line.split():
            assert (ROOT / source).exists()
            assert f"!{source}\n" in kept


def test_service_and_container_run_the_same() -> None:
    unit = (ROOT / "deploy/karjera.service").read_text(encoding="utf-8")
    container = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    (started,) = re.findall(r"^ExecStart=\S+/gunicorn (.+)$", unit, re.MULTILINE)
    (command,) = re.findall(r'^CMD \["gunicorn", (.+)\]$', container, re.MULTILINE)
    assert re.findall(r'"([^"]+)"', command.replace("0.0.0.0", "127.0.0.1")) == started.split()
