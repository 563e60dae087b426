import pytest

from corpus import Article, Settings
from corpus.glossary import Concept, Glossary
from search import Engine, SearchRequest
from search.correction import MAX_CORRECTED
from tests.conftest import MakeEngine, make_knowing


def test_so_many_unknown_words_are_looked_at_and_the_page_says_so(make_engine: MakeEngine) -> None:
    words = [f"zeppelin{letter}" for letter in "abcdefgh"]
    engine = make_engine([Article("a", "en", "Title", " ".join(words))])
    query = " ".join(word.replace("ppe", "pe") for word in words)
    typed = engine.search(SearchRequest(query)).interpretation
    assert len(typed.replaced) == MAX_CORRECTED
    assert len(typed.unknown) == len(words) - MAX_CORRECTED
    assert [str(note) for note in typed.notes] == [
        f"Other spellings were looked for of the first {MAX_CORRECTED} unknown words only."
    ]


def test_few_unknown_words_need_no_note(engine: Engine) -> None:
    typed = engine.search(SearchRequest("stresss nightt")).interpretation
    assert len(typed.replaced) == 2
    assert typed.notes == ()


def test_a_word_is_not_taken_for_itself_because_its_concept_is_called_by_several_words(settings: Settings) -> None:
    concept = Concept("x", "pay", {"en": ("home office with children", "working with kids")}, "x.toml")
    engine = make_knowing(settings, Glossary((concept,)), [Article("a", "en", "Working", "Working with a desk.")])
    typed = engine.search(SearchRequest("working with kids")).interpretation
    assert [also.concept for also in typed.also] == ["x"]
    assert (typed.unknown, typed.replaced) == (("kids",), ())


def test_the_name_of_a_concept_is_spelled_right_though_no_article_has_it(settings: Settings) -> None:
    pilot = Concept("pilot", "job-search", {"en": ("pilot",), "pl": ("kapitan statku",)}, "x.toml")
    articles = [Article("a", "en", "Pivot tables", "How to pivot.")]
    typed = make_knowing(settings, Glossary((pilot,)), articles).search(SearchRequest("pilot")).interpretation
    assert (typed.unknown, typed.replaced) == (("pilot",), ())
    typed = make_knowing(settings, Glossary(()), articles).search(SearchRequest("pilot")).interpretation
    assert [replaced.instead for replaced in typed.replaced] == [("pivot",)]


def test_a_mistyped_name_of_a_concept_is_looked_for_in_other_words_too(settings: Settings) -> None:
    letter = Concept("cover-letter", "job-search", {"en": ("cover letter",), "pl": ("list motywacyjny",)}, "x.toml")
    articles = [
        Article("en/letter", "en", "A cover letter", "A letter, sooner or later."),
        Article("en/later", "en", "Later", "Later."),
        Article("pl/letter", "pl", "List motywacyjny", "Jak go napisać."),
    ]
    engine = make_knowing(settings, Glossary((letter,)), articles)
    page = engine.search(SearchRequest("cover leter"))
    # "Later" is the more common word, but only the other one names something.
    assert [replaced.instead for replaced in page.interpretation.replaced] == [("later", "letter")]
    assert [(also.words, also.concept) for also in page.interpretation.also] == [("cover leter", "cover-letter")]
    assert [hit.id for hit in page.hits][:2] == ["en/letter", "pl/letter"]
    assert [segment.text for segment in engine.article("pl/letter", "cover leter").title if segment.hit] == [
        "List motywacyjny"
    ]
    assert engine.search(SearchRequest("cover leter", expand=False)).interpretation.also == ()


@pytest.mark.parametrize(
    ("query", "taken_for"),
    [("shfit work", "shift"), ("shift wrok", "work"), ("shift wrok night", "work"), ("shift wok", "work")],
)
def test_a_short_word_is_taken_for_one_that_makes_the_name_of_a_concept(
    query: str, taken_for: str, settings: Settings
) -> None:
    shift = Concept("shift-work", "pay", {"en": ("shift work",), "de": ("Schichtarbeit",)}, "x.toml")
    articles = [Article("a", "en", "Working in shifts", "A shift is work at night, with a word in the wood.")]
    page = make_knowing(settings, Glossary((shift,)), articles).search(SearchRequest(query))
    assert [replaced.instead for replaced in page.interpretation.replaced] == [(taken_for,)]
    assert [also.concept for also in page.interpretation.also] == ["shift-work"]


@pytest.mark.parametrize("query", ["wrok", "night wrok", '"shift" wrok', "shift wko", "wo shift", "shift wrd"])
def test_another_short_word_is_not_corrected(query: str, settings: Settings) -> None:
    # Alone it has no neighbour; wko is two letters away; wo is too short; "shift word" is the name of nothing.
    shift = Concept("shift-work", "pay", {"en": ("shift work", "wark", "we shift")}, "x.toml")
    articles = [Article("a", "en", "Working in shifts", "A shift we work at night, with a word in the wood.")]
    page = make_knowing(settings, Glossary((shift,)), articles).search(SearchRequest(query))
    assert page.interpretation.replaced == ()
    assert page.interpretation.unknown == tuple(word for word in query.split() if word.startswith("w"))
