import pytest

from benchmarks.articles import Corpus, prepare

ARTICLES = 60


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A generated corpus, prepared as a run does it."""
    return prepare(tmp_path_factory.mktemp("corpus") / "articles.jsonl", None, ARTICLES)
