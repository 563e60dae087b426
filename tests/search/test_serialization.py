import json
from dataclasses import replace

from corpus import Article
from search import Engine, SearchRequest, answers
from search.page import Segment
from search.serialization import (
    HIT_FIELDS,
    MAX_FOUND_WORDS,
    article_json,
    explanation_json,
    html,
    search_json,
    similar_json,
    suggestions_json,
)
from tests.conftest import SLIPS, MakeEngine


def test_segments_become_escaped_html() -> None:
    pieces = (Segment("<script>", False), Segment('a "b" & c', True))
    assert html(pieces) == "&lt;script&gt;<mark>a &quot;b&quot; &amp; c</mark>"


def test_a_page_is_json_all_the_way_down(engine: Engine) -> None:
    said = json.loads(json.dumps(search_json(engine.search(SearchRequest("stress qqq", languages=("en",))))))
    assert said["query"] == "stress qqq"
    assert said["filters"] == {"languages": ["en"], "topics": [], "years": [], "from": None, "to": None}
    assert said["interpretation"]["unknown"] == ["qqq"]
    assert (said["total"], said["complete"], said["page"], said["size"], said["pages"]) == (1, 0, 1, 10, 1)
    [hit] = said["hits"]
    assert hit["id"] == "en/calls"
    assert hit["title"] == "Call center stress"
    assert hit["title_highlighted"]["html"] == "Call center <mark>stress</mark>"
    assert hit["published"] == "2026-03-01"
    assert hit["missing"] == ["qqq"]
    assert hit["translations"] == [{"id": "lt/calls", "language": "lt"}, {"id": "pl/calls", "language": "pl"}]
    assert {"text": "Stress", "hit": True} in hit["snippet"]["segments"]
    assert {"value": "en", "label": "English", "count": 1, "selected": True} in said["facets"]["languages"]
    assert {"value": "wellbeing", "label": "Health and balance", "count": 1, "selected": False} in said["facets"][
        "topics"
    ]
    assert said["facets"]["years"] == [{"value": "2026", "label": "2026", "count": 1, "selected": False}]


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


def test_what_the_reader_may_have_meant_is_a_query_and_what_it_finds(make_engine: MakeEngine) -> None:
    said = search_json(make_engine(SLIPS).search(SearchRequest("<kierownig>")))["interpretation"]["did_you_mean"]
    assert said == {"query": "<kierownik>", "complete": 7}
    assert search_json(make_engine(SLIPS).search(SearchRequest("kierownik")))["interpretation"]["did_you_mean"] is None


def test_suggestions_say_where_they_lead(engine: Engine) -> None:
    assert suggestions_json(engine.suggest("nocy")) == {
        "suggestions": [
            {"text": "Praca w nocy", "kind": "title", "language": "pl", "article_id": "pl/night", "concept": None}
        ]
    }


def test_what_was_looked_for_besides_and_instead_is_said(knowing: Engine) -> None:
    said = search_json(knowing.search(SearchRequest("call center stresz")))
    assert said["expand"] is True
    assert said["interpretation"]["also"] == [
        {
            "words": "call center",
            "concept": "call-center",
            "terms": {
                "en": ["call center", "call centre", "hotline"],
                "pl": ["call center", "infolinia"],
                "lt": ["skambučių centras"],
            },
        }
    ]
    [replaced] = said["interpretation"]["replaced"]
    assert (replaced["word"], replaced["kind"]) == ("stresz", "typo")
    assert {"stres", "stress"} <= set(replaced["instead"])
    plain = search_json(knowing.search(SearchRequest("call center", expand=False)))
    assert (plain["expand"], plain["interpretation"]["also"]) == (False, [])


def test_a_hit_is_explained_only_when_asked(engine: Engine) -> None:
    request = SearchRequest("stress", languages=("en",))
    [hit] = search_json(engine.search(request))["hits"]
    assert "explanation" not in hit
    [hit] = search_json(engine.search(replace(request, explain=True)))["hits"]
    said = json.loads(json.dumps(hit["explanation"]))
    assert (said["id"], said["language"], said["absence"], said["missing"]) == ("en/calls", "en", None, [])
    [group] = said["groups"]
    assert group["found"] == [
        {"text": "stress", "tier": "exact", "field": "title", "count": 1},
        {"text": "stress", "tier": "exact", "field": "body", "count": 1},
    ]
    assert group["contribution"] == said["score"] == hit["score"]


def test_an_explanation_has_an_end(make_engine: MakeEngine) -> None:
    engine = make_engine([Article("a", "en", "Words", " ".join(f"wor{number:03}x" for number in range(300)))])
    [group] = explanation_json(engine.explain(SearchRequest("wor*"), "a"))["groups"]
    assert len(group["found"]) == MAX_FOUND_WORDS
    assert group["more"] == 301 - MAX_FOUND_WORDS


def test_similar_articles_say_what_a_link_needs(engine: Engine) -> None:
    assert similar_json(engine.similar("en/pay", 1, ("pl",))) == {
        "similar": [
            {
                "id": "pl/night",
                "language": "pl",
                "title": "Praca w nocy",
                "topics": ["wellbeing"],
                "published": "2026-07-02",
                "work": "night",
            }
        ]
    }


def test_a_hit_has_the_fields_that_are_documented() -> None:
    assert list(HIT_FIELDS) == [name for name in answers.Hit.__annotations__ if name != "explanation"]


def test_a_hit_has_only_the_fields_asked_for_in_their_order(engine: Engine) -> None:
    page = engine.search(SearchRequest("stress", languages=("en",), explain=True))
    [hit] = search_json(page, ("score", "id"))["hits"]
    assert list(hit) == ["score", "id", "explanation"]
