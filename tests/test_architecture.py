"""The house rules that a machine can check."""

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Each may import those after it, and itself.
ORDER = ("wsgi", "search", "indexer", "corpus")
PACKAGES = (
    "corpus",
    "corpus.glossary",
    "corpus.readers",
    "indexer",
    "indexer.analysis",
    "indexer.codec",
    "indexer.concepts",
    "search",
    "search.evaluation",
    "search.web",
)


def modules(package: str) -> list[Path]:
    return [ROOT / "wsgi.py"] if package == "wsgi" else sorted((ROOT / package).rglob("*.py"))


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("package", ORDER)
def test_imports_go_one_way(package: str) -> None:
    above = ORDER[: ORDER.index(package)]
    for file in modules(package):
        for name in imported(file):
            assert name.split(".")[0] not in above, f"{file.relative_to(ROOT)} imports {name}"


def test_only_the_web_package_knows_flask() -> None:
    for package in ("corpus", "indexer", "search"):
        for file in modules(package):
            if file.is_relative_to(ROOT / "search/web"):
                continue
            known = {name.split(".")[0] for name in imported(file)} & {"flask", "werkzeug", "jinja2", "markupsafe"}
            assert not known, f"{file.relative_to(ROOT)} imports {known}"


def test_only_few_modules_touch_whoosh() -> None:
    touching = {
        str(file.relative_to(ROOT))
        for package in ("corpus", "indexer", "search")
        for file in modules(package)
        if any(name.split(".")[0] == "whoosh" for name in imported(file))
    }
    # The codec is Whoosh's own interface; beside it there are these.
    assert {name for name in touching if not name.startswith("indexer/codec/")} == {
        "indexer/adding.py",
        "indexer/bulk.py",
        "indexer/generations.py",
        "indexer/lexicon.py",
        "indexer/merging.py",
        "indexer/places.py",
        "indexer/schema.py",
        "indexer/storage.py",
        "indexer/verification.py",
        "indexer/writer.py",
        "search/segment.py",
        "search/snapshot.py",
    }


@pytest.mark.parametrize("package", PACKAGES)
def test_all_names_what_a_package_offers(package: str) -> None:
    module = importlib.import_module(package)
    source = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    offered = {
        alias.asname or alias.name for node in source.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert set(module.__all__) == offered
    assert module.__all__ == sorted(module.__all__, key=lambda name: (not name.isupper(), name[0].islower(), name))


def test_every_module_says_what_it_is() -> None:
    for package in ORDER:
        for file in modules(package):
            assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), file.relative_to(ROOT)


def test_every_test_module_mirrors_a_module() -> None:
    exceptions = {
        "test_accessibility",
        "test_browser",
        "test_codec_documents",
        "test_conformance",
        "test_hostile",
        "test_library",
        "test_oracle",
        "test_performance",
        "test_raw_requests",
        "test_service",
        "test_ways",
        "test_workers",
    }
    for file in (ROOT / "tests").rglob("test_*.py"):
        if file.parent == ROOT / "tests" or file.stem in exceptions:
            continue
        folder = ROOT / file.parent.relative_to(ROOT / "tests")
        stem = file.stem.removeprefix("test_")
        candidates = {stem, stem.removesuffix("_reader"), stem.removesuffix("_cli")}
        candidates |= {stem.removeprefix(f"{package}_") for package in ("analysis", "indexer", "web")}
        assert any((folder / f"{name}.py").exists() for name in candidates) or (folder / "cli.py").exists(), file
