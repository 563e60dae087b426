from datetime import date

import pytest

from corpus import Rejection, Span
from corpus.readers import Draft
from corpus.readers.draft import MAX_TITLE_CHARS
from corpus.readers.plaintext import read_plaintext


def test_scraped_text_is_cleaned() -> None:
    scraped = "• 2024-09-28\n\nStres\n\nStres\n\nAnonim\n\nObjawy\n\nDzwonią bez przerwy."
    assert read_plaintext(scraped) == Draft(
        "Stres", "Objawy\nDzwonią bez przerwy.", (Span(0, 6, "heading", "2"),), published=date(2024, 9, 28)
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n \n", "empty: there is no text in it."),
        ("2024-09-28", "empty: there is no text in it."),
        ("Title", "there is a title but no text under it."),
        ("Title\n\nTitle\n\nAnonim", "there is a title but no text under it."),
    ],
)
def test_a_text_of_which_nothing_is_left_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Rejection, match=reason):
        read_plaintext(text)


def test_a_first_paragraph_too_long_for_a_title_stays_in_the_text() -> None:
    first = "Rest well. " * 50  # 550 characters, one of them a blank that ends it
    draft = read_plaintext(f"2024-09-28\n\n{first}\n\nDuties\n\n- Calls.")
    assert draft.title == "Rest well. Rest well. Rest well. Rest well. Rest well. Rest well. Rest well.…"
    assert draft.body == f"{first.strip()}\nDuties\nCalls."
    assert draft.markup == (Span(550, 556, "heading", "2"), Span(557, 563, "item", "1"))
    assert draft.published == date(2024, 9, 28)


def test_a_first_paragraph_too_long_for_a_title_may_be_all_the_text() -> None:
    draft = read_plaintext("x" * (MAX_TITLE_CHARS + 1))
    assert (draft.title, draft.body) == ("x" * 80 + "…", "x" * (MAX_TITLE_CHARS + 1))
    assert read_plaintext("x" * MAX_TITLE_CHARS + "\n\nText.").body == "Text."
