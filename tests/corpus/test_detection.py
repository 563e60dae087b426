import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import LANGUAGES, UNDETERMINED
from corpus.detection import SAMPLE_CHARS, detect

TEXTS = {
    "ar": "يجيب موظفو مركز الاتصال على مئات المكالمات كل يوم ويزداد التوتر مع كل ساعة عمل.",
    "cs": "Zaměstnanci call centra vyřizují denně stovky hovorů a stres roste s každou hodinou práce.",
    "en": "Calls never stop, and the day is long; whoever answers them needs a break between two of them.",
    "ja": "コールセンターの従業員は毎日何百もの電話に対応しており、勤務時間が長くなるとストレスも高まります。",
    "lt": "Skambučių centro darbuotojai kasdien atsako į šimtus skambučių, o stresas auga su kiekviena valanda.",
    "no": "Ansatte på kundesenteret svarer på hundrevis av samtaler hver dag, og stresset øker for hver time.",
    "pl": "Pracownicy call center odbierają setki telefonów dziennie, a stres rośnie z każdą godziną pracy.",
    "uk": "Працівники кол-центру щодня відповідають на сотні дзвінків, і стрес зростає з кожною годиною.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_two_lines_of_text_tell_their_language(code: str) -> None:
    assert detect(TEXTS[code]) is LANGUAGES[code]


def test_new_norwegian_is_norwegian() -> None:
    assert (
        detect("Dei tilsette svarar på hundrevis av samtalar kvar dag, og arbeidet aukar for kvar time.").code == "no"
    )


@pytest.mark.parametrize(
    "text",
    ["", "Praca w nocy", "2026-11-22 12 345,67 " * 20, "!?… " * 100],
    ids=["nothing", "a title", "numbers", "punctuation"],
)
def test_too_few_letters_tell_nothing(text: str) -> None:
    assert detect(text) is UNDETERMINED


def test_a_text_between_two_languages_is_undetermined() -> None:
    czech, polish, slovak = "Práce v noci je těžká", "Praca w nocy jest trudna", "Robota v noci je ťažká pre ľudí"
    assert detect(f"{polish} dla wielu. {czech} pro mnoho lidí. {slovak}.") is UNDETERMINED


def test_a_language_without_a_row_is_undetermined() -> None:
    icelandic = "Starfsmenn svara hundruðum símtala á hverjum degi og álagið eykst með hverri klukkustund sem líður."
    assert detect(icelandic) is UNDETERMINED


def test_an_english_menu_around_it_does_not_hide_a_long_article() -> None:
    menu = "Home News About us Contact Sign in Terms of use Privacy policy Cookie settings. " * 60
    article = TEXTS["lt"] * (SAMPLE_CHARS // len(TEXTS["lt"]) + 1)
    assert detect(menu + article + menu).code == "lt"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_random_text_never_raises(text: str) -> None:
    assert detect(text * 2).code in LANGUAGES
