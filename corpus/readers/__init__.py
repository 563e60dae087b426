"""From the bytes of a file to a draft: what the file says of itself, before anything is filled in.

Each reader is one function that returns a Draft or raises Rejection. Which reader takes which file is decided
by the file's ending, in `corpus.collection`.
"""

from corpus.readers.draft import Draft
from corpus.readers.html import read_html
from corpus.readers.jsonl import read_json_line
from corpus.readers.markdown import read_markdown
from corpus.readers.plaintext import read_plaintext

__all__ = ["Draft", "read_html", "read_json_line", "read_markdown", "read_plaintext"]
