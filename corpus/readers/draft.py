"""An article as its file tells it, and the checks on what its metadata says.

YAML front matter and JSON lines say the same things under the same names, so they are checked in one place.
What is wrong with a value that an article needs rejects it; a topic nobody knows is only reported.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from corpus.errors import Rejection
from corpus.markup import Span
from corpus.topics import TOPICS

MAX_ID_CHARS = 200
MAX_TITLE_CHARS = 500
MAX_VALUE_CHARS = 1_000
# As much of a text's first line as makes a title.
TITLE_CHARS = 80

# The name a value may have -> the draft's field. Several names, for the files that exist already.
_TEXT_FIELDS = {
    "id": "id",
    "_id": "id",
    "lang": "language",
    "language": "language",
    "title": "title",
    "author": "author",
    "source": "source",
    "url": "source",
    "work": "work",
}
_DATE_FIELDS = ("published", "date")


@dataclass(frozen=True, slots=True)
class Draft:
    """What one input says; an empty value is for others to fill in. `remarks` are problems that skip nothing."""

    title: str
    body: str
    markup: tuple[Span, ...] = ()
    id: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    published: date | None = None
    author: str = ""
    source: str = ""
    work: str = ""
    folder_language: str = ""  # that of the folder it lies in, if its name is a language's
    remarks: tuple[str, ...] = ()

    def with_metadata(self, metadata: Mapping[str, object]) -> "Draft":
        """Return the draft with what the metadata says; names it does not know are somebody else's."""
        texts: dict[str, str] = {}
        for name, target in _TEXT_FIELDS.items():
            if target not in texts and metadata.get(name) is not None and (text := _text(name, metadata[name])):
                texts[target] = text
        published = next((metadata[name] for name in _DATE_FIELDS if metadata.get(name)), None)
        topics, remarks = _topics(metadata.get("topics"))
        return replace(
            self,
            topics=topics or self.topics,
            published=_date(published) if published else self.published,
            remarks=self.remarks + remarks,
            **texts,  # type: ignore[arg-type]  # the names are those of Draft's text fields
        )


def _text(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise Rejection(f"{name} is {type(value).__name__}; it has to be a text. Quote it.")
    text = " ".join(str(value).split())
    limit = MAX_ID_CHARS if name in ("id", "_id", "work") else MAX_VALUE_CHARS
    if len(text) > limit:
        raise Rejection(f"{name} has {len(text):,} characters; allowed are {limit:,}.")
    return text


def _date(value: object) -> date:
    try:
        return date.fromisoformat(str(value).strip()[:10])  # a time of day may follow
    except ValueError:
        shown = str(value)[:40]
        raise Rejection(f"published is {shown!r}; allowed is a date like 2026-11-22.") from None


def _topics(value: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if value is None:
        return (), ()
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Rejection(f"topics is {type(value).__name__}; it has to be a list of topic ids, like [pay, law].")
    chosen = dict.fromkeys(name.strip().lower() for name in names if name.strip())
    known = tuple(name for name in chosen if name in TOPICS)
    unknown = sorted(chosen.keys() - TOPICS.keys())
    if not unknown:
        return known, ()
    shown = ", ".join(name[:40] for name in unknown[:5])
    return known, (f"left out unknown topics: {shown}. Topics are: {', '.join(TOPICS)}.",)


def title_of(body: str) -> str:
    """Return what an article without a title is listed as: the first words of its text."""
    line = body.split("\n", 1)[0].strip()
    if len(line) <= TITLE_CHARS:
        return line
    return line[:TITLE_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
