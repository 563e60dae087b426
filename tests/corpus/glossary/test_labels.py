import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.glossary.labels import terms_of


@pytest.mark.parametrize(
    ("label", "terms"),
    [
        ("welder", ["welder"]),
        ("welder (m/f)", ["welder"]),
        ("Koch (m/w/d)", ["Koch"]),
        ("Spawacz(K/M)", ["Spawacz"]),
        ("baristos (plural)", ["baristos"]),
        ("Sprzedawca/sprzedawczyni", ["Sprzedawca", "sprzedawczyni"]),
        ("Buchhalter/Buchhalterin", ["Buchhalter", "Buchhalterin"]),
        ("cocher/cochère", ["cocher", "cochère"]),
        ("vendeur de tissus/vendeuse de tissus", ["vendeur de tissus", "vendeuse de tissus"]),
        ("mlinar/mlinarica v destilarni", ["mlinar v destilarni", "mlinarica v destilarni"]),
        ("direktor /direktorica IKT", ["direktor IKT", "direktorica IKT"]),
        ("sociálny vedec/sociálna vedkyňa v praxi", ["sociálny vedec v praxi", "sociálna vedkyňa v praxi"]),
        ("pedagog v vrtcu/pedagoginja", ["pedagog v vrtcu", "pedagoginja v vrtcu"]),
        ("Lehrer/in für Kunst", ["Lehrer für Kunst", "Lehrerin für Kunst"]),
        ("učitelj/-ica matematike", ["učitelj matematike", "učiteljica matematike"]),
        ("učitelj(ica) matematike", ["učitelj matematike", "učiteljica matematike"]),
    ],
)  # fmt: skip
def test_the_genders_of_a_label_are_terms_of_their_own(label: str, terms: list[str]) -> None:
    assert terms_of(label) == terms


@pytest.mark.parametrize(
    "label",
    ["Import-/Exportmanager", "Gesellschafter und Zofen/Kammerdiener", "a/b/c", "designer (mode)", "HVAC(R) draughter",
     "social worker (substance misuse)", "/", "a/", "24/7"],
)  # fmt: skip
def test_what_says_something_else_stays_as_it_is(label: str) -> None:
    expected = {"24/7": ["24", "7"]}.get(label, [label])
    assert terms_of(label) == expected


@given(st.text(max_size=60))
def test_a_label_has_at_most_two_terms_and_they_are_tidy(label: str) -> None:
    found = terms_of(label)
    assert len(found) <= 2
    assert all(term == " ".join(term.split()) != "" for term in found)
