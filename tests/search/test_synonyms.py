from search import Engine, SearchRequest
from search.page import Also
from search.synonyms import MAX_FIRST, MAX_REST, OtherWord, other_words


def shown(*also: Also) -> tuple[list[str], list[str]]:
    found = other_words(also)
    return [word.text for word in found.first], [word.text for word in found.rest]


def test_each_language_says_its_preferred_word_and_the_others_wait(knowing: Engine) -> None:
    found = other_words(knowing.search(SearchRequest("call center")).interpretation.also)
    assert found.first == (
        OtherWord("call centre", "en"),
        OtherWord("infolinia", "pl"),  # the preferred Polish term is what was typed
        OtherWord("skambučių centras", "lt"),
    )
    assert found.rest == (OtherWord("hotline", "en"),)


def test_the_readers_own_words_are_not_repeated_in_any_language_or_form() -> None:
    also = Also("CV", "cv", {"en": ("CV", "write a CV", "résumé", "resume"), "pl": ("CV", "życiorys")})
    assert shown(also) == (["résumé", "życiorys"], [])
    assert shown(Also("stress", "stress", {"en": ("stress", "stressed", "work stress")})) == ([], [])


def test_a_word_that_two_languages_or_concepts_share_is_said_once() -> None:
    calls = Also("infolinia", "calls", {"en": ("call center",), "pl": ("call center",)})
    again = Also("hotline", "calls", {"en": ("call center",), "pl": ("call center",)})
    assert shown(calls, again) == (["call center"], [])


def test_several_concepts_share_the_room_and_are_shown_one_after_the_other() -> None:
    codes = ("cs", "de", "en", "es", "fr", "it", "lt", "nl", "pl")
    one = Also("x", "one", {code: (f"one{code}",) for code in codes})
    two = Also("y", "two", {code: (f"two{code}",) for code in codes})
    first, rest = shown(one, two)
    assert first == ["onecs", "onede", "oneen", "onees", "twocs", "twode", "twoen", "twoes"]
    assert len(first) == MAX_FIRST
    assert rest[:2] == ["onefr", "twofr"]
    assert len(rest) == 10


def test_there_is_an_end_to_them() -> None:
    many = Also("x", "many", {"en": tuple(f"{number} words" for number in range(1000))})
    assert len(shown(many)[1]) == MAX_REST


def test_nothing_is_said_of_nothing() -> None:
    assert shown() == ([], [])
