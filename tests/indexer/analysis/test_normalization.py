import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.normalization import fold, fold_all, form_of, forms_of


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Gespräch", "gespräch"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("cafe\u0301", "café"),
        ("ｃａｌｌ", "call"),
        ("oﬃce", "office"),
        ("soft\u00adware", "software"),
        ("می\u200cخواهم", "میخواهم"),
        ("كـــتاب", "كتاب"),
        ("ΛΌΓΟΣ", "λόγοσ"),
        ("İŞVEREN", "i\u0307şveren"),
    ],
)
def test_a_form_leaves_out_what_never_means_anything(word: str, form: str) -> None:
    assert form_of(word) == form


@pytest.mark.parametrize("apostrophe", "'’‘ʼ＇`´")
def test_all_apostrophes_are_one(apostrophe: str) -> None:
    assert form_of(f"don{apostrophe}t") == "don't"
    assert fold(f"don{apostrophe}t".translate({ord(apostrophe): "'"})) == "dont"


def test_dotted_and_dotless_i_are_two_letters_in_turkish() -> None:
    assert form_of("ISI", turkish=True) == "ısı"
    assert form_of("İŞVEREN", turkish=True) == "işveren"
    assert form_of("I", turkish=True) != form_of("İ", turkish=True)
    # Whoever types without a Turkish keyboard finds both.
    assert fold("ısı") == fold("isi") == "isi"


@pytest.mark.parametrize(
    ("form", "folded"),
    [
        ("pražytojas", "prazytojas"),
        ("zażółć", "zazolc"),
        ("łódź", "lodz"),
        ("đak", "dak"),
        ("søknad", "soknad"),
        ("œuvre", "oeuvre"),
        ("þór", "thor"),
        ("μισθός", "μισθος"),
        ("ёлка", "елка"),
        ("l'emploi", "lemploi"),
        ("col·laborar", "collaborar"),
        ("קאָנטראַקט", "קאנטראקט"),
        ("كِتَابٌ", "كتاب"),
        ("مهارة", "مهاره"),
        ("علی", "علي"),
        ("١٥", "15"),
        ("३.५", "3.5"),
        ("tiếng", "tieng"),
    ],
)
def test_accents_points_strokes_and_digits_are_folded(form: str, folded: str) -> None:
    assert fold(form) == folded


@pytest.mark.parametrize("form", ["नौकरी", "வேலை", "চাকরি", "เงินเดือน", "が", "한국어"])
def test_marks_that_are_letters_stay(form: str) -> None:
    assert fold(form) == form


def test_a_voiced_kana_is_not_the_plain_one() -> None:
    assert fold("が") != fold("か")


@given(st.text(min_size=1))
@settings(max_examples=400, deadline=None)
def test_no_word_becomes_nothing(word: str) -> None:
    assert form_of(word)
    assert form_of(word, turkish=True)


@given(st.text())
@settings(max_examples=400, deadline=None)
def test_folding_twice_folds_no_further(text: str) -> None:
    assert fold(fold(text)) == fold(text)


# What composes, folds to several letters, is dropped, is an apostrophe, a digit or a letter with a stroke; without line
# ends, which no word has.
ODD = "aZzéłŁøßẞﬁİIıΣςσЙўґ'’ʼŉ`´٣२²①ªکىة\u0301\u0307\u0640\u00ad\u200cが職ﾃ·״־"
# Behind this there is no table; it is in the middle of East Asia.
TABLE_END = 0x3000
LISTS = st.lists(
    st.one_of(
        st.text(st.sampled_from("abcZ'09`"), max_size=5),
        st.text(st.sampled_from(ODD), max_size=5),
        st.text(st.characters(exclude_characters="\n"), max_size=5),
    ),
    max_size=5,
)


@given(words=LISTS, turkish=st.booleans())
@settings(max_examples=300, deadline=None)
def test_many_words_at_once_have_the_forms_of_each(words: list[str], turkish: bool) -> None:
    assert forms_of("\n".join(words), turkish).split("\n") == [form_of(word, turkish) for word in words or [""]]


@given(forms=LISTS)
@settings(max_examples=300, deadline=None)
def test_many_forms_at_once_are_folded_as_each(forms: list[str]) -> None:
    assert fold_all(forms) == [fold(form) for form in forms]


def test_every_character_is_folded_by_table_as_by_itself() -> None:
    every = [chr(code) for code in range(0x110000) if chr(code) != "\n"]
    assert fold_all(every) == [fold(char) for char in every]


@pytest.mark.parametrize("turkish", [False, True])
def test_every_character_has_its_form_by_table_wherever_it_stands(turkish: bool) -> None:
    every = [chr(code) for code in range(TABLE_END + 0x400) if chr(code) != "\n"]
    for before, after in (("", ""), ("á", "b"), ("I", "\u0307")):
        words = [f"{before}{char}{after}" for char in every]
        assert forms_of("\n".join(words), turkish).split("\n") == [form_of(word, turkish) for word in words]


@given(words=LISTS, turkish=st.booleans())
@settings(max_examples=150, deadline=None)
def test_forms_are_folded_as_each(words: list[str], turkish: bool) -> None:
    forms = forms_of("\n".join(words), turkish).split("\n")
    assert fold_all(forms) == [fold(form) for form in forms]


def test_no_words_have_no_forms_and_one_empty_word_has_an_empty_one() -> None:
    assert (forms_of(""), forms_of("", turkish=True), fold_all([])) == ("", "", [])
    assert (forms_of("\n"), fold_all([""]), fold_all(["", ""])) == ("\n", [""], ["", ""])
