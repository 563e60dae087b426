from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from corpus import LIBRARY, TOPICS, Article, Collection, Settings, Span
from corpus.glossary import Concept, load_glossary
from indexer.concepts import ConceptTable, TopicAssigner, write_compiled
from indexer.concepts.topics import MAX_TOPICS, Evidence, Reason, chosen
from tests.indexer.concepts.conftest import Compile

# One concept a topic, so that every topic is as common as the others.
WORDS = {"pay": "salary", "cv": "resume", "wellbeing": "stress", "leadership": "delegation", "law": "contract"}
ALIKE = tuple(Concept(word, topic, {"en": (word,)}, "x.toml") for topic, word in WORDS.items())
# What a topic of one concept multiplies points by: (1 / 40) ** -0.3.
WORTH = 40**0.3


@pytest.fixture
def assigner(compile: Compile) -> TopicAssigner:
    return TopicAssigner(compile(*ALIKE))


def article(title: str, body: str, *headings: str, language: str = "en") -> Article:
    starts = [body.index(heading) for heading in headings]
    markup = tuple(
        Span(start, start + len(heading), "heading", "2") for start, heading in zip(starts, headings, strict=True)
    )
    return Article("a", language, title, body, markup=markup)


def test_the_evidence_names_each_concept_where_it_stands_and_what_that_earns(assigner: TopicAssigner) -> None:
    evidence = assigner.evidence(article("Salary", "On stress\nSalaries, a salary. Stress!", "On stress"))
    # Title 2, first mention 0.5, the second 1; heading 2, first mention (the heading's own) 0.5, the second 1.
    pay, stress = round(3.5 * WORTH, 2), round(3.5 * WORTH, 2)
    assert evidence == [
        Evidence("pay", pay, (Reason("salary", "salary", 1, 0, 2, pay),)),
        Evidence("wellbeing", stress, (Reason("stress", "stress", 0, 1, 2, stress),)),
    ]


def test_mentions_earn_less_the_more_there_are(assigner: TopicAssigner) -> None:
    earned = [assigner.evidence(article("", "Salary. " * count))[0].points for count in (1, 2, 3, 4)]
    steps = [after - before for before, after in pairwise(earned)][1:]  # the first mention may be in passing
    assert steps == sorted(steps, reverse=True)


def test_a_concept_of_a_topic_with_few_is_worth_more(compile: Compile) -> None:
    more = [Concept(f"pay-{number}", "pay", {"en": (f"payment {number}",)}, "x.toml") for number in range(9)]
    evidence = TopicAssigner(compile(*ALIKE, *more)).evidence(article("", "Salary, stress."))
    assert [item.topic for item in evidence] == ["wellbeing", "pay"]


def test_a_topic_within_another_speaks_for_that_one_by_half(assigner: TopicAssigner) -> None:
    cv, search = assigner.evidence(article("", "Resume"))
    assert (cv.topic, search.topic, search.reasons) == ("cv", "job-search", ())
    assert search.points == pytest.approx(cv.points / 2, abs=0.01)


def test_what_is_mentioned_in_passing_is_not_assigned(assigner: TopicAssigner) -> None:
    assert assigner.topics(article("", "A salary.")) == ()
    assert assigner.topics(article("Salary", "Money.")) == ("pay",)
    assert assigner.topics(article("", "Nothing.")) == ()


def test_a_second_topic_needs_half_of_what_the_first_one_has() -> None:
    evidence = [Evidence("pay", 12, ()), Evidence("law", 6, ()), Evidence("cv", 5.9, ())]
    assert chosen(evidence) == ("pay", "law")
    assert chosen([Evidence(topic, 9, ()) for topic in list(TOPICS)[:5]]) == tuple(TOPICS)[:MAX_TOPICS]
    assert chosen([Evidence("pay", 3.9, ())]) == chosen([]) == ()


def test_topics_that_somebody_stated_are_left_alone(assigner: TopicAssigner) -> None:
    stated = replace(article("Salary", "Salary."), topics=("law",))
    assert assigner.completed(stated) is stated
    completed = assigner.completed(article("Salary", "Salary."))
    assert (completed.topics, completed.topics_assigned) == (("pay",), True)
    assert assigner.completed(replace(completed, title="Stress", body="Stress.")).topics == ("wellbeing",)


def test_a_language_without_concepts_gets_no_topics(assigner: TopicAssigner) -> None:
    completed = assigner.completed(article("Salary", "Salary.", language="ko"))
    assert (completed.topics, completed.topics_assigned) == ((), True)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> TopicAssigner:
    folder = tmp_path_factory.mktemp("shipped")
    write_compiled(load_glossary(Path(folder, "none")), folder / "concepts")
    return TopicAssigner(ConceptTable(folder / "concepts"))


# Measured: see indexer/concepts/topics.py. What editors give as a second topic is their choice.
def test_the_topics_of_the_library_are_found_without_its_metadata(shipped: TopicAssigner) -> None:
    right: Counter[str] = Counter()
    assigned: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for article in Collection([LIBRARY], Settings()):
        topics = set(shipped.topics(article))
        right[article.language] += len(topics & set(article.topics))
        assigned[article.language] += len(topics)
        given[article.language] += len(article.topics)
    assert right.total() / assigned.total() >= 0.85
    assert right.total() / given.total() >= 0.6
    for language in given:
        assert right[language] / assigned[language] >= 0.7, language
        assert right[language] / given[language] >= 0.5, language
