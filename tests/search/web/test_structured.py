import json
import re
from typing import Any

from flask.testing import FlaskClient

from corpus import Article, Settings
from search.web import create_app
from tests.conftest import MakeEngine


def data_of(page: str) -> dict[str, Any]:
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data: dict[str, Any] = json.loads(found)
    return data


def test_the_start_page_says_how_it_is_searched(client: FlaskClient) -> None:
    action = data_of(client.get("/").text)["potentialAction"]
    assert action["target"]["urlTemplate"] == "http://localhost/?q={search_term_string}"


def test_an_article_says_what_it_is_and_its_translations(client: FlaskClient) -> None:
    data = data_of(client.get("/articles/pl/pay?q=x&ui=en").text)
    assert (data["@type"], data["headline"], data["inLanguage"]) == ("Article", "Rozmowa o podwyżce", "pl")
    assert (data["datePublished"], data["about"]) == ("2026-05-02", ["Pay and benefits"])
    assert data["url"] == "http://localhost/articles/pl/pay"
    assert [other["inLanguage"] for other in data["workTranslation"]] == ["en", "lt"]


def test_nothing_an_author_writes_ends_the_data(make_engine: MakeEngine, settings: Settings) -> None:
    title = "</script><script>alert(1)</script><!-- & '"
    make_engine([Article("a", "und", title, "Text.", author=title, source=f"javascript:{title}")])
    data = data_of(create_app(settings).test_client().get("/articles/a").text)
    assert data["headline"] == data["author"]["name"] == title
    assert "inLanguage" not in data
    assert "isBasedOn" not in data
