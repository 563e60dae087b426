"""JSON lines: one article an object, with its `text` at least.

`text` (or `body`) is plain text, a line a paragraph; `markdown` instead is read as Markdown. The other names
are those of front matter.
"""

import json
from dataclasses import replace

from corpus.errors import Rejection
from corpus.markup import plain_body
from corpus.readers.draft import Draft
from corpus.readers.markdown import markdown_body

# As much of a text's first line as makes a title.
TITLE_CHARS = 80


def read_json_line(line: str) -> Draft:
    """Read one line; raises Rejection if it is no object, or has no text."""
    try:
        said = json.loads(line)
    except ValueError as error:
        raise Rejection(f"not JSON: {error}.") from None
    except RecursionError:
        raise Rejection("not an article: nested too deeply.") from None
    if not isinstance(said, dict):
        found = type(said).__name__
        raise Rejection(f"a {found}; each line has to be an object, like " + '{"title": "…", "text": "…"}.')
    text = next((said[name] for name in ("text", "body", "markdown") if said.get(name) is not None), None)
    if not isinstance(text, str):
        raise Rejection("no text: give the article's text as `text`, `body` or `markdown`.")
    draft = Draft("", "").with_metadata(said)
    heading = ""
    if said.get("text") is None and said.get("body") is None:
        heading, body, markup = markdown_body(text, draft.title)
    else:
        body, markup = plain_body(text.splitlines())
    return replace(draft, title=draft.title or heading or _beginning(body), body=body, markup=markup)


def _beginning(body: str) -> str:
    """Return what an article without a title is listed as: the first words of its text."""
    line = body.split("\n", 1)[0]
    if len(line) <= TITLE_CHARS:
        return line
    return line[:TITLE_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
