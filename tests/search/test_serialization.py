import json

from corpus import Article
from search import Engine, SearchRequest
from search.page import Segment
from search.serialization import article_json, html, search_json
from tests.conftest import MakeEngine


def test_segments_become_escaped_html() -> None:
    pieces = (Segment("<script>", False), Segment('a "b" & c', True))
    assert html(pieces) == "&lt;script&gt;<mark>a &quot;b&quot; &amp; c</mark>"


def test_a_page_is_json_all_the_way_down(engine: Engine) -> None:
    said = json.loads(json.dumps(search_json(engine.search(SearchRequest("stress qqq", languages=("en",))))))
    assert said["query"] == "stress qqq"
    assert said["filters"] == {"languages": ["en"], "topics": [], "from": None, "to": None}
    assert said["interpretation"]["unknown"] == ["qqq"]
    assert (said["total"], said["complete"], said["page"], said["size"], said["pages"]) == (1, 0, 1, 10, 1)
    [hit] = said["hits"]
    assert hit["id"] == "en/calls"
    assert hit["title"] == "Call center stress"
    assert hit["title_highlighted"]["html"] == "Call center <mark>stress</mark>"
    assert hit["published"] == "2026-03-01"
    assert hit["missing"] == ["qqq"]
    assert {"text": "Stress", "hit": True} in hit["snippet"]["segments"]
    assert {"value": "en", "label": "English", "count": 1, "selected": True} in said["facets"]["languages"]
    assert {"value": "wellbeing", "label": "Health and balance", "count": 1, "selected": False} in said["facets"][
        "topics"
    ]


def test_snippet_html_and_segments_say_the_same(make_engine: MakeEngine) -> None:
    engine = make_engine([Article("a", "en", "<b>Stress</b>", "Stress & <i>strain</i> in a row.")])
    [hit] = search_json(engine.search(SearchRequest("stress")))["hits"]
    assert hit["snippet"]["html"] == "<mark>Stress</mark> &amp; &lt;i&gt;strain&lt;/i&gt; in a row."
    assert "".join(piece["text"] for piece in hit["snippet"]["segments"]) == "Stress & <i>strain</i> in a row."
    assert hit["title_highlighted"]["html"] == "&lt;b&gt;<mark>Stress</mark>&lt;/b&gt;"


def test_an_article_is_whole_with_its_translations(engine: Engine) -> None:
    said = article_json(engine.article("pl/pay"))
    assert said["body"] == "Pracownik pyta o płacę. Kto pyta, zarabia więcej."
    assert [other["id"] for other in said["translations"]] == ["en/pay", "lt/pay"]
