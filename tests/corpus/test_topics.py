import re
import tomllib
from pathlib import Path

import pytest

import corpus.topics
from corpus import TOPICS

INTERFACE_LANGUAGES = ("en", "pl", "lt", "de", "fr", "es", "ar")


def test_there_are_twelve_to_sixteen_topics() -> None:
    table = tomllib.loads(Path(corpus.topics.__file__).with_name("topics.toml").read_text("utf-8"))
    assert 12 <= len(TOPICS) <= 16
    assert list(TOPICS) == list(table)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", id) for id in TOPICS)


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_topic_has_a_label_of_its_own_in_every_language_of_the_interface(language: str) -> None:
    labels = [topic.labels[language] for topic in TOPICS.values()]
    assert all(label == label.strip() != "" for label in labels)
    assert len(set(labels)) == len(TOPICS)


def test_a_language_without_labels_is_shown_english_ones() -> None:
    assert TOPICS["interviews"].label("pl") == "Rozmowy kwalifikacyjne"
    assert TOPICS["interviews"].label("ko") == TOPICS["interviews"].label("en") == "Interviews"


def test_a_topic_is_within_one_that_is_within_none() -> None:
    assert TOPICS["cv"].within == "job-search"
    for topic in TOPICS.values():
        assert not topic.within or TOPICS[topic.within].within == ""
