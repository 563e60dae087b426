"""Where a page of hits ended, so that the next one goes on from there, also when the index has changed meanwhile.

A cursor names the state of the index, the search, how many hits came before, and the last of them with what it was
ordered by. As long as the index is the same, the number is enough and exact. Afterwards paging goes on behind the last
hit, where that now stands; if it is no hit any more, behind where it would stand by what it was ordered by then. The
answer says that the index has changed: scores depend on all articles, so a hit near the edge may come twice or not at
all, as it may when articles come and go.

The text of a cursor is readable by whoever decodes it, and checked when it comes back. It is not signed, since all that
a made-up one can do is to begin somewhere.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, TypeAdapter

# Ids of 200 letters that JSON and base64 write longest, and the rest.
MAX_CURSOR_CHARS = 4_000

_Number = Annotated[float, Field(allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class Cursor:
    """The end of a page: `search` is `SearchRequest.identity`, `place` how many hits came up to here.

    `id` and `work` are those of the last hit, and `key` is what it was ordered by, the smaller the earlier.
    """

    index: Annotated[str, Field(max_length=100)]
    search: Annotated[str, Field(max_length=16)]
    place: Annotated[int, Field(ge=1, le=1_000_000_000)]
    id: Annotated[str, Field(max_length=1_000)]
    work: Annotated[str, Field(max_length=1_000)]
    key: Annotated[tuple[_Number, ...], Field(max_length=8)]

    def __str__(self) -> str:
        """Return the text that an address carries."""
        return urlsafe_b64encode(_CURSORS.dump_json(self)).rstrip(b"=").decode()


_CURSORS = TypeAdapter(Cursor)


def cursor_of(text: str) -> Cursor:
    """Return the cursor that a text stands for; raises ValueError if it is none."""
    if len(text) > MAX_CURSOR_CHARS:
        raise ValueError(f"{len(text)} characters; a cursor has at most {MAX_CURSOR_CHARS}")
    decoded = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    return _CURSORS.validate_json(decoded, strict=True)
