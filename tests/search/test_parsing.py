from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import Settings
from search.parsing import Excluded, Group, Operand, parse


def groups(query: str) -> tuple[Group, ...]:
    return parse(query, Settings()).groups


def word(text: str) -> Group:
    return Group(text, (Operand(text),))


def test_words_are_a_group_each() -> None:
    assert groups("call center  stress") == (word("call"), word("center"), word("stress"))


@pytest.mark.parametrize("query", ['"call center"', "„call center”", "„call center“", "“call center”", "«call center»"])
def test_a_phrase_stands_in_any_kind_of_quotation_marks(query: str) -> None:
    assert groups(query) == (Group(query, (Operand("call center", phrase=True),)),)


def test_an_unclosed_quotation_mark_is_no_syntax() -> None:
    assert groups('"call center') == (word("call"), word("center"))


def test_a_hyphen_before_a_word_or_phrase_excludes_it() -> None:
    parsed = parse('praca -biuro -"call center"', Settings())
    assert parsed.groups == (word("praca"),)
    assert parsed.excluded == (
        Excluded("biuro", Operand("biuro")),
        Excluded('"call center"', Operand("call center", phrase=True)),
    )


def test_a_lone_hyphen_and_one_inside_a_word_exclude_nothing() -> None:
    parsed = parse("call-center - e-mail", Settings())
    assert parsed.excluded == ()
    assert parsed.groups == (word("call-center"), word("e-mail"))


def test_or_joins_what_stands_beside_it() -> None:
    joined = Group("CV OR résumé", (Operand("CV"), Operand("résumé")))
    assert groups("CV OR résumé tips") == (joined, word("tips"))


def test_or_takes_all_that_was_typed_on_its_left() -> None:
    joined = Group("職場環境 OR 仕事", (Operand("職場環境", phrase=True), Operand("仕事")))
    assert groups("職場環境 OR 仕事") == (joined,)


def test_an_or_beside_a_filter_or_an_exclusion_joins_nothing() -> None:
    assert groups("stres lang:pl OR lang:lt") == (word("stres"), word("OR"))
    assert groups("pay OR -stress") == (word("pay"),)


@pytest.mark.parametrize("query", ["OR stress", "stress OR", "OR"])
def test_or_without_two_sides_is_a_word(query: str) -> None:
    assert [group.label for group in groups(query)] == query.split()


def test_small_or_is_a_word() -> None:
    assert groups("cv or resume") == (word("cv"), word("or"), word("resume"))


def test_a_star_at_the_end_asks_for_a_beginning() -> None:
    assert groups("stres*") == (Group("stres*", (Operand("stres", prefix=True),)),)


def test_a_star_may_follow_a_mark() -> None:
    assert groups("नौकरी*") == (Group("नौकरी*", (Operand("नौकरी", prefix=True),)),)


def test_a_star_alone_asks_for_nothing() -> None:
    assert groups("* ** praca") == (word("praca"),)


def test_fields_narrow_the_language_the_topic_and_the_title() -> None:
    parsed = parse('lang:pl TOPIC:Pay title:stres title:"call center" lang:pt-BR', Settings())
    assert parsed.languages == ("pl", "pt")
    assert parsed.topics == ("pay",)
    assert [group.operands[0] for group in parsed.groups] == [
        Operand("stres", title=True),
        Operand("call center", phrase=True, title=True),
    ]


def test_fields_may_list_several_and_may_exclude() -> None:
    parsed = parse("stres lang:pl,lt -lang:en -topic:pay", Settings())
    assert parsed.languages == ("pl", "lt")
    assert (parsed.other_languages, parsed.other_topics) == (("en",), ("pay",))
    assert parsed.groups == (word("stres"),)


@pytest.mark.parametrize("query", ["???", "“", "***", "😀"])
def test_a_query_without_a_word_says_what_it_shows(query: str) -> None:
    parsed = parse(query, Settings())
    assert parsed.groups == ()
    assert "no word in the query" in str(parsed.notes[0])


@pytest.mark.parametrize("query", ["lang:klingon", "topic:gardening", "color:red"])
def test_a_field_or_value_nobody_knows_is_words(query: str) -> None:
    parsed = parse(query, Settings())
    assert parsed.languages == parsed.topics == ()
    assert [group.label for group in parsed.groups] == query.split(":")


def test_a_run_without_spaces_is_a_group_for_each_bigram() -> None:
    assert [group.label for group in groups("職場のAI")] == ["職場", "場の", "AI"]


def test_the_same_word_twice_is_asked_for_once() -> None:
    assert groups("praca praca") == (word("praca"),)


def test_a_query_over_the_limits_is_cut_and_says_so() -> None:
    parsed = parse("word" * 500, Settings(max_query_chars=20))
    assert parsed.groups == (word("word" * 5),)
    assert [str(note) for note in parsed.notes] == ["Only the first 20 characters of the query were used."]
    parsed = parse("a b c d", Settings(max_query_words=2))
    assert parsed.groups == (word("a"), word("b"))
    assert [str(note) for note in parsed.notes] == ["Only the first 2 words of the query were used."]


def test_the_words_of_phrases_count_and_a_phrase_may_be_cut(settings: Settings) -> None:
    few = replace(settings, max_query_words=4)
    parsed = parse('a "b c d e" f', few)
    assert [group.operands[0].text for group in parsed.groups] == ["a", "b c d"]
    assert [str(note) for note in parsed.notes] == ["Only the first 4 words of the query were used."]
    assert parse('a "b c d"', few).notes == ()
    parsed = parse("a OR b OR c* OR d OR e f", few)
    assert [operand.text for operand in parsed.groups[0].operands] == ["a", "b", "c", "d"]
    assert len(parsed.groups) == 1
    parsed = parse("a-b-c-d-e-f", few)
    assert [group.operands[0].text for group in parsed.groups] == ["a-b-c-d"]
    parsed = parse('a -b -"c d" -e -f', few)
    assert [excluded.operand.text for excluded in parsed.excluded] == ["b", "c d", "e"]
    assert len(parsed.groups) == 1


@given(st.text(alphabet=st.sampled_from('ab "-*:„”OR职場lang:title:topic:pay\n\t'), max_size=60) | st.text(max_size=60))
@examples(max_examples=300, deadline=None)
def test_nothing_a_person_types_is_an_error(query: str) -> None:
    parsed = parse(query, Settings())
    assert all(group.operands for group in parsed.groups)
    assert all(operand.text.strip() for group in parsed.groups for operand in group.operands)


def test_a_pair_of_characters_is_one_word_of_the_limit() -> None:
    settings = Settings(max_query_words=3)
    assert [group.label for group in parse("職場の話", settings).groups] == ["職場", "場の", "の話"]
    assert parse("職場の話", settings).notes == ()
    assert [group.label for group in parse("職場の話", Settings(max_query_words=2)).groups] == ["職場", "場の"]


@pytest.mark.parametrize(
    ("query", "numbers", "words"),
    [
        ("trabajo de fin de semana", (0, 1, 2, 3), "trabajo de fin de semana"),
        ("trabajo de fin de semana", (2, 3), "fin de semana"),
        ("trabajo de fin de semana", (1,), "de"),
        ("work at night", (0, 1, 2), "work at night"),
        ('work "at night" work', (1,), '"at night"'),
    ],
)
def test_groups_are_said_as_they_were_typed(query: str, numbers: tuple[int, ...], words: str) -> None:
    assert parse(query, Settings()).words(numbers) == words
