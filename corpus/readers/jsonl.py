"""JSON lines: one article an object, with its `text` at least.

`text` (or `body`) is plain text, a line a paragraph; `markdown` instead is read as Markdown. The other names
are those of front matter.
"""

import json
from dataclasses import replace

from corpus.errors import Rejection
from corpus.markup import plain_body
from corpus.readers.draft import Draft, title_of
from corpus.readers.markdown import markdown_body


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
    name = next((name for name in ("text", "body", "markdown") if said.get(name)), "text")
    text = said.get(name)
    if not isinstance(text, str):
        raise Rejection("no text: give the article's text as `text`, `body` or `markdown`.")
    draft = Draft("", "").with_metadata(said)
    heading = ""
    if name == "markdown":
        heading, body, markup = markdown_body(text, draft.title)
    else:
        body, markup = plain_body(text.splitlines())
    return replace(draft, title=draft.title or heading or title_of(body), body=body, markup=markup)
