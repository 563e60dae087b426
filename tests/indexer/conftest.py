"""An index folder of the test's own, and two ways to look at it: publish articles, read what readers would see."""

from collections.abc import Callable

import pytest

from corpus import Article, Settings
from indexer.documents import article_of
from indexer.generations import Generation, IndexFolder
from indexer.writer import write_all


@pytest.fixture
def folder(settings: Settings) -> IndexFolder:
    """A folder without any index yet."""
    return IndexFolder(settings.index)


@pytest.fixture
def publish(folder: IndexFolder) -> Callable[..., Generation]:
    """Put a generation of some articles live, and return it."""

    def publish(*articles: Article, keep: int = 3) -> Generation:
        with folder.lock():
            with folder.new_generation() as index:
                write_all(index, articles)
            return folder.publish(keep)

    return publish


@pytest.fixture
def bodies(folder: IndexFolder) -> Callable[[], dict[str, str]]:
    """Return id -> body of every article that is live now."""

    def bodies() -> dict[str, str]:
        with folder.live().reader() as reader:
            articles = [article_of(reader.stored_fields(number)) for number in reader.all_doc_ids()]
        assert len({article.id for article in articles}) == len(articles)
        return {article.id: article.body for article in articles}

    return bodies
