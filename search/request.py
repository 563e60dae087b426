"""What is asked: the parameters of a page, an API call or a command, checked once and then trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import lru_cache
from hashlib import sha256
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import Field, StringConstraints, ValidationInfo, create_model, field_validator

from corpus import LANGUAGES, TOPICS, Settings, language_for
from search.cursor import Cursor
from search.parameters import Day, OneOf, Parameters, properties, refused, shown

Sort = Literal["relevance", "newest"]
SORTS: tuple[Sort, ...] = get_args(Sort)

# More of them at once are no choice, and every link of the page would repeat them.
MAX_YEARS = 20
MAX_CHOICES = 100


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search. `query` is what a person typed; empty means every article, newest first.

    `prefer` are the languages that the reader reads, the best-liked first. `collapse`: one hit for each work. `after`:
    the hits that follow where a page ended, instead of a page by its number.
    """

    query: str = ""
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    published_from: date | None = None
    published_to: date | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    years: tuple[int, ...] = ()
    prefer: tuple[str, ...] = ()
    collapse: bool = True
    expand: bool = True
    explain: bool = False
    after: Cursor | None = None

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Sequence[str]], settings: Settings) -> "SearchRequest":
        """Check the parameters of a request, each a list of the texts given; raises BadRequest with all faults."""
        return bounded(SearchParameters, settings).of_texts(parameters).request()

    def identity(self) -> str:
        """Return what tells this search from another: of all that decides which hits there are, and in what order."""
        deciding = (
            self.query,
            sorted(self.languages),
            sorted(self.topics),
            sorted(self.years),
            self.published_from,
            self.published_to,
            self.sort,
            self.prefer,
            self.collapse,
            self.expand,
        )
        return sha256(repr(deciding).encode()).hexdigest()[:16]


def language_code(text: str) -> str | None:
    """Return the code of the language that a person means by a tag, as `pt-BR` or `PL`; None if there is none."""
    language = language_for(text)
    return language.code if language else None


def topic_id(text: str) -> str | None:
    """Return the id of the topic that a person means, None if there is none."""
    return text.lower() if text.lower() in TOPICS else None


Text = Annotated[str, StringConstraints(strip_whitespace=True)]
LanguageCode = Annotated[str, OneOf(tuple(LANGUAGES), language_code)]
Topic = Annotated[str, OneOf(tuple(TOPICS), topic_id)]
Languages = Annotated[list[LanguageCode], Field(max_length=MAX_CHOICES)]


class SearchParameters(Parameters):
    """The parameters of a search, the same for page, command and API; see `bounded` for those of numbers."""

    q: Text = Field(
        "",
        description='The query: words, "phrases", -excluded, OR, prefix*, lang:pl, topic:pay, title:word. '
        "Empty: every article, newest first.",
        examples=["call center stress", '"call center" -bonus'],
    )
    lang: Languages = Field(
        [],
        description="Only articles in these languages; may be repeated, or separated by commas.",
        examples=[["pl", "lt"]],
    )
    topic: Annotated[list[Topic], Field(max_length=MAX_CHOICES)] = Field(
        [],
        description="Only articles on one of these topics; may be repeated, or separated by commas.",
        examples=[["pay"]],
    )
    year: Annotated[list[Annotated[int, Field(ge=1, le=MAXYEAR)]], Field(max_length=MAX_YEARS)] = Field(
        [],
        description="Only articles published in this year; may be repeated, or separated by commas.",
        examples=[[2026]],
    )
    from_: Day = Field(
        None,
        alias="from",
        description="Only articles published on this day or later, as 2026-11-22.",
        examples=["2026-01-01"],
    )
    to: Day = Field(None, description="Only articles published on this day or earlier.", examples=["2026-12-31"])
    expand: bool = Field(
        True, description="false asks for the words as typed only, and not for other words for the same concepts."
    )
    explain: bool = Field(
        False, description="true asks for what each hit's score is made of, and as which translation it ranks."
    )
    prefer: Languages = Field(
        [],
        description="Languages you read, the best-liked first, as pl,en: in which of them a work is shown. No filter.",
        examples=[["pl", "en"]],
    )
    collapse: bool = Field(
        True, description="true: one hit for each work, its translations on it; false: every article is a hit."
    )
    sort: Sort = Field("relevance", description="relevance or newest.")
    size: int = Field(10, ge=1, description="Hits on a page.")
    page: int = Field(1, ge=1, description="Which page of hits, from 1.")

    @field_validator("to")
    @classmethod
    def _the_right_way_round(cls, to: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("from_")
        if first and to and first > to:
            raise refused(f"from is {first}, after to, {to}; exchange them.")
        return to

    @field_validator("page", mode="before")
    @classmethod
    def _within_reach(cls, page: object, info: ValidationInfo) -> object:
        size = info.data.get("size")
        highest = -(-_reach(cls) // size) if size else _reach(cls)
        if isinstance(page, list) or (type(page) is int and 1 <= page <= highest):
            return page
        raise refused(f"page is {shown(page)}; allowed is a whole number from 1 to {highest}.")

    def request(self, prefer: Sequence[str] = ()) -> SearchRequest:
        """Return the search; `prefer` is what the reader reads if the parameters do not say."""
        return SearchRequest(
            query=self.q,
            languages=tuple(dict.fromkeys(self.lang)),
            topics=tuple(dict.fromkeys(self.topic)),
            published_from=self.from_,
            published_to=self.to,
            sort=self.sort,
            page=self.page,
            size=self.size,
            years=tuple(dict.fromkeys(self.year)),
            prefer=tuple(dict.fromkeys(self.prefer or prefer)),
            collapse=self.collapse,
            expand=self.expand,
            explain=self.explain,
        )


# parameter -> what it means: the whole vocabulary of a search.
PARAMETERS: dict[str, str] = {name: schema["description"] for name, schema in properties(SearchParameters).items()}
_LISTS = frozenset(name for name, schema in properties(SearchParameters).items() if schema.get("type") == "array")

Model = TypeVar("Model", bound=Parameters)


def bounded(model: type[Model], settings: Settings) -> type[Model]:
    """Return a model with the bounds that the settings have for `size` and `page`, if it is one of a search."""
    if not issubclass(model, SearchParameters):
        return model
    known: type[Model] = _bounded(model, settings.page_size, settings.max_page_size, settings.max_results)
    return known


@lru_cache(maxsize=64)
def _bounded(model: Any, page_size: int, max_page_size: int, max_results: int) -> Any:
    size, page = (model.model_fields[name].description for name in ("size", "page"))
    reach = f"{page} Size times page reaches no further than {max_results} hits."
    return create_model(
        model.__name__,
        __base__=model,
        size=(int, Field(page_size, ge=1, le=max_page_size, description=size)),
        page=(int, Field(1, ge=1, le=max_results, description=reach)),
    )


def _reach(model: type[Parameters]) -> int:
    reach: int = properties(model)["page"]["maximum"]
    return reach


def forgiving(given: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return what of an address or a form can be meant: parameters of a search, without empty values.

    Of those that have one value it is the last one. A service that asks in JSON is told instead.
    """
    kept: dict[str, list[str]] = {}
    for name in PARAMETERS:
        values = [value for value in given.get(name, ()) if value.strip()]
        if name in _LISTS:
            values = [part for value in values for part in value.split(",") if part.strip()]
        elif values:
            values = values[-1:]
        if values:
            kept[name] = values
    return kept


def preferred(values: Sequence[str]) -> tuple[str, ...]:
    """Return the languages that a reader reads, as parameters name them, in order; raises BadRequest."""
    given = forgiving({"prefer": values})
    return SearchRequest.from_parameters(given, Settings()).prefer if given else ()
