from pathlib import Path

import pytest

from corpus import TOPICS
from corpus.glossary import Concept, read_shipped
from corpus.glossary.shipped import SHIPPED

# Every concept is called something in all of these.
LANGUAGES = ("en", "pl", "lt", "de", "fr", "es", "it", "pt", "nl", "sv", "cs", "uk")


@pytest.fixture(scope="module")
def shipped() -> list[Concept]:
    concepts, flaws = read_shipped()
    assert flaws == []
    return concepts


def test_the_shipped_glossary_names_six_hundred_concepts_in_twelve_languages(shipped: list[Concept]) -> None:
    assert len(shipped) >= 600
    for concept in shipped:
        assert concept.terms.keys() >= set(LANGUAGES), concept.id


def test_every_topic_has_concepts(shipped: list[Concept]) -> None:
    counts = {topic: sum(concept.topic == topic for concept in shipped) for topic in TOPICS}
    assert min(counts.values()) >= 10, counts


def test_the_shipped_concepts_are_nobody_elses(shipped: list[Concept]) -> None:
    assert {concept.attribution for concept in shipped} == {""}
    assert {concept.source for concept in shipped} == {file.name for file in SHIPPED.glob("*.toml")}


def test_a_table_is_a_concept_with_its_terms_in_order(tmp_path: Path) -> None:
    (tmp_path / "areas.toml").write_text(
        '[call-center]\ntopic = "customer-service"\nsecond_topics = ["occupations"]\n'
        'en = ["call center", "hotline"]\nlt = ["skambučių centras"]\n',
        encoding="utf-8",
    )
    terms = {"en": ("call center", "hotline"), "lt": ("skambučių centras",)}
    concept = Concept("call-center", "customer-service", terms, "areas.toml", second_topics=("occupations",))
    assert read_shipped(tmp_path) == ([concept], [])


def test_everyday_words_are_terms_after_the_others(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(
        '[pay]\ntopic = "pay"\nen = ["salary"]\n[pay.everyday]\nen = ["pay", "earn"]\nlt = ["uždirbti"]\n',
        encoding="utf-8",
    )
    [concept], flaws = read_shipped(tmp_path)
    assert (flaws, concept.terms) == ([], {"en": ("salary", "pay", "earn"), "lt": ("uždirbti",)})
    assert concept.everyday == {"en": ("pay", "earn"), "lt": ("uždirbti",)}


def test_a_concept_may_have_a_broader_one_in_whatever_file(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('[bonus]\ntopic = "pay"\nbroader = "salary"\nen = ["bonus"]\n', encoding="utf-8")
    (tmp_path / "y.toml").write_text('[salary]\ntopic = "pay"\nen = ["salary"]\n', encoding="utf-8")
    concepts, flaws = read_shipped(tmp_path)
    assert (flaws, [concept.broader for concept in concepts]) == ([], ["salary", ""])


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("[a", "x.toml: no TOML"),
        (f"a = {'9' * 5_000}", "x.toml: no TOML: a number has too many digits"),
        (f"a = {'[' * 100_000}", "x.toml: no TOML: nested too deeply"),
        ('a = "b"', "x.toml:a: no table"),
        ('[a]\nen = ["x"]', "x.toml:a: it has no topic"),
        ('[a]\ntopic = "pay"\nsecond_topics = "law"\nen = ["x"]', "x.toml:a: its second topics are no list"),
        ('[a]\ntopic = "pay"\nsecond_topics = ["a"]\nen = ["x"]', "x.toml:a: second topic 'a' is not in the table"),
        ('[a]\ntopic = "pay"\nsecond_topics = ["pay"]\nen = ["x"]', "x.toml:a: a topic is there twice"),
        ('[a]\ntopic = "pay"\nen = "x"', "x.toml:a: beside its topics it may have lists of terms only"),
        ('[a]\ntopic = "pay"\neveryday = ["x"]', "x.toml:a: beside its topics it may have lists of terms only"),
        ('[a]\ntopic = "pay"\nen = ["x"]\neveryday = {en = ["X"]}', "x.toml:a:en:X: listed twice"),
        ('[a]\ntopic = "pay"\nbroader = 1\nen = ["x"]', "x.toml:a: its broader concept is no text"),
        ('[a]\ntopic = "pay"\nbroader = "b"\nen = ["x"]', "x.toml:a: its broader concept 'b' is no other one of ours"),
        ('[a]\ntopic = "pay"\nbroader = "a"\nen = ["x"]', "x.toml:a: its broader concept 'a' is no other one of ours"),
        ('[a]\ntopic = "pay"\nen = [1]', "x.toml:a: beside its topics it may have lists of terms only"),
        ('[a]\ntopic = "pay"\nen = ["x", "X"]', "x.toml:a:en:X: listed twice"),
    ],
)
def test_what_is_no_concept_is_said_with_its_place(tmp_path: Path, text: str, flaw: str) -> None:
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    _, flaws = read_shipped(tmp_path)
    assert [str(found)[: len(flaw)] for found in flaws] == [flaw]


def test_a_file_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff")
    (tmp_path / "b.toml").write_text('[x]\ntopic = "pay"\nen = ["salary"]\n')
    concepts, flaws = read_shipped(tmp_path)
    assert [concept.id for concept in concepts] == ["x"]
    assert [flaw.source for flaw in flaws] == ["a.toml"]


def test_an_id_belongs_to_one_file(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text('[x]\ntopic = "pay"\nen = ["salary"]\n')
    _, flaws = read_shipped(tmp_path)
    assert [str(flaw) for flaw in flaws] == ["b.toml:x: defined in a.toml too; merge the two."]
