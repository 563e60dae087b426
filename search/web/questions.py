"""What the API can be asked beside a search: the parameters of each endpoint."""

from dataclasses import replace
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, field_validator

from search.cursor import MAX_CURSOR_CHARS, Cursor, cursor_of
from search.errors import BadRequest, Fault
from search.parameters import OneOf, Parameters, refused, shown
from search.request import LanguageCode, Languages, SearchParameters, SearchRequest, Text
from search.serialization import HIT_FIELDS
from search.web.catalogues import INTERFACE_LANGUAGES

SUGGESTIONS, MAX_SUGGESTIONS = 8, 20
SIMILAR, MAX_SIMILAR = 5, 20
MAX_BATCH = 50
# The body of a batch: some 50 requests with the longest of queries.
MAX_BODY_BYTES = 262_144
# Longer than any reader of files lets an id be, and short enough for an address, percent-encoded.
MAX_ID_CHARS = 500

Id = Annotated[str, Field(min_length=1, max_length=MAX_ID_CHARS)]
HitField = Annotated[str, OneOf(tuple(HIT_FIELDS))]
InterfaceLanguage = Annotated[str, OneOf(tuple(sorted(INTERFACE_LANGUAGES)))]

# Of an article that ships with Karjera.
EXAMPLE_ID = "en/call-center-stress"


def _cursor(value: object) -> object:
    if value is None or isinstance(value, Cursor):
        return value
    try:
        return cursor_of(str(value))
    except ValueError:
        raise refused(f"cursor is {shown(value)}; allowed is the `next` of an answer, whole.") from None


class SearchQuestion(SearchParameters):
    """A search, of which some fields may be chosen, and which may go on behind a page."""

    cursor: Annotated[
        Cursor | None,
        BeforeValidator(_cursor),
        WithJsonSchema(
            {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "minLength": 1, "maxLength": MAX_CURSOR_CHARS}
        ),
    ] = Field(
        None,
        description="Where to go on: `next` of the answer before, to the same search. It holds when the index has "
        "changed meanwhile, which the answer then says. Not beside a `page` behind the first.",
    )
    fields: Annotated[list[HitField], Field(max_length=len(HIT_FIELDS))] = Field(
        [],
        description="Which fields each hit is to have; may be repeated, or separated by commas. None: all.",
        examples=[["id", "title", "snippet"]],
    )

    @field_validator("cursor")
    @classmethod
    def _beside_no_page(cls, cursor: Cursor | None, info: ValidationInfo) -> Cursor | None:
        if cursor and info.data.get("page", 1) != 1:
            raise refused(f"cursor and page ({info.data['page']}) exclude each other; leave one of them out.")
        return cursor

    def request(self, prefer: Any = ()) -> SearchRequest:
        """Return the search; raises BadRequest if the cursor is of another one."""
        asked = super().request(prefer)
        if self.cursor is None:
            return asked
        if self.cursor.search != asked.identity():
            raise BadRequest(
                Fault(
                    "cursor",
                    "cursor is of another search; allowed is one of the same query, filters, sort, expand, collapse "
                    "and languages read (prefer, else Accept-Language). Leave it out to begin anew.",
                )
            )
        return replace(asked, after=self.cursor)


class ExplanationQuestion(SearchParameters):
    """A search, and an article that may be a hit of it."""

    id: Id = Field(description="The id of an article, as a search names it.", examples=[EXAMPLE_ID])


class SuggestQuestion(Parameters):
    """What was typed so far."""

    q: Text = Field("", description="What was typed so far.", examples=["stres"])
    prefer: Languages = Field(
        [],
        description="Languages you read: suggestions in them come first, then those in `lang`.",
        examples=[["pl", "en"]],
    )
    lang: LanguageCode | None = Field(
        None, description="The language of the page: after `prefer`, before Accept-Language.", examples=["pl"]
    )
    size: int = Field(SUGGESTIONS, ge=1, le=MAX_SUGGESTIONS, description="Most suggestions.")


class ArticleQuestion(Parameters):
    """An article."""

    id: Id = Field(description="The id of an article, as a search names it.", examples=[EXAMPLE_ID])


class SimilarQuestion(ArticleQuestion):
    """An article that others are like."""

    prefer: Languages = Field(
        [], description="Languages you read, the best-liked first; else Accept-Language.", examples=[["pl", "en"]]
    )
    size: int = Field(SIMILAR, ge=1, le=MAX_SIMILAR, description="Most articles.")


class LabelsQuestion(Parameters):
    """In which language to name things."""

    ui: InterfaceLanguage | None = Field(
        None, description="The language of labels; else Accept-Language, else English.", examples=["pl"]
    )


class NoQuestion(Parameters):
    """Nothing."""


class BatchQuestion(Parameters):
    """Searches, each as checked as if it came alone."""

    requests: Annotated[
        list[Any],
        Field(min_length=1, max_length=MAX_BATCH),
        WithJsonSchema(
            {
                "type": "array",
                "minItems": 1,
                "maxItems": MAX_BATCH,
                "items": {"type": "object", "title": "SearchQuestion"},
            }
        ),
    ] = Field(
        description=f"Searches, at most {MAX_BATCH}: their parameters as JSON values, lists as lists.",
        examples=[
            [
                {"q": "call center stress", "size": 2, "fields": ["id", "title"]},
                {"q": "pracownik", "lang": ["pl"], "from": "2026-01-01", "size": 1},
            ]
        ],
    )
