from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import LANGUAGES
from indexer.analysis.lines import as_lines, lines_of
from indexer.analysis.stemming import Stemming


def test_a_stem_is_folded() -> None:
    # Snowball takes the endings -ę and -y off before accents are folded.
    assert Stemming(LANGUAGES["pl"]).stem("umowę") == "umow"
    assert Stemming(LANGUAGES["de"]).stem("gespräche") == "gesprach"


def test_without_a_stemmer_the_stem_is_the_folded_form() -> None:
    assert Stemming(LANGUAGES["he"]).stem("משכורות") == "משכורות"
    assert Stemming(LANGUAGES["vi"]).stem("lương") == "luong"


def test_a_language_that_snowball_does_not_have_is_stemmed_by_endings_of_our_own() -> None:
    assert Stemming(LANGUAGES["uk"]).stem("навичками") == Stemming(LANGUAGES["uk"]).stem("навичок") == "навичк"


def test_a_stop_word_of_such_a_language_is_its_own_stem_and_nobody_elses() -> None:
    # Without its ending насилие (violence) is нас (us), and zašto (why) is zaštita (protection).
    assert Stemming(LANGUAGES["bg"]).stem("нас") == "нас"
    assert Stemming(LANGUAGES["bg"]).stem("насилие") == Stemming(LANGUAGES["bg"]).stem("насилието") == "нас-"
    assert Stemming(LANGUAGES["hr"]).stem("zašto") == "zasto"


@pytest.mark.parametrize(
    ("language", "form", "elided"),
    [
        ("fr", "l'emploi", 2),
        ("fr", "qu'elle", 3),
        ("fr", "aujourd'hui", 0),
        ("it", "dell'azienda", 5),
        ("it", "un'offerta", 3),
        ("ca", "d'empresa", 2),
        ("ga", "d'oibrigh", 2),
        ("fr", "l'", 0),
        ("fr", "lemploi", 0),
        ("en", "l'emploi", 0),
        ("en", "d'angelo", 0),
        ("de", "l'emploi", 0),
    ],
)
def test_an_elided_article_is_left_out_in_the_languages_that_write_it(language: str, form: str, elided: int) -> None:
    assert Stemming(LANGUAGES[language]).elided_chars(form) == elided


@pytest.mark.parametrize(
    ("contracted", "word"), [("i'll", "ill"), ("she'll", "shell"), ("we're", "were"), ("i'd", "id")]
)
def test_an_english_contraction_is_no_other_word_with_an_apostrophe_in_it(contracted: str, word: str) -> None:
    english = Stemming(LANGUAGES["en"])
    left = contracted.partition("'")[0]
    assert english.stem(contracted) == english.plain_stem(contracted) == english.stem(left) != english.stem(word)
    assert english.stem_lines(f"{contracted}\n{word}\n") == f"{english.stem(left)}\n{english.stem(word)}\n"
    assert english.plain_stem_lines(f"{contracted}\n") == f"{english.stem(left)}\n"


@pytest.mark.parametrize(("form", "stem"), [("can't", "cant"), ("o'dell", "odel"), ("nurse's", "nurs"), ("'ll", "ll")])
def test_nothing_else_behind_an_apostrophe_is_cut_off(form: str, stem: str) -> None:
    assert Stemming(LANGUAGES["en"]).stem(form) == stem


def test_a_german_cent_is_no_center() -> None:
    german = Stemming(LANGUAGES["de"])
    assert german.stem("center") == german.stem("centern") == "cent"
    assert german.stem("cent") == german.stem("cents") == german.plain_stem("cents") != "cent"
    assert german.stem_lines("cents\ncenter\ncent\n") == f"{german.stem('cent')}\ncent\n{german.stem('cent')}\n"
    assert german.stem("prozent") == "prozent"


def test_threads_do_not_disturb_one_another() -> None:
    stemming = Stemming(LANGUAGES["lt"])
    forms = [stem + ending for stem in ("darbuotoj", "sutart", "atlyginim", "pokalb") for ending in ("as", "is", "o")]
    expected = [stemming.stem(form) for form in forms]
    with ThreadPoolExecutor(4) as threads:
        rounds = list(threads.map(lambda _: [stemming.stem(form) for form in forms], range(400)))
    assert all(found == expected for found in rounds)


STEMMINGS = {code: Stemming(language) for code, language in LANGUAGES.items()}
FORMS = st.one_of(
    st.sampled_from(
        "umowę gespräche klientów darbuotojų calls call's łódź навичками насилие zaštitom lương ' 職場 λόγοσ".split()
    ),
    st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=6),
)


@given(forms=st.lists(FORMS, max_size=6), code=st.sampled_from(sorted(STEMMINGS)))
@settings(max_examples=300, deadline=None)
def test_many_forms_at_once_have_the_stems_of_each(forms: list[str], code: str) -> None:
    assert lines_of(STEMMINGS[code].stem_lines(as_lines(forms))) == [STEMMINGS[code].stem(form) for form in forms]
