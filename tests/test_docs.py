"""What the documents say is what the code does."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus import LANGUAGES, LIBRARY, UNDETERMINED
from docs.generate import REFERENCES
from indexer.analysis.endings import ENDINGS
from search.cli import karjera
from search.web.analyses import analysis

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


@pytest.mark.parametrize("name", REFERENCES)
def test_a_reference_is_fresh(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == REFERENCES[name](), "run `make docs`"


def test_the_readme_shows_a_real_answer(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"\$ karjera search \"(.+)\" --size 3\n(.+?)\n```", readme, re.DOTALL)
    assert shown
    environment = {"KARJERA_INDEX": str(tmp_path / "index")}
    assert CliRunner().invoke(karjera, ["index", "build"], env=environment).exit_code == 0
    printed = CliRunner().invoke(karjera, ["search", shown[1], "--size", "3"], env=environment).output
    hits = re.sub(r" \(\d+ ms\)", "", printed).split("\n\nLanguages: ")[0]
    assert hits == shown[2]


def test_the_readme_counts_right() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [row for row in LANGUAGES.values() if row is not UNDETERMINED]
    stemmed = sum(row.stemmer is not None for row in rows)
    *names, last = sorted(row.name for row in rows if row.stemmer in ENDINGS)
    ours = f"{stemmed - len(ENDINGS)} by Snowball; {', '.join(names)} and {last} by endings of our own"
    as_written = sum(analysis(row.code) == "words" for row in rows)
    said = f"**{stemmed} languages are stemmed** ({ours}), {as_written} more are searched by their words as written"
    assert said in " ".join(readme.split())
    assert f"an index of the {len(list(LIBRARY.rglob('*.md')))} articles" in readme


def test_links_between_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_module_the_architecture_names_is_there() -> None:
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    files = {file.name for file in ROOT.rglob("*") if ".venv" not in file.parts}
    for name in re.findall(r"`([a-z_/]+\.(?:py|toml|md))`", architecture):
        assert Path(name).name in files, name
