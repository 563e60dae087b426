from collections.abc import Sequence
from typing import get_args

from search import Engine, SearchRequest
from search.page import Explanation, FoundWord, GroupExplanation
from search.planning import Tier
from search.reasons import MAX_WORDS, WAYS, How, Reason, lacking, reasons


def explained(*groups: tuple[str, Sequence[FoundWord]]) -> Explanation:
    return Explanation(
        "a", "en", tuple(GroupExplanation(label, tuple(found), 0.5, False) for label, found in groups), 0, 1
    )


def test_every_tier_is_a_way() -> None:
    assert set(WAYS) == {tier.name.lower() for tier in Tier} | {"row", "instead"}
    assert get_args(How) == WAYS


def test_a_word_is_said_once_with_its_places_under_how_it_was_found(engine: Engine) -> None:
    # en/calls: "Call center stress", "Calls never stop. Stress grows in a call center."
    [call, stress] = reasons(engine.explain(SearchRequest("call stress"), "en/calls"))
    assert call.ways == (("exact", (Reason("call", 1, 1),)), ("stem", (Reason("calls", 0, 1),)))
    assert stress.ways == (("exact", (Reason("stress", 1, 1),)),)
    assert (call.label, call.more, call.common) == ("call", 0, False)
    assert call.contribution > 0


def test_another_word_for_the_same_is_told_from_the_readers_own(knowing: Engine) -> None:
    [call, center] = reasons(knowing.explain(SearchRequest("call center"), "lt/calls"))
    assert [how for how, _ in call.ways] == ["glossary"]
    assert call.ways == center.ways
    # That "call center" is a term of the concept is no news to who typed it.
    [call, _] = reasons(knowing.explain(SearchRequest("call center"), "pl/calls"))
    assert call.ways == (("exact", (Reason("call", 1, 1),)),)


def test_a_phrase_is_words_in_a_row_and_a_star_the_beginning_of_a_word(engine: Engine) -> None:
    [phrase] = reasons(engine.explain(SearchRequest('"call center"'), "en/calls"))
    assert phrase.ways == (("row", (Reason("call center", 1, 1),)),)
    [star] = reasons(engine.explain(SearchRequest("stre*"), "pl/calls"))
    assert star.ways == (("prefix", (Reason("stres", 1, 1),)),)


def test_only_the_best_words_are_shown_and_the_others_counted() -> None:
    found = [FoundWord(f"w{number}", "stem", "body", number) for number in range(1, 31)]
    [group] = reasons(explained(("w", [*found, FoundWord("w", "exact", "body", 1)])))
    assert group.ways[0] == ("exact", (Reason("w", 0, 1),))
    assert [reason.text for reason in group.ways[1][1]] == ["w30", "w29", "w28", "w27"]
    assert group.more == 31 - MAX_WORDS


def test_what_an_article_lacks_is_what_it_has_nothing_for(engine: Engine) -> None:
    assert lacking(engine.explain(SearchRequest("call qqq"), "en/calls")) == ("qqq",)
    assert lacking(engine.explain(SearchRequest("the qqq"), "en/calls")) == ("qqq",)  # "the" need not be there
    assert lacking(engine.explain(SearchRequest("the qqq"), "pl/calls")) == ("qqq",)  # nor in Polish
