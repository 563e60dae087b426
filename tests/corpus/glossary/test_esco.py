import gzip
import json
from pathlib import Path

import pytest

from corpus.errors import GlossaryError
from corpus.glossary import Concept, read_esco
from corpus.glossary.esco import ATTRIBUTION, MAX_LINE_BYTES

NURSE = "http://data.europa.eu/esco/occupation/0a1b-Nurse"
COOK = "http://data.europa.eu/esco/isco/C5120"

CSV = f"""\
conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,status
Occupation,{NURSE},2221,nurse,"registered nurse
nurse (m/f)
staff nurse",released
Occupation,{COOK},5120,cook,,released
"""
POLISH_CSV = f"conceptUri,preferredLabel,altLabels\n{NURSE},pielęgniarka/pielęgniarz,\n"


def read(*files: Path) -> tuple[list[Concept], list[str]]:
    problems: list[str] = []
    return read_esco(files, lambda where, reason: problems.append(f"{where}: {reason}")), problems


def line(uri: str, **labels: list[str]) -> str:
    return json.dumps({"uri": uri, "labels": labels}) + "\n"


@pytest.mark.parametrize("name", ["esco.jsonl", "esco.jsonl.gz"])
def test_labels_as_json_lines_become_concepts(tmp_path: Path, name: str) -> None:
    data = (line(NURSE, en=["nurse"], pl=["pielęgniarka/pielęgniarz"]) + line(COOK, nb=["kokk"])).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    terms = {"en": ("nurse",), "pl": ("pielęgniarka", "pielęgniarz")}
    assert read(tmp_path / name) == (
        [
            Concept("esco-occupation-0a1b-nurse", "occupations", terms, NURSE, ATTRIBUTION),
            Concept("esco-isco-c5120", "occupations", {"no": ("kokk",)}, COOK, ATTRIBUTION),
        ],
        [],
    )


def test_a_csv_a_language_is_joined_by_the_concepts_address(tmp_path: Path) -> None:
    (tmp_path / "occupations_en.csv").write_text(CSV, encoding="utf-8-sig")
    (tmp_path / "occupations_pl.csv").write_text(POLISH_CSV, encoding="utf-8")
    concepts, problems = read(tmp_path / "occupations_en.csv", tmp_path / "occupations_pl.csv")
    assert problems == []
    assert [(concept.source, concept.terms) for concept in concepts] == [
        (NURSE, {"en": ("nurse", "registered nurse", "staff nurse"), "pl": ("pielęgniarka", "pielęgniarz")}),
        (COOK, {"en": ("cook",)}),
    ]


def test_bad_lines_are_reported_by_number_and_cost_no_other(tmp_path: Path) -> None:
    bad = ["{", "[1]", line("http://example.org/x", en=["x"]), '{"uri": "' + NURSE + '"}', "x" * (MAX_LINE_BYTES + 9)]
    lines = [text.strip() + "\n" for text in bad]
    (tmp_path / "esco.jsonl").write_text("".join([*lines, line(NURSE, en=["nurse"]), "\n"]))
    concepts, problems = read(tmp_path / "esco.jsonl")
    assert [concept.terms for concept in concepts] == [{"en": ("nurse",)}]
    assert [problem.split(": ")[0] for problem in problems] == [f"{tmp_path}/esco.jsonl:{n}" for n in (1, 2, 3, 4, 5)]


def test_labels_that_cannot_be_used_are_left_out(tmp_path: Path) -> None:
    labels = {"tlh": ["x"], "en": ["nurse", "n" * 300, "nur\x07se"], "pl": "pielęgniarka", "lt": [1]}
    (tmp_path / "esco.jsonl").write_text(line(NURSE, **labels))  # type: ignore[arg-type]  # what it must not be
    concepts, problems = read(tmp_path / "esco.jsonl")
    assert [concept.terms for concept in concepts] == [{"en": ("nurse",)}]
    assert len(problems) == 4


def test_a_row_of_csv_without_an_address_is_reported(tmp_path: Path) -> None:
    (tmp_path / "occupations_pl.csv").write_text(POLISH_CSV + "elsewhere,kucharz,\n")
    concepts, problems = read(tmp_path / "occupations_pl.csv")
    assert len(concepts) == 1
    assert problems == [
        f"{tmp_path}/occupations_pl.csv:3: no concept of ESCO; expected are conceptUri and preferredLabel."
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("occupations.csv", CSV, "does not name its language"),
        ("occupations_xx.csv", CSV, "does not name its language"),
        ("occupations_en.csv", "a,b\n1,2\n", "has no column altLabels, conceptUri, preferredLabel"),
        ("esco.xml", "<a/>", "is of no kind that is read"),
        ("esco.jsonl.gz", "not packed", "cannot be unpacked"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(GlossaryError, match=message):
        read(tmp_path / name)


def test_a_line_of_csv_without_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "occupations_en.csv"
    file.write_text(CSV + f'Occupation,{COOK},5120,"{"x" * (MAX_LINE_BYTES + 1)}",,\n')
    with pytest.raises(GlossaryError, match="a line of more than the 1,000,000 bytes"):
        read(file)


def test_a_csv_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "occupations_pl.csv").write_bytes(POLISH_CSV.encode("iso-8859-2"))
    with pytest.raises(GlossaryError, match=r"occupations_pl\.csv:2: not UTF-8"):
        read(tmp_path / "occupations_pl.csv")
