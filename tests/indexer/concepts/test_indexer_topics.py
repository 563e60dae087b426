from dataclasses import replace
from itertools import pairwise

import pytest

from corpus import TOPICS, Article, Span
from corpus.glossary import Concept
from indexer.concepts import TopicAssigner
from indexer.concepts.topics import MAX_TOPICS, MOST_CONCEPTS, WITHIN_SHARE, Evidence, Reason, chosen
from tests.indexer.concepts.conftest import Compile

# One concept a topic, so that every topic is as common as the others.
WORDS = {"pay": "salary", "cv": "resume", "wellbeing": "stress", "leadership": "delegation", "law": "contract"}
ALIKE = tuple(Concept(word, topic, {"en": (word,)}, "x.toml") for topic, word in WORDS.items())
# What a topic of one concept multiplies points by: (1 / 40) ** -0.2.
WORTH = 40**0.2


@pytest.fixture
def assigner(compile: Compile) -> TopicAssigner:
    return TopicAssigner(compile(*ALIKE))


def article(title: str, body: str, *headings: str, language: str = "en") -> Article:
    starts = [body.index(heading) for heading in headings]
    markup = tuple(
        Span(start, start + len(heading), "heading", "2") for start, heading in zip(starts, headings, strict=True)
    )
    return Article("a", language, title, body, markup=markup)


def test_everyday_words_say_nothing_of_what_an_article_is_about(compile: Compile) -> None:
    salary = Concept("salary", "pay", {"en": ("salary", "earn")}, "x.toml", everyday={"en": ("earn",)})
    assigner = TopicAssigner(compile(salary))
    assert assigner.topics(article("How to earn respect", "You earn it.")) == ()
    assert assigner.topics(article("A salary", "You earn it.")) == ("pay",)


def test_the_evidence_names_each_concept_where_it_stands_and_what_that_earns(assigner: TopicAssigner) -> None:
    evidence = assigner.evidence(article("Salary", "On stress\nSalaries, a salary. Stress!", "On stress"))
    # Title 4, first mention 0.3, the second 1; heading 1, first mention (the heading's own) 0.3, the second 1.
    pay, stress = round(5.3 * WORTH, 2), round(2.3 * WORTH, 2)
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


def test_a_topic_with_very_many_concepts_does_not_lose_by_still_more(compile: Compile) -> None:
    def points(count: int) -> float:
        more = [
            Concept(f"job-{number}", "occupations", {"en": (f"worker {number}",)}, "x.toml") for number in range(count)
        ]
        return TopicAssigner(compile(*more)).evidence(article("", "A worker 1."))[0].points

    assert points(20) > points(MOST_CONCEPTS) == points(MOST_CONCEPTS + 60)


def test_a_topic_within_another_speaks_for_that_one_too_but_less(assigner: TopicAssigner) -> None:
    cv, search = assigner.evidence(article("", "Resume"))
    assert (cv.topic, search.topic, search.reasons) == ("cv", "job-search", ())
    assert search.points == pytest.approx(cv.points * WITHIN_SHARE, abs=0.01)


def test_a_concept_speaks_for_its_second_topics_as_well_and_is_a_reason_of_each(compile: Compile) -> None:
    overtime = Concept("overtime", "law", {"en": ("overtime",)}, "x.toml", second_topics=("pay",))
    evidence = TopicAssigner(compile(overtime, *ALIKE[:1], *ALIKE[4:])).evidence(article("Overtime", "Overtime."))
    assert [(item.topic, item.points) for item in evidence] == [
        ("pay", round(4.3 * WORTH, 2)),
        ("law", round(4.3 * 20**0.2, 2)),  # of law there are two concepts
    ]
    assert [reason.concept for item in evidence for reason in item.reasons] == ["overtime", "overtime"]


def test_what_is_mentioned_in_passing_is_not_assigned(assigner: TopicAssigner) -> None:
    assert assigner.topics(article("", "A salary.")) == ()
    assert assigner.topics(article("Salary", "Money.")) == ("pay",)
    assert assigner.topics(article("", "Nothing.")) == ()


def test_a_second_topic_needs_a_good_part_of_what_the_first_one_has() -> None:
    evidence = [Evidence("pay", 10, ()), Evidence("law", 6, ()), Evidence("cv", 5.9, ())]
    assert chosen(evidence) == ("pay", "law")
    assert chosen([Evidence(topic, 9, ()) for topic in list(TOPICS)[:5]]) == tuple(TOPICS)[:MAX_TOPICS]
    assert chosen([Evidence("pay", 2.9, ())]) == chosen([]) == ()


def test_topics_that_somebody_stated_are_left_alone(assigner: TopicAssigner) -> None:
    stated = replace(article("Salary", "Salary."), topics=("law",))
    assert assigner.completed(stated) is stated
    completed = assigner.completed(article("Salary", "Salary."))
    assert (completed.topics, completed.topics_assigned) == (("pay",), True)
    assert assigner.completed(replace(completed, title="Stress", body="Stress.")).topics == ("wellbeing",)


def test_a_language_without_concepts_gets_no_topics(assigner: TopicAssigner) -> None:
    completed = assigner.completed(article("Salary", "Salary.", language="ko"))
    assert (completed.topics, completed.topics_assigned) == ((), True)
