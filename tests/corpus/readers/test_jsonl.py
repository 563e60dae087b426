import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Rejection, Span
from corpus.readers import Draft
from corpus.readers.draft import TITLE_CHARS
from corpus.readers.jsonl import read_json_line


def read(**said: object) -> Draft:
    return read_json_line(json.dumps(said))


def test_the_names_are_those_of_front_matter() -> None:
    said = '{"_id": "calls", "lang": "en", "title": "Calls", "date": "2026-05-18", "topics": ["pay"], "url": "https://e.org/"}'
    assert read_json_line(said.replace("}", ', "text": "They never stop.", "score": 5}')) == Draft(
        "Calls", "They never stop.", (), "calls", "en", ("pay",), date(2026, 5, 18), source="https://e.org/"
    )


@pytest.mark.parametrize("name", ["text", "body"])
def test_a_line_of_the_text_is_a_paragraph_and_no_markdown(name: str) -> None:
    draft = read(title="Calls", **{name: "# They\r\n\n  never *stop*. "})
    assert (draft.body, draft.markup) == ("# They\nnever *stop*.", ())


def test_text_outweighs_body_and_body_outweighs_markdown() -> None:
    assert read(markdown="m", body="b", text="t").body == "t"
    assert read(markdown="m", body="b", text=None).body == "b"


@pytest.mark.parametrize("nothing", [None, ""])
def test_the_first_that_says_something_is_the_text(nothing: str | None) -> None:
    assert read(text=nothing, body="b", markdown="m").body == "b"
    assert read(text=nothing, body=nothing, markdown="*m*").markup == (Span(0, 1, "em"),)
    assert read(body=nothing, markdown="m").body == "m"


def test_markdown_is_read_as_markdown() -> None:
    draft = read(title="Calls", markdown="# Calls\n\nThey *never* stop, [do they](javascript:alert(1))?")
    assert draft.title == "Calls"
    assert draft.body == "They never stop, [do they](javascript:alert(1))?"
    assert draft.markup == (Span(5, 10, "em"),)


def test_the_heading_of_markdown_is_the_title_where_none_is_given() -> None:
    draft = read(markdown="# Calls\n\nThey never stop.")
    assert (draft.title, draft.body) == ("Calls", "They never stop.")


def test_without_a_title_the_text_begins_its_own() -> None:
    assert read(text="Calls never stop.\nThey do not.").title == "Calls never stop."
    long = "calls, " * 20
    assert read(text=long).title == ("calls, " * 11).rstrip(", ") + "…"
    assert read(text="x" * 200).title == "x" * TITLE_CHARS + "…"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "not JSON"),
        ("{'text': 'x'}", "not JSON"),
        ('{"text": "x"} {"text": "y"}', "not JSON"),
        ('{"text": "x", "n": ' + "9" * 5000 + "}", "not JSON"),
        ("[" * 200_000 + "]" * 200_000, "nested too deeply"),
        ('{"a":' * 200_000, "nested too deeply"),
        ("null", "has to be an object"),
        ('["text"]', "has to be an object"),
        ("{}", "no text"),
        ('{"text": 5}', "no text"),
        ('{"text": ["a", "b"]}', "no text"),
        ('{"text": null, "markdown": {}}', "no text"),
        ('{"text": "x", "title": ["y"]}', "title is list"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_article_is_refused_with_the_reason(line: str, reason: str) -> None:
    with pytest.raises(Rejection, match=reason) as error:
        read_json_line(line)
    assert len(str(error.value)) < 300


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=5), values, max_size=3),
    max_leaves=5,
)
_NAMES = st.sampled_from(["id", "_id", "title", "lang", "text", "body", "markdown", "date", "topics", "author", "work"])


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(_NAMES, _VALUES, max_size=6))
def test_random_values_are_read_or_refused(said: dict[str, object]) -> None:
    try:
        draft = read_json_line(json.dumps(said))
    except Rejection:
        return
    assert all(0 <= span.start < span.end <= len(draft.body) for span in draft.markup)
