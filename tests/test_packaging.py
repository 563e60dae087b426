"""What an installed copy needs is in it."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]


@pytest.mark.parametrize("package", sorted(DATA))
def test_every_file_that_is_no_module_is_package_data(package: str) -> None:
    there = {file for file in (ROOT / package).rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc")}
    packed = {file for pattern in DATA[package] for file in (ROOT / package).glob(pattern)}
    assert {str(file.relative_to(ROOT)) for file in there - packed} == set()
