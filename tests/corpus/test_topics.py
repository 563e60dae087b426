import re
import time
import tomllib
import unicodedata
from collections import Counter
from math import log2
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus.topics
from corpus import LANGUAGES, TOPICS
from corpus.topics import MAX_TOPICS, Evidence, assign_topics, topic_evidence

INTERFACE_LANGUAGES = ("en", "pl", "lt", "de", "fr", "es", "ar")
TABLE: dict[str, dict[str, Any]] = tomllib.loads(
    Path(corpus.topics.__file__).with_name("topics.toml").read_text("utf-8")
)
SIGN_LANGUAGES = sorted({language for row in TABLE.values() for language in row["signs"]})


def words_of(sign: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+\*?", sign.casefold()))


def test_there_are_twelve_to_sixteen_topics() -> None:
    assert 12 <= len(TOPICS) <= 16
    assert list(TOPICS) == list(TABLE)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", id) for id in TOPICS)


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_topic_has_a_label_of_its_own_in_every_language_of_the_interface(language: str) -> None:
    labels = [topic.labels[language] for topic in TOPICS.values()]
    assert all(label == label.strip() != "" for label in labels)
    assert len(set(labels)) == len(TOPICS)


def test_a_language_without_labels_is_shown_english_ones() -> None:
    assert TOPICS["interviews"].label("pl") == "Rozmowy kwalifikacyjne"
    assert TOPICS["interviews"].label("ko") == TOPICS["interviews"].label("en") == "Interviews"


@pytest.mark.parametrize("language", SIGN_LANGUAGES)
def test_a_sign_speaks_for_one_topic_and_can_be_found(language: str) -> None:
    assert language in LANGUAGES
    topics: dict[tuple[str, ...], str] = {}  # the words of a sign -> its topic
    for id, row in TABLE.items():
        for sign in row["signs"].get(language, ()):
            assert sign == unicodedata.normalize("NFC", sign).lower()
            assert re.fullmatch(r"[\w' *-]+", sign) and not re.search(r"\*\w", sign), sign
            # "problem solving" and "problem-solving" are the same words: found once, they would count twice.
            words = words_of(sign)
            assert words not in topics, f"{sign!r} stands under {topics[words]} and under {id}"
            topics[words] = id


@pytest.mark.parametrize("language", ["en", "pl", "lt"])
def test_every_topic_has_signs_in_the_languages_of_the_library(language: str) -> None:
    assert min(len(row["signs"][language]) for row in TABLE.values()) >= 10


def test_the_evidence_names_each_sign_and_how_often_it_was_found() -> None:
    evidence = topic_evidence(
        "en", "Call center stress", "A caller shouts. The call center is loud. Callers want refunds. CALLERS!"
    )
    # In the title 3 for each sign; in the body log2(1 + 1) for a sign found once, log2(1 + 3) for the callers.
    assert evidence == [
        Evidence("customer-service", 3 + 1 + 2 + 1, (("call center*", 2), ("caller*", 3), ("refund*", 1))),
        Evidence("wellbeing", 3, (("stress*", 1),)),
    ]


def test_a_star_covers_inflection() -> None:
    evidence = topic_evidence("pl", "", "Wynagrodzenie i wynagrodzeniem; podwyżka, podwyżki i podwyżkę.")
    assert evidence == [Evidence("pay", round(log2(3) + log2(4), 2), (("podwyżk*", 3), ("wynagrodze*", 2)))]


def test_a_sign_without_a_star_is_only_itself() -> None:
    assert topic_evidence("en", "", "A cv is short.")[0].signs == (("cv", 1),)
    assert topic_evidence("en", "", "The cvx file; a payload.") == []


def test_the_words_of_a_sign_stand_next_to_each_other() -> None:
    assert topic_evidence("en", "", "Net pay")[0].signs == (("net pay", 1), ("pay", 1))
    assert topic_evidence("en", "", "The net takes pay")[0].signs == (("pay", 1),)
    assert topic_evidence("en", "", "She fell into the net") == []


def test_apostrophes_and_hyphens_are_no_letters_of_a_sign() -> None:
    for text in ("L'offre d'emploi", "l’offre d’emploi", "OFFRES D'EMPLOI"):
        assert topic_evidence("fr", "", text)[0].signs == (("offre* d'emploi", 1),)
    assert topic_evidence("en", "", "problem solving")[0].signs == topic_evidence("en", "", "problem-solving")[0].signs


def test_a_topic_mentioned_in_passing_is_not_assigned() -> None:
    assert assign_topics("en", "", "She asked about the salary.") == ()
    assert assign_topics("en", "Salary", "She asked about money.") == ()
    assert assign_topics("en", "Salary", "She asked about the salary.") == ("pay",)
    assert assign_topics("en", "", "Salary, gross and net pay, bonus, payslip.") == ("pay",)


def test_a_second_topic_needs_half_of_what_the_first_one_has() -> None:
    pay = "Salary, bonus, payslip, wages, gross, pension, earnings, remuneration. "  # 8 points
    assert assign_topics("en", "", pay + "Refund, hotline, complaint, headset.") == ("pay", "customer-service")
    assert assign_topics("en", "", pay + "Refund, hotline, complaint.") == ("pay",)
    # With two signs in the title pay has 14 points, so that another topic needs seven.
    service = "Refund, hotline, complaint, headset, caller, upsell"
    assert assign_topics("en", "Salary and wages", f"{pay} {service}.") == ("pay",)
    assert assign_topics("en", "Salary and wages", f"{pay} {service}, cold call.") == ("pay", "customer-service")


def test_the_strongest_come_first_and_at_most_three() -> None:
    pay = "salary bonus payslip wages gross pension "
    service = "refund hotline complaint headset caller "
    cv = "cv europass typo resume "
    interviews = "interviewer candidate recruiter interviewed "
    assert assign_topics("en", "", cv + service + pay + interviews) == ("pay", "customer-service", "cv")
    assert MAX_TOPICS == 3


@pytest.mark.parametrize("language", ["ko", "und"])
def test_a_language_without_signs_gets_no_topics(language: str) -> None:
    assert language not in SIGN_LANGUAGES
    assert topic_evidence(language, "Salary", "Salary, bonus, payslip, wages, gross.") == []
    assert assign_topics(language, "Salary", "Salary, bonus, payslip, wages, gross.") == ()


def test_a_word_of_a_million_letters_takes_no_longer_than_others() -> None:
    started = time.monotonic()
    assert topic_evidence("en", "", "x" * 1_000_000 + " salary")[0].topic == "pay"
    assert time.monotonic() - started < 5


_WORDS = sorted({word.rstrip("*") for row in TABLE.values() for sign in row["signs"]["en"] for word in words_of(sign)})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(["", "", "s", "ing", "-", "'s"])), max_size=40))
def test_looking_signs_up_by_their_first_word_finds_what_trying_each_finds(chosen: list[tuple[str, str]]) -> None:
    text = " ".join(word + ending for word, ending in chosen)
    words = re.findall(r"\w+", text.casefold())
    expected: dict[str, Counter[str]] = {}
    for id, row in TABLE.items():
        for sign in row["signs"]["en"]:
            parts = words_of(sign)
            for at in range(len(words) - len(parts) + 1):
                if all(
                    word.startswith(part[:-1]) if part.endswith("*") else word == part
                    for part, word in zip(parts, words[at:], strict=False)
                ):
                    expected.setdefault(id, Counter())[sign] += 1
    assert {item.topic: dict(item.signs) for item in topic_evidence("en", "", text)} == expected
