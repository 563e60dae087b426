"""The article: one text in one language.

The body is plain text, one block (paragraph, heading, list item) a line; what Markdown or HTML said about it
stands off in `markup` as ranges over that text. So there is one text with one set of offsets for the index,
the snippet and the page, and no markup of an article's author can reach a reader except what a Span can say.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date

from corpus.markup import Span

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER = json.JSONDecoder()


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

    def whole(self) -> str:
        """Return everything that the article is: a line of JSON for the rest, and behind it title and body."""
        rest = {
            "id": self.id,
            "language": self.language,
            "title_chars": len(self.title),
            "topics": self.topics,
            "published": self.published.isoformat() if self.published else None,
            "author": self.author,
            "source": self.source,
            "work": self.work,
            "markup": [span.as_list() for span in self.markup],
            "topics_assigned": self.topics_assigned,
        }
        # The texts as they are, of which JSON would only take time to make a copy.
        return f"{_ENCODER.encode(rest)}\n{self.title}{self.body}"

    @classmethod
    def of_whole(cls, whole: str) -> "Article":
        """Return the article that is all this."""
        rest, chars = _DECODER.raw_decode(whole)
        body = chars + 1 + rest["title_chars"]
        return cls(
            id=rest["id"],
            language=rest["language"],
            title=whole[chars + 1 : body],
            body=whole[body:],
            topics=tuple(rest["topics"]),
            published=date.fromisoformat(rest["published"]) if rest["published"] else None,
            author=rest["author"],
            source=rest["source"],
            work=rest["work"],
            markup=tuple(Span.from_list(span) for span in rest["markup"]),
            topics_assigned=rest["topics_assigned"],
        )

    def content_hash(self) -> str:
        """Return a hash of everything the article itself says; topics that were assigned to it are none of that."""
        stated = replace(self, topics=(), topics_assigned=False) if self.topics_assigned else self
        return hashlib.sha256(stated.whole().encode("utf-8", "surrogatepass")).hexdigest()
