from datetime import date

import pytest

from corpus import Rejection
from corpus.readers import Draft
from corpus.readers.draft import MAX_ID_CHARS, MAX_VALUE_CHARS

DRAFT = Draft("Heading", "Text.", published=date(2024, 9, 28))


def test_metadata_fills_what_it_names_and_leaves_the_rest() -> None:
    assert DRAFT.with_metadata({"author": "Ona", "lang": "lt", "layout": "post"}) == Draft(
        "Heading", "Text.", published=date(2024, 9, 28), author="Ona", language="lt"
    )


@pytest.mark.parametrize(
    ("name", "field"),
    [("_id", "id"), ("language", "language"), ("url", "source"), ("date", "published")],
)
def test_a_field_has_a_second_name_which_the_first_outweighs(name: str, field: str) -> None:
    first = {"language": "lang"}.get(field, field)
    one, two = ("2026-01-01", "2026-02-02") if field == "published" else ("one", "two")
    assert str(getattr(DRAFT.with_metadata({name: two}), field)) == two
    assert str(getattr(DRAFT.with_metadata({name: two, first: one}), field)) == one


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_name_without_a_value_says_nothing(nothing: str | None) -> None:
    said = {"title": nothing, "id": nothing, "_id": "calls", "date": nothing, "topics": nothing}
    draft = DRAFT.with_metadata(said)
    assert (draft.title, draft.id, draft.published, draft.topics) == ("Heading", "calls", date(2024, 9, 28), ())


def test_a_text_is_one_line_and_a_number_is_a_text() -> None:
    draft = DRAFT.with_metadata({"title": " Working\n  at night ", "_id": 17})
    assert (draft.title, draft.id) == ("Working at night", "17")


@pytest.mark.parametrize("value", [["calls"], {"a": 1}, True, b"calls"])
def test_a_value_that_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(Rejection, match=r"^title is (list|dict|bool|bytes); it has to be a text\."):
        DRAFT.with_metadata({"title": value})


@pytest.mark.parametrize(("name", "limit"), [("id", MAX_ID_CHARS), ("work", MAX_ID_CHARS), ("title", MAX_VALUE_CHARS)])
def test_a_value_may_be_so_long_and_no_longer(name: str, limit: int) -> None:
    assert getattr(DRAFT.with_metadata({name: "x" * limit}), name) == "x" * limit
    with pytest.raises(Rejection, match=f"^{name} has {limit + 1:,} characters; allowed are {limit:,}"):
        DRAFT.with_metadata({name: "x" * (limit + 1)})


@pytest.mark.parametrize("value", ["2026-11-22", " 2026-11-22 ", "2026-11-22T23:59:59Z", "2026-11-22 01:00:00 +02:00"])
def test_a_date_may_have_a_time_of_day(value: str) -> None:
    assert DRAFT.with_metadata({"published": value}).published == date(2026, 11, 22)


@pytest.mark.parametrize("value", ["yesterday", "22.11.2026", "2026-02-29", "0000-01-01", 2026, ["2026-11-22"]])
def test_a_date_that_is_none_is_refused_with_what_is_allowed(value: object) -> None:
    with pytest.raises(Rejection, match=r"^published is .*; allowed is a date like 2026-11-22\.$"):
        DRAFT.with_metadata({"published": value})


@pytest.mark.parametrize("value", [["pay", "Law "], "pay, law", " PAY,law,", ["pay", "law", "pay", ""]])
def test_topics_are_a_list_or_are_separated_by_commas(value: object) -> None:
    draft = DRAFT.with_metadata({"topics": value})
    assert (draft.topics, draft.remarks) == (("pay", "law"), ())


def test_unknown_topics_are_left_out_with_a_remark() -> None:
    draft = DRAFT.with_metadata({"topics": ["gardening", "pay", "cats"]})
    assert draft.topics == ("pay",)
    assert len(draft.remarks) == 1
    assert draft.remarks[0].startswith("left out unknown topics: cats, gardening. Topics are: job-search, cv, ")


def test_a_thousand_unknown_topics_make_a_short_remark() -> None:
    draft = DRAFT.with_metadata({"topics": [f"{number}" * 1000 for number in range(1000)]})
    assert len(draft.remarks[0]) < 500


@pytest.mark.parametrize("value", [5, {"pay": 1}, ["pay", 5], [["pay"]], {"pay"}])
def test_topics_of_another_shape_are_refused(value: object) -> None:
    with pytest.raises(Rejection, match="it has to be a list of topic ids"):
        DRAFT.with_metadata({"topics": value})
