"""The article: one text in one language.

The body is plain text, one block (paragraph, heading, list item) a line; what Markdown or HTML said about it
stands off in `markup` as ranges over that text. So there is one text with one set of offsets for the index,
the snippet and the page, and no markup of an article's author can reach a reader except what a Span can say.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from corpus.markup import Span


@dataclass(frozen=True, slots=True)
class Article:
    """One text in one language, as it is indexed.

    `language` is a code of the language table, `topics` are ids of the topic table. `work` is shared by the
    translations of one another; an article without any is a work of its own. `topics_assigned` tells that
    nobody stated the topics: they follow from the text.
    """

    id: str
    language: str
    title: str
    body: str
    topics: tuple[str, ...] = ()
    published: date | None = None
    author: str = ""
    source: str = ""
    work: str = ""
    markup: tuple[Span, ...] = ()
    topics_assigned: bool = False

    def content_hash(self, text: bytes | None = None) -> str:
        """Return a hash of everything the article itself says; topics that were assigned to it are none of that.

        `text` is title and body in UTF-8, for who has them at hand.
        """
        said = [
            self.id,
            self.language,
            len(self.title),
            () if self.topics_assigned else self.topics,
            self.published.isoformat() if self.published else None,
            self.author,
            self.source,
            self.work,
            [span.as_list() for span in self.markup],
        ]
        if text is None:
            text = f"{self.title}{self.body}".encode("utf-8", "surrogatepass")
        # The texts behind the rest, of which JSON would only take time to make a copy.
        return hashlib.sha256(b"\n".join([json.dumps(said).encode(), text])).hexdigest()
