"""A way to compile concepts and open the result."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.glossary import Concept, Glossary
from indexer.concepts import ConceptTable, write_compiled
from tests.indexer.concepts.handful import CONCEPTS

Compile = Callable[..., ConceptTable]


@pytest.fixture
def compile(tmp_path: Path) -> Compile:
    """Compile some concepts, CONCEPTS by default, and open the result."""

    def compile(*concepts: Concept) -> ConceptTable:
        file = tmp_path / "concepts"
        write_compiled(Glossary(concepts or CONCEPTS), file)
        return ConceptTable(file)

    return compile


@pytest.fixture
def table(compile: Compile) -> ConceptTable:
    """CONCEPTS compiled."""
    return compile()
