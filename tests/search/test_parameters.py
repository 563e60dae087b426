from datetime import date
from typing import Annotated

import pytest
from pydantic import Field

from search.errors import BadRequest, Fault
from search.parameters import MAX_FAULTS, Day, OneOf, Parameters, properties, refused, required, shown, unknown

Colour = Annotated[str, OneOf(("red", "green", "blue"))]


class Asked(Parameters):
    name: str = Field(description="Whom.", max_length=5)
    colours: Annotated[list[Colour], Field(max_length=3)] = Field([], description="Which.")
    count: int = Field(1, ge=1, le=9, description="How many.")
    loud: bool = Field(False, description="true shouts.")
    day: Day = Field(None, description="When.")


def faults(values: object) -> dict[str, str]:
    with pytest.raises(BadRequest) as error:
        Asked.of_values(values)
    return {fault.parameter: fault.detail for fault in error.value.faults}


def test_texts_are_read_by_the_types_of_the_model() -> None:
    asked = Asked.of_texts(
        {"name": ["Ada"], "colours": ["red, blue", "green"], "count": [" 3 "], "loud": ["TRUE"], "day": ["2026-02-28"]}
    )
    assert asked == Asked(name="Ada", colours=["red", "blue", "green"], count=3, loud=True, day=date(2026, 2, 28))


def test_a_text_is_no_number_in_json() -> None:
    assert Asked.of_values({"name": "Ada", "count": 3}).count == 3
    assert faults({"name": "Ada", "count": "3"}) == {"count": "count is '3'; allowed is a whole number from 1 to 9."}
    assert faults({"name": "Ada", "count": True}) == {"count": "count is true; allowed is a whole number from 1 to 9."}
    assert faults({"name": "Ada", "loud": 1}) == {"loud": "loud is 1; allowed are true and false."}


def test_what_is_wrong_is_said_by_what_is_allowed() -> None:
    assert faults({"name": "Augusta", "colours": ["red", "pink"], "day": "2026-W01-1", "count": 10}) == {
        "name": "name is 'Augusta'; allowed is a text of 0 to 5 characters.",
        "colours": "colours is 'pink'; allowed are red, green, blue.",
        "day": "day is '2026-W01-1'; allowed is a day like 2026-11-22.",
        "count": "count is 10; allowed is a whole number from 1 to 9.",
    }
    assert faults({}) == {"name": "name is missing; it is needed: Whom."}
    assert faults({"name": "a", "colours": ["red"] * 4}) == {"colours": "colours has 4 values; allowed are 3."}
    assert faults({"name": "a", "colours": "red"}) == {
        "colours": "colours is 'red'; allowed is a list of 0 to 3 values."
    }
    assert faults({"name": "\ud800"}) == {"name": "name is '\\ud800'; allowed is a text of 0 to 5 characters."}


@pytest.mark.parametrize("values", [None, [], "name", 7])
def test_what_is_no_object_is_refused(values: object) -> None:
    assert "allowed is one with any of name, colours, count, loud, day" in faults(values)[""]


def test_an_empty_value_is_no_value() -> None:
    with pytest.raises(BadRequest, match="count is ''; allowed is a whole number from 1 to 9"):
        Asked.of_texts({"name": ["a"], "count": [""]})
    with pytest.raises(BadRequest, match="colours is ''; allowed are red, green, blue"):
        Asked.of_texts({"name": ["a"], "colours": ["red,"]})


def test_what_has_one_value_is_given_once() -> None:
    with pytest.raises(BadRequest, match="count is given 2 times; give it once"):
        Asked.of_texts({"name": ["a"], "count": ["1", "2"]})


def test_an_unknown_parameter_is_told_the_closest_known_one() -> None:
    assert unknown("color", ("colours", "count")) == Fault(
        "color", "There is no parameter 'color'; did you mean colours? Allowed are colours, count."
    )
    assert unknown("zzz", ("colours",)).detail == "There is no parameter 'zzz'. Allowed are colours."
    assert unknown("q", ()).detail == "There is no parameter 'q'. None is allowed here."


def test_however_much_is_wrong_the_answer_is_bounded() -> None:
    with pytest.raises(BadRequest) as error:
        Asked.of_texts({f"{'x' * 5000}{number}": ["y"] for number in range(500)})
    assert len(error.value.faults) == MAX_FAULTS
    assert len(str(error.value)) < 10_000


def test_a_value_is_quoted_and_cut() -> None:
    assert shown("x" * 41) == "'" + "x" * 40 + "…'"
    assert len(shown(list(range(1000)))) == 41


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (2.5, "2.5"),
        (float("inf"), "a number too large to be read"),
        ([], "[]"),
        ({"ą": [None, "'"]}, """{"ą": [null, "'"]}"""),
        (["\ud800"], '["\\ud800"]'),
        ("it's", '"it\'s"'),
    ],
)
def test_a_value_is_quoted_as_who_asked_wrote_it(value: object, text: str) -> None:
    assert shown(value) == text


def test_a_value_that_is_nested_too_deeply_is_told() -> None:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    assert shown(value) == "nested too deeply"


def test_a_validator_may_have_its_own_words() -> None:
    assert refused("Not {today}.").message() == "Not {today}."


def test_the_schema_is_what_a_reference_is_written_from() -> None:
    assert properties(Asked)["colours"] == {
        "type": "array",
        "items": {"type": "string", "enum": ["red", "green", "blue"]},
        "maxItems": 3,
        "default": [],
        "description": "Which.",
    }
    assert properties(Asked)["day"] == {"type": "string", "format": "date", "description": "When."}
    assert required(Asked) == {"name"}
