from corpus import Settings
from search.parsing import parse
from search.planning import LanguagePlan, Pattern, Tier, plan


def planned(query: str, language: str) -> LanguagePlan:
    return plan(parse(query, Settings()), [language]).languages[0]


def patterns(query: str, language: str) -> list[tuple[Pattern, ...]]:
    return [group.patterns for group in planned(query, language).groups]


def test_a_word_is_analysed_under_every_language() -> None:
    # Snowball: Polish pracownik- keeps its ending off; English knows no such ending.
    [[polish]] = patterns("pracownika", "pl")
    [[english]] = patterns("pracownika", "en")
    assert polish == Pattern(("pracownik",), (), "pracownika", "pracownika")
    assert english == Pattern(("pracownika",), (), "pracownika", "pracownika")


def test_accents_are_folded_beside_the_form() -> None:
    [[pattern]] = patterns("Zażółć", "und")
    assert (pattern.form, pattern.folded) == ("zażółć", "zazolc")


def test_a_joined_word_is_its_runs_in_a_row_or_all_together() -> None:
    [found] = patterns("e-mail", "en")
    assert found == (Pattern(("e", "mail"), (0, 1), label="e mail"), Pattern(("email",), (), "email", "email"))


def test_letters_that_are_a_stop_word_together_are_looked_for_apart() -> None:
    assert patterns("U.S.", "en") == [(Pattern(("u", "s"), (0, 1), label="u s"),)]


def test_a_phrase_is_its_stems_in_a_row() -> None:
    assert patterns('"call centers"', "en") == [(Pattern(("call", "center"), (0, 1), label="call centers"),)]


def test_only_several_words_are_a_row() -> None:
    [[phrase]], [[word]] = patterns('"call center"', "en"), patterns("call", "en")
    assert phrase.is_row
    assert not word.is_row


def test_a_beginning_is_looked_for_without_accents() -> None:
    assert patterns("pracę*", "pl") == [(Pattern(prefix="prace", tier=Tier.FOLDED),)]


def test_accents_left_out_lead_to_the_stem_of_the_folded_form() -> None:
    # Snowball: klientów is klient, klientow stays as it is.
    [[accented]] = patterns("klientów", "pl")
    [[plain]] = patterns("klientow", "pl")
    assert accented.stems == ("klient", "klientow")
    assert plain.stems == ("klientow",)


def test_the_beginning_of_a_joined_word_is_that_of_what_is_written_together() -> None:
    assert patterns("call-cent*", "en") == [(Pattern(prefix="callcent", tier=Tier.FOLDED),)]


def test_a_phrase_across_a_change_of_script_keeps_its_places() -> None:
    # 仕, 仕事 and 事 stand at two places: the index keeps the last letter of a run as well.
    assert patterns('"仕事AI"', "ja") == [(Pattern(("仕事", "ai"), (0, 2), label="仕事 ai"),)]


def test_a_single_letter_of_a_script_without_spaces_begins_bigrams() -> None:
    assert patterns("職", "ja") == [(Pattern(prefix="職", tier=Tier.FOLDED),)]
    assert patterns("มี", "th") == [(Pattern(prefix="มี", tier=Tier.FOLDED),)]


def test_a_quoted_run_without_spaces_is_a_row_of_bigrams() -> None:
    assert patterns('"職場の"', "ja") == [(Pattern(("職場", "場の"), (0, 1), label="職場 場の"),)]


def test_an_elided_article_is_no_part_of_the_word_in_its_own_language_only() -> None:
    assert patterns("l'emploi", "fr")[0][0].form == "emploi"
    assert patterns("l'emploi", "en")[0][0].form == "l'emploi"


def test_stop_words_are_common_in_their_language_only() -> None:
    query = "die Arbeit"
    assert [group.common for group in planned(query, "de").groups] == [True, False]
    assert [group.common for group in planned(query, "en").groups] == [False, False]


def test_a_stop_word_asked_for_in_the_title_is_meant() -> None:
    assert [group.common for group in planned("title:the", "en").groups] == [False]


def test_there_is_a_plan_for_each_language_and_a_label_for_each_group() -> None:
    found = plan(parse("stres -praca", Settings()), ["pl", "lt"])
    assert found.labels == ("stres",)
    assert [language.language for language in found.languages] == ["pl", "lt"]
    assert all(language.excluded for language in found.languages)
