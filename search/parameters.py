"""How parameters are checked: a pydantic model says what there is, and from its schema follow the messages.

A model takes JSON values and is strict about them. What an address or a command gives is text, which is first decoded
by the types of that schema: `true`, `3`, `pl,lt`. So each parameter has one description, for whoever asks in text, for
whoever asks in JSON, and for the reference.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema
from rapidfuzz import fuzz, process

from search.errors import BadRequest, Fault

# Faults that are told at once, and characters of a value or name that are shown.
MAX_FAULTS = 20
SHOWN_CHARS = 40
# Below this likeness (of 100) of two names, one is no slip of the other.
MIN_LIKENESS = 55
# A number with more digits is beyond every bound, and int() takes quadratic time over long ones.
_MAX_DIGITS = 9

_FLAGS = {"true": True, "false": False}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Schema = Mapping[str, Any]


class Parameters(BaseModel):
    """Base of what can be asked; a field's alias is its parameter's name."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, frozen=True)

    @classmethod
    def of_texts(cls, texts: Mapping[str, Sequence[str]], elsewhere: Mapping[str, str] | None = None) -> Self:
        """Check parameters that each are a list of the texts given; raises BadRequest with all their faults.

        Those that stand elsewhere, in the path of an address, may not be among the texts.
        """
        known = elsewhere or {}
        given = {**texts, **{name: [text] for name, text in known.items()}}
        allowed = [name for name in properties(cls) if name not in known]
        misplaced = [unknown(name, allowed) for name in texts if name in known]
        return cls._checked(_decoded(given, properties(cls)), allowed, misplaced)

    @classmethod
    def of_values(cls, values: object) -> Self:
        """Check JSON values; raises BadRequest with all their faults."""
        if not isinstance(values, dict):
            allowed = ", ".join(properties(cls))
            raise BadRequest(Fault("", f"{shown(values)} is no object; allowed is one with any of {allowed}."))
        return cls._checked(values, list(properties(cls)), [])

    @classmethod
    def _checked(cls, values: dict[str, object], allowed: Sequence[str], faults: Sequence[Fault]) -> Self:
        try:
            checked = cls.model_validate(values)
        except ValidationError as error:
            found = [_fault(said, properties(cls), allowed) for said in error.errors(include_url=False)[:MAX_FAULTS]]
            raise BadRequest(*[*faults, *found][:MAX_FAULTS]) from None
        if faults:
            raise BadRequest(*faults)
        return checked


@lru_cache(maxsize=64)
def properties(model: type[Parameters]) -> dict[str, dict[str, Any]]:
    """Return the JSON schema of each parameter of a model, in order; its description is what the reference says."""
    schema = model.model_json_schema()
    found: dict[str, dict[str, Any]] = {}
    for name, row in schema["properties"].items():
        kept = {key: value for key, value in row.items() if key not in ("title", "anyOf")}
        for kind in row.get("anyOf", ()):  # a value, or None
            if kind != {"type": "null"}:
                kept |= kind
        if kept.get("default", ...) is None:  # not given
            del kept["default"]
        found[name] = kept
    return found


def required(model: type[Parameters]) -> frozenset[str]:
    """Return the names of the parameters that have to be given."""
    return frozenset(field.alias or name for name, field in model.model_fields.items() if field.is_required())


@dataclass(frozen=True, slots=True)
class OneOf:
    """Annotates a text that is one of some names; `meant` says which of them a person means, or None."""

    names: tuple[str, ...]
    meant: Callable[[str], str | None] | None = None

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return how pydantic checks it."""
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return how a schema says it."""
        return {"type": "string", "enum": list(self.names)}

    def _check(self, value: object) -> str:
        found = (self.meant(value) if self.meant else value) if isinstance(value, str) else None
        if found not in self.names:
            raise ValueError("not among them")
        return found


def _day(value: object) -> object:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return value


# A day that may be missing.
Day = Annotated[date | None, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]


def refused(message: str) -> PydanticCustomError:
    """Return the error of a validator that says in its own words what is wrong."""
    return PydanticCustomError("refused", "{message}", {"message": message})


def unknown(name: str, allowed: Iterable[str]) -> Fault:
    """Return the fault of a parameter that there is not."""
    names = list(allowed)
    closest = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=MIN_LIKENESS) if names else None
    meant = f"; did you mean {closest[0]}?" if closest else "."
    listed = f"Allowed are {', '.join(names)}." if names else "None is allowed here."
    return Fault(name[:SHOWN_CHARS], f"There is no parameter {shown(name)}{meant} {listed}")


def refuse_any(names: Iterable[str]) -> None:
    """Raise BadRequest for parameters where there are none."""
    faults = [unknown(name, ()) for name in names]
    if faults:
        raise BadRequest(*faults[:MAX_FAULTS])


def shown(value: object) -> str:
    """Return a value as a message quotes it, cut: text in quotation marks, other values as JSON writes them."""
    text = value if isinstance(value, str) else _as_json(value)
    cut = text[:SHOWN_CHARS] + ("…" if len(text) > SHOWN_CHARS else "")
    return repr(cut) if isinstance(value, str) else cut


def _as_json(value: object) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return "a number too large to be read"  # 1e400: what was written is not known any more
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "nested too deeply"
    return text.encode("utf-8", "backslashreplace").decode()  # half a surrogate pair


def _decoded(texts: Mapping[str, Sequence[str]], schemas: Mapping[str, Schema]) -> dict[str, object]:
    """Return JSON values for texts; what is not written like its type stays as it is, to be refused."""
    values: dict[str, object] = {}
    for name, given in texts.items():
        if not given:
            continue
        schema = schemas.get(name, {})
        if schema.get("type") == "array":
            parts = (part.strip() for text in given for part in text.split(","))
            values[name] = [_value(part, schema["items"].get("type")) for part in parts]
        else:
            values[name] = _value(given[0], schema.get("type")) if len(given) == 1 else list(given)
    return values


def _value(text: str, kind: str | None) -> object:
    written = text.strip()
    if kind == "integer" and written.isascii() and written.isdecimal() and len(written) <= _MAX_DIGITS:
        return int(written)
    if kind == "boolean":
        return _FLAGS.get(written.lower(), text)
    return text  # as it came: the id of an article may begin or end with a blank


def _fault(said: ErrorDetails, schemas: Mapping[str, Schema], allowed: Iterable[str]) -> Fault:
    name = str(said["loc"][0])
    value, kind = said["input"], said["type"]
    if kind == "extra_forbidden":
        return unknown(name, allowed)
    schema = schemas[name]
    if kind == "refused":
        return Fault(name, said["msg"])
    if kind == "missing":
        return Fault(name, f"{name} is missing; it is needed: {schema['description']}")
    if kind == "too_long" and schema.get("type") == "array":
        return Fault(name, f"{name} has {len(value)} values; allowed are {schema['maxItems']}.")
    if isinstance(value, list) and schema.get("type") != "array":
        return Fault(name, f"{name} is given {len(value)} times; give it once.")
    within = schema["items"] if len(said["loc"]) > 1 else schema
    return Fault(name, f"{name} is {shown(value)}; allowed {_allowed(within)}.")


def _allowed(schema: Schema) -> str:
    if "enum" in schema:
        names = schema["enum"]
        return "are " + (" and ".join(names) if len(names) < 3 else ", ".join(names))
    match schema.get("type"):
        case "integer":
            return f"is a whole number from {schema['minimum']} to {schema['maximum']}"
        case "boolean":
            return "are true and false"
        case "array":
            return f"is a list of {schema.get('minItems', 0)} to {schema['maxItems']} values"
    if schema.get("format") == "date":
        return "is a day like 2026-11-22"
    if "maxLength" in schema:
        return f"is a text of {schema.get('minLength', 0)} to {schema['maxLength']} characters"
    return "is a text of Unicode characters"
