import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Collection, Settings
from corpus.cleaning import BYLINE_LINES, clean_scraped, without_site_name
from corpus.markup import BLOCK_KINDS

# Everything that scraping leaves around an article, in the order and with the blank lines of real pages.
POLISH = """• 2024-03-07

Konsultant infolinii - na czym polega praca

Reklama banku – Rozmowa z konsultantem

Reklama banku – Rozmowa z konsultantem

Spisu treści:

Anonim

Konsultant odbiera telefony i odpowiada na pytania klientów. Najlepsi w
call center mówią spokojnie.

Szybkie fakty

  • Zmiana trwa osiem godzin.
  • Rozmów jest około stu: większość to skargi.

Powiązane zawody

Zawód Opis Zarobki
Kasjer Przyjmuje wpłaty 5 000 zł
Sprzedawca Doradza klientom 5 200 zł

Źródła: ogłoszenia o pracy (odwiedzono 2 marca 2024 r.).


Ciekawe artykuły

Praca na wyspach

Praca na wyspach

Gdzie szukać pracy latem i ile można zarobić.

Jan Nowak i jego garnitury: recenzja książki

Jan Nowak i jego garnitury: recenzja książki

Poznaj historię krawca, który ubierał aktorów.

Emerytura bez tajemnic

Emerytura bez tajemnic

Dowiedz się, kiedy można przejść na emeryturę."""

LITHUANIAN = """Pardavėjo darbas: kas laukia

Turinys:

Anonim

Pardavėjas bendrauja su pirkėjais ir pataria, ką rinktis.

$config[code] not found

Mokymai

Daug ko išmokstama jau dirbant.

Dienos vaizdo įrašas

Atnešė jums draugai

Darbo laikas

Savaitgaliais dirbama dažnai."""


def lines(*body: str) -> str:
    """Return a scraped text of a title and some lines, blank lines between them."""
    return "\n\n".join(("Title", *body))


def body(*scraped: str) -> list[str]:
    return clean_scraped(lines(*scraped)).body.split("\n")


def test_a_polish_page_gives_its_article() -> None:
    cleaned = clean_scraped(POLISH)
    assert cleaned.title == "Konsultant infolinii - na czym polega praca"
    assert cleaned.published == date(2024, 3, 7)
    assert cleaned.body.split("\n") == [
        "Konsultant odbiera telefony i odpowiada na pytania klientów. Najlepsi w call center mówią spokojnie.",
        "Szybkie fakty",
        "Zmiana trwa osiem godzin.",
        "Rozmów jest około stu: większość to skargi.",
        "Powiązane zawody",
        "Zawód Opis Zarobki",
        "Kasjer Przyjmuje wpłaty 5 000 zł",
        "Sprzedawca Doradza klientom 5 200 zł",
        "Źródła: ogłoszenia o pracy (odwiedzono 2 marca 2024 r.).",
    ]
    marked = [(span.kind, span.value, cleaned.body[span.start : span.end]) for span in cleaned.markup]
    assert marked == [
        ("heading", "2", "Szybkie fakty"),
        ("item", "1", "Zmiana trwa osiem godzin."),
        ("item", "1", "Rozmów jest około stu: większość to skargi."),
        ("heading", "2", "Powiązane zawody"),
    ]


def test_a_lithuanian_page_gives_its_article() -> None:
    cleaned = clean_scraped(LITHUANIAN)
    assert cleaned.title == "Pardavėjo darbas: kas laukia"
    assert cleaned.published is None
    assert cleaned.body.split("\n") == [
        "Pardavėjas bendrauja su pirkėjais ir pataria, ką rinktis.",
        "Mokymai",
        "Daug ko išmokstama jau dirbant.",
        "Darbo laikas",
        "Savaitgaliais dirbama dažnai.",
    ]
    headings = [cleaned.body[span.start : span.end] for span in cleaned.markup if span.kind == "heading"]
    assert headings == ["Mokymai", "Darbo laikas"]


@pytest.mark.skipif("KARJERA_DATA" not in os.environ, reason="KARJERA_DATA names no folder with seeds/")
def test_the_seeds_give_their_articles() -> None:
    articles = {
        article.language: article for article in Collection([Path(os.environ["KARJERA_DATA"], "seeds")], Settings())
    }
    assert articles.keys() == {"pl", "lt"}
    assert articles["pl"].title == "Przedstawiciel obsługi klienta - opis pracy"
    assert articles["pl"].published == date(2024, 9, 28)
    assert articles["lt"].title == "Klientų aptarnavimo darbo vietų privalumai ir trūkumai"
    assert "zwłaszcza jeśli pracujesz w call center" in articles["pl"].body
    for article in articles.values():
        assert article.title not in article.body
        for furniture in ("Nigel Barker", "Spisu treści", "Turinys", "Anonim", "not found"):
            assert furniture not in article.body


@pytest.mark.parametrize(
    ("first", "published"),
    [
        ("2024-09-28", date(2024, 9, 28)),
        ("• 2024-09-28", date(2024, 9, 28)),
        ("- 2024-02-29", date(2024, 2, 29)),
    ],
)
def test_a_date_above_the_title_is_when_it_was_published(first: str, published: date) -> None:
    cleaned = clean_scraped(f"{first}\n\n• Title\n\nText.")
    assert (cleaned.title, cleaned.body, cleaned.published) == ("Title", "Text.", published)


def test_a_date_within_the_text_is_text() -> None:
    cleaned = clean_scraped(lines("2024-09-28", "Text."))
    assert (cleaned.body, cleaned.published) == ("2024-09-28\nText.", None)


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    assert clean_scraped("2023-02-29\n\nText.").published is None


@pytest.mark.parametrize("text", ["", "\n \n", "2024-09-28"])
def test_no_text_gives_no_title(text: str) -> None:
    cleaned = clean_scraped(text)
    assert (cleaned.title, cleaned.body) == ("", "")


def test_a_repeated_title_goes_wherever_it_stands() -> None:
    assert body("TITLE:", "Text.", "• Title", "More.") == ["Text.", "More."]


@pytest.mark.parametrize(
    "residue",
    [
        "$config[code] not found",
        "{{ article.title }}",
        "{% include ad %}",
        "<?php the_content(); ?>",
        "[gallery id=3]",
        "[/caption]",
        "%AUTHOR%",
        "undefined",
        "Anonim",
        "admin",
        "АНОНІМ",
        "Unknown author:",
    ],
)
def test_what_a_template_left_goes(residue: str) -> None:
    assert body("One.", residue, "Two.") == ["One.", "Two."]


@pytest.mark.parametrize(
    "sentence",
    [
        "The pay is $5 [sic] an hour.",
        "$100 a day is not much",
        "Anonim is Polish for “nobody told us”.",
        "The admin answers calls.",
        "Turnover was 20% in 2024 and 30% in 2025",
    ],
)
def test_a_sentence_that_looks_like_it_stays(sentence: str) -> None:
    assert body("One.", sentence, "Two.") == ["One.", sentence, "Two."]


@pytest.mark.parametrize("label", ["Anonim", "Administrator", "АНОНІМ:"])
def test_a_byline_stands_near_the_top_and_in_no_list(label: str) -> None:
    before = [f"Line {number}." for number in range(2, BYLINE_LINES)]  # with the title, all but one of those lines
    assert body(*before, label, "Last.") == [*before, "Last."]
    assert body("One.", *before, label, "Last.") == ["One.", *before, label, "Last."]
    assert body("One.", f"• {label}", "Two.", f"- {label}") == ["One.", label, "Two.", label]


@pytest.mark.parametrize("residue", ["$config[code] not found", "{{ title }}", "null"])
def test_what_a_template_left_is_no_title(residue: str) -> None:
    for text in (f"{residue}\n\n2024-09-28\n\nTitle\n\nText.", f"2024-09-28\n\n{residue}\n\nTitle\n\nText."):
        cleaned = clean_scraped(text)
        assert (cleaned.title, cleaned.body, cleaned.published) == ("Title", "Text.", date(2024, 9, 28))
    assert clean_scraped(residue).title == ""


@pytest.mark.parametrize("label", ["Contents", "Table of contents:", "Spis treści", "TURINYS:", "目次", "المحتويات"])
def test_an_empty_table_of_contents_goes(label: str) -> None:
    assert body(label, "Text.") == ["Text."]


@pytest.mark.parametrize(
    "entries", [("Duties", "Pay"), ("• Duties\n• Pay",), ("Duties\nPay",)], ids=["blank lines", "bullets", "rows"]
)
def test_the_entries_of_a_table_of_contents_go_and_the_headings_they_name_stay(entries: tuple[str, ...]) -> None:
    assert body("Contents", *entries, "Duties", "You answer calls.", "Pay", "It is low.") == [
        "Duties", "You answer calls.", "Pay", "It is low.",
    ]  # fmt: skip


def test_a_sentence_about_contents_stays() -> None:
    assert body("Contents of a good CV: pay no attention.") == ["Contents of a good CV: pay no attention."]


def test_the_caption_of_a_video_goes_with_its_label() -> None:
    assert body("Video of the day", "Brought to you by friends", "Duties", "Calls.") == ["Duties", "Calls."]
    assert body("Film dnia:", "Obowiązki", "Telefony.") == ["Obowiązki", "Telefony."]


def test_what_follows_a_video_without_a_caption_stays() -> None:
    assert body("Video of the day", "Callers are many.", "Duties", "Calls.") == [
        "Callers are many.",
        "Duties",
        "Calls.",
    ]


def test_a_line_that_stands_twice_running_is_a_caption() -> None:
    assert body("A video", "A video", "One.", "Two.", "Three.") == ["One.", "Two.", "Three."]


def test_a_line_that_comes_again_later_stays() -> None:
    assert body("Rest", "One.", "Rest", "Two.") == ["Rest", "One.", "Rest", "Two."]


@pytest.mark.parametrize(
    "teasers",
    [
        ("More", "Cats", "Cats", "All about cats.", "Dogs", "Dogs", "All about dogs."),
        ("More", "Cats", "Cats", "Dogs", "Dogs"),
        ("More", "Cats", "Cats", "Cats", "All about cats.", "Dogs", "Dogs", "Dogs", "All about dogs."),
        ("Cats\nCats\nAll about cats.\nDogs\nDogs\nAll about dogs.",),
    ],
    ids=["with summaries", "without", "three times each", "in one block"],
)
def test_teasers_at_the_end_go_with_the_heading_over_them(teasers: tuple[str, ...]) -> None:
    assert body("One.", "Two.", *teasers) == ["One.", "Two."]


def test_one_doubled_line_at_the_end_is_no_list_of_teasers() -> None:
    assert body("One.", "A video", "A video", "Two.") == ["One.", "A video", "Two."]
    assert body("A video", "A video", "A video", "One.") == ["One."]


def test_doubled_lines_with_an_article_after_them_are_no_teasers() -> None:
    assert body("A", "A", "One.", "Two.", "B", "B", "Three.", "Four.") == [
        "One.", "Two.", "B", "Three.", "Four.",
    ]  # fmt: skip


def test_a_heading_that_was_copied_twice_stays_once() -> None:
    cleaned = clean_scraped(lines("One.", "Duties", "Duties", "Two.", "Pay", "Pay:", "Pay", "Three.", "Four."))
    assert cleaned.body.split("\n") == ["One.", "Duties", "Two.", "Pay", "Three.", "Four."]
    headings = [cleaned.body[span.start : span.end] for span in cleaned.markup]
    assert headings == ["Duties", "Pay"]


def test_before_the_first_sentence_both_lines_of_a_pair_go() -> None:
    assert body("Duties", "A video", "A video", "One.", "Two.", "Three.") == ["Duties", "One.", "Two.", "Three."]
    assert body("One.", "One.", "Two.", "Three.", "Four.") == ["One.", "Two.", "Three.", "Four."]


def test_a_sentence_that_copying_broke_is_joined() -> None:
    assert body("Night workers\nsleep by day.\nThey are many.") == ["Night workers sleep by day.", "They are many."]
    assert body("Працівники\nсплять удень.") == ["Працівники сплять удень."]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(line_end: str) -> None:
    cleaned = clean_scraped(line_end.join(["Title", "", "Duties", " \t", "Calls.", "Mail."]))
    assert cleaned.body == "Duties\nCalls.\nMail."
    assert [span.kind for span in cleaned.markup] == ["heading"]


def test_lists_are_items_and_steps() -> None:
    cleaned = clean_scraped(lines("• Rest\n- Sleep\n1. Listen\n2) Answer", "2024. was long."))
    marked = [(span.kind, span.value, cleaned.body[span.start : span.end]) for span in cleaned.markup]
    assert marked == [("item", "1", "Rest"), ("item", "1", "Sleep"), ("step", "1", "Listen"), ("step", "2", "Answer")]
    assert cleaned.body.endswith("\n2024. was long.")


@pytest.mark.parametrize("line", ["Calls.", "Calls:", "Calls – " + "many " * 30, "„Dzwonią”", "- Calls", "1. Calls"])
def test_a_sentence_or_a_list_item_is_no_heading(line: str) -> None:
    assert not any(span.kind == "heading" for span in clean_scraped(lines(line, "Text.")).markup)


def test_the_last_line_is_no_heading() -> None:
    assert clean_scraped(lines("Text.", "The end")).markup == ()


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("Tellers : Occupational Outlook Handbook", "Tellers", "Tellers"),
        ("Handbook | Tellers", "Tellers", "Tellers"),
        ("  Night\n work ", "", "Night work"),
        ("", "Night work", "Night work"),
        ("NIGHT WORK - Site", "Night  work", "Night work"),
        ("How to ask for pay and get it", "Pay", "How to ask for pay and get it"),
        ("Working at night", "Blog", "Working at night"),
        ("Site - Night work | Blog", "Night work", "Night work"),
        ("Night work: a guide", "Night work", "Night work"),
        ("Night work: a guide | Site", "Night work: a guide", "Night work: a guide"),
        ("Site » Call center - opis pracy", "Call center - opis pracy", "Call center - opis pracy"),
        ("Night-work in call centres | Site", "Night", "Night-work in call centres | Site"),
        ("Working at night | Site", "at night", "Working at night | Site"),
        ("C++ (advanced) | Site", "C++ (advanced)", "C++ (advanced)"),
        ("", "", ""),
    ],
)
def test_the_name_of_the_site_leaves_the_title(title: str, heading: str, expected: str) -> None:
    assert without_site_name(title, heading) == expected


_LINES = st.sampled_from(
    [
        "Title",
        "Contents",
        "Rest",
        "Rest:",
        "• Rest",
        "1. Rest",
        "One.",
        "Two.",
        "rest",
        "Anonim",
        "2024-09-28",
        "",
        "{{x}}",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_LINES, max_size=20), st.sampled_from(["\n", "\n\n"]))
def test_cleaning_only_takes_away(chosen: list[str], between: str) -> None:
    text = between.join(chosen)
    cleaned = clean_scraped(text)
    assert set(cleaned.body.split()) <= set(text.split())
    assert "" not in cleaned.body.split("\n") or cleaned.body == ""
    for span in cleaned.markup:
        assert span.kind in BLOCK_KINDS and cleaned.body[span.start : span.end] in cleaned.body.split("\n")


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_random_text_never_raises(text: str) -> None:
    cleaned = clean_scraped(text)
    assert cleaned.title or not cleaned.body
