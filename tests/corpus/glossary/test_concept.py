import pytest

from corpus.glossary import Concept, Flaw
from corpus.glossary.concept import MAX_TERM_CHARS, MAX_TERMS, concept_flaws


def concept(id: str = "call-center", topic: str = "customer-service", **terms: tuple[str, ...]) -> Concept:
    return Concept(id, topic, terms or {"en": ("call center",)}, "areas.toml")


def test_a_concept_of_terms_in_known_languages_has_no_flaws() -> None:
    assert list(concept_flaws(concept(en=("call center", "hotline"), lt=("skambučių centras",)))) == []


def test_a_concept_is_called_by_its_first_english_term() -> None:
    assert concept(lt=("skambučių centras",), en=("call center", "hotline")).label == "call center"
    assert concept(lt=("skambučių centras",)).label == "skambučių centras"


def test_a_flaw_says_file_concept_language_and_term() -> None:
    assert str(Flaw("pay.toml", "salary", "lt", "alga", "listed twice.")) == "pay.toml:salary:lt:alga: listed twice."
    assert str(Flaw("pay.toml", "salary", "", "", "it has no terms.")) == "pay.toml:salary: it has no terms."


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (concept(id="Call Center"), "its id cannot be used"),
        (concept(id="a" * 81), "its id cannot be used"),
        (concept(topic="gardening"), "topic 'gardening' is not in the table"),
        (concept(xx=("call center",)), "no such language"),
        (concept(und=("call center",)), "no such language"),
        (concept(en=()), "it has 0 terms"),
        (concept(en=tuple(f"term {number}" for number in range(MAX_TERMS + 1))), f"it has {MAX_TERMS + 1} terms"),
        (concept(en=("Hotline", "hotline")), "listed twice"),
        (concept(en=("",)), "an empty term"),
        (concept(en=("call  center",)), "blanks"),
        (concept(en=(" call",)), "blanks"),
        (concept(en=("call\x1b[31m",)), "cannot be printed"),
        (concept(en=("x" * (MAX_TERM_CHARS + 1),)), "allowed are 250"),
        (Concept("empty", "pay", {}, "pay.toml"), "it has no terms"),
    ],
)
def test_what_is_wrong_with_a_concept_is_said(wrong: Concept, reason: str) -> None:
    (flaw,) = concept_flaws(wrong)
    assert reason in flaw.reason
    assert (flaw.source, flaw.concept) == (wrong.source, wrong.id[:80])


def test_one_flaw_does_not_hide_another() -> None:
    assert len(list(concept_flaws(concept(id="A", topic="b", en=("x", "X"), xx=("y",))))) == 4
