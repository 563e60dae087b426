import tomllib
from pathlib import Path

import pytest

from corpus import LANGUAGES
from indexer.analysis import query_analyzer
from indexer.concepts import inflection
from indexer.concepts.inflection import is_inflected, may_be_inflected

UNRELATED = Path(inflection.__file__).with_name("unrelated.toml")


def folded(language: str, word: str) -> str:
    (token,) = query_analyzer(language).tokens(word)
    return token.folded


@pytest.mark.parametrize(
    ("language", "term", "words"),
    [
        ("en", "nurse", "nurses nursing"),
        ("en", "agency", "agencies"),
        ("en", "wages", "wage"),
        ("lt", "darbuotojas", "darbuotojo darbuotojų darbuotojais darbuotojuose"),
        ("lt", "viršvalandžiai", "viršvalandžių viršvalandžius"),
        ("lt", "alga", "algos algą algomis"),
        ("pl", "audytor", "audytora audytorem audytorzy"),
        ("pl", "pielęgniarka", "pielęgniarki pielęgniarek pielęgniarce"),
        ("pl", "policjant", "policjanci policjantów"),
        ("pl", "podwyżka", "podwyżki podwyżce podwyżek"),
        ("cs", "zaměstnanec", "zaměstnance zaměstnanci"),
        ("de", "Gehalt", "Gehälter Gehaltes"),
        ("de", "Kündigung", "kuendigung Kuendigungen"),
        ("de", "Kuendigung", "Kündigungen"),
        ("fr", "licencier", "licencié licenciée"),
        ("es", "despido", "despidos"),
        ("ru", "вакансия", "вакансии вакансий"),
        ("ar", "راتب", "الراتب"),
    ],
)
def test_inflections_of_a_term_are_told(language: str, term: str, words: str) -> None:
    for word in words.split():
        assert is_inflected(folded(language, word), folded(language, term), language), word


@pytest.mark.parametrize(
    ("language", "term", "words"),
    [
        ("en", "carer", "care caring"),
        ("en", "secondment", "second seconds"),
        ("en", "mindful", "mind"),
        ("en", "reporter", "report reports"),
        ("lt", "darbuotojas", "darbas darbo darbų"),
        ("lt", "teisėja", "teisė teisės teisių"),
        ("lt", "stalius", "stalas stalo"),
        ("pl", "audytor", "audyt audytu"),
        ("pl", "zawodówka", "zawodowy zawodowa"),
        ("pl", "kolegium", "koledzy kolega"),
        ("pl", "doktorat", "doktora"),
        ("pl", "praktykant", "praktyka praktyki"),
    ],
)
def test_words_of_the_same_family_are_not(language: str, term: str, words: str) -> None:
    for word in words.split():
        assert not is_inflected(folded(language, word), folded(language, term), language), word


@pytest.mark.parametrize(
    ("language", "form", "term", "may_be"),
    [
        ("lt", "patyčias", "patyčios", True),
        ("lt", "pačią", "patyčios", False),
        ("lt", "moka", "mokytojas", False),
        ("en", "set", "setting", True),
        ("tr", "iki", "ikinci", True),  # nothing is known of its endings
    ],
)
def test_a_word_that_may_be_an_inflection_has_half_of_the_letters_or_is_the_beginning(
    language: str, form: str, term: str, may_be: bool
) -> None:
    assert may_be_inflected(folded(language, form), folded(language, term), language) is may_be


@pytest.mark.parametrize(
    ("language", "term", "word"),
    [
        ("pl", "naprawa", "naprawdę"),
        ("pl", "droga", "drogo"),
        ("lt", "negalia", "negaliu"),
        ("fr", "portes", "porter"),
        ("es", "turno", "turned"),
        ("it", "capo", "capisco"),
        ("it", "porte", "portare"),
        ("pt", "medo", "medidas"),
        ("sv", "frukt", "fruktar"),
        ("cs", "oprava", "opravdu"),
        ("pt", "casa", "caso"),
        ("sv", "bil", "billig"),
        ("nl", "vervelen", "vervelend"),
        ("uk", "позика", "позиція"),
    ],
)
def test_words_that_are_known_to_be_none_are_no_inflections(language: str, term: str, word: str) -> None:
    assert not is_inflected(folded(language, word), folded(language, term), language)


def test_words_are_listed_once_without_accents_and_in_order() -> None:
    listed = {
        language: words.split() for language, words in tomllib.loads(UNRELATED.read_text(encoding="utf-8")).items()
    }
    assert listed.keys() <= LANGUAGES.keys()
    for language, words in listed.items():
        assert words == sorted({folded(language, word) for word in words}), language


def test_a_term_is_found_though_it_looks_like_an_inflection_of_another() -> None:
    assert is_inflected("drogo", "drogo", "pl")
