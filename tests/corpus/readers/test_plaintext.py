from datetime import date

import pytest

from corpus import Rejection, Span
from corpus.readers import Draft, read_plaintext


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
