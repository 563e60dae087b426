"""What a run was measured on and under, which stands above its tables."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version

import click

from benchmarks.articles import Corpus

PACKAGES = ("numpy", "whoosh3", "tantivy", "bm25s")

# Over 1, 5 and 15 minutes.
Load = tuple[float, float, float]


def header(corpus: Corpus, load_before: Load) -> tuple[str, ...]:
    """Return what there is to say of a run that has ended."""
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    return (
        f"{corpus.articles:,} articles, {corpus.chars / 1e6:.1f} M characters, {corpus.languages} languages: "
        f"{corpus.origin}.",
        f"Python {platform.python_version()}, {packages}; {os.cpu_count()} processors.",
        f"Load average over 1, 5, 15 minutes: {_said(load_before)} before, {_said(os.getloadavg())} after, this run in "
        "it; *others* below says what took time from it.",
    )


def tell(what: str) -> None:
    """Say on standard error what begins, and under which load."""
    click.echo(f"[load {os.getloadavg()[0]:.2f}] {what}", err=True)


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"


def _said(load: Load) -> str:
    return " ".join(f"{average:.2f}" for average in load)
