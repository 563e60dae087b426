from pathlib import Path

import pytest

from corpus.errors import SettingsError
from search.notices import fitting, read_notices

FILE = """
[[notice]]
topics = ["wellbeing"]
text = "For all: 112."

[[notice]]
words = ["wypalen*", "burn out"]
languages = ["pl"]
text = "Zadzwoń: 116 123."
link = "https://example.org/pomoc"

[[notice]]
concepts = ["sexual-harassment"]
text = "You are not alone."
"""

IDS = ("burnout", "sexual-harassment", "stress")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "notices.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def shown(file: Path, text: str, topics: tuple[str, ...] = (), languages: tuple[str, ...] = ("pl",)) -> list[str]:
    return [notice.text for notice in fitting(read_notices(file, lambda: IDS), text, topics, languages)]


def test_a_topic_brings_its_notice(file: Path) -> None:
    assert shown(file, "", ("pay", "wellbeing")) == ["For all: 112."]
    assert shown(file, "", ("pay",)) == []


@pytest.mark.parametrize("text", ["wypalenie", "WYPALENIA zawodowego", "burn out", "co to burn out?"])
def test_words_bring_a_notice_in_any_case_and_with_any_ending_that_a_star_allows(file: Path, text: str) -> None:
    assert shown(file, text) == ["Zadzwoń: 116 123."]


@pytest.mark.parametrize("text", ["wypalić", "burn", "out burn", "burnout", ""])
def test_other_words_do_not(file: Path, text: str) -> None:
    assert shown(file, text) == []


def test_a_notice_in_one_language_is_for_its_readers(file: Path) -> None:
    assert shown(file, "wypalenie", languages=("en", "lt")) == []
    assert shown(file, "wypalenie", languages=("en", "pl")) == ["Zadzwoń: 116 123."]


def test_a_concept_that_the_text_names_brings_its_notice(file: Path) -> None:
    notices = read_notices(file, lambda: IDS)
    assert [notice.text for notice in fitting(notices, "molestowanie", (), ("pl",), ("sexual-harassment",))] == [
        "You are not alone."
    ]
    assert fitting(notices, "sexual harassment", (), ("pl",), ("stress",)) == ()


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("burn-out", "'burn-out'; did you mean 'burnout'? `karjera glossary show TEXT` tells the id"),
        ("sexual harassment", "'sexual harassment'; did you mean 'sexual-harassment'?"),
        ("xyzzy", "'xyzzy'. `karjera glossary show TEXT`"),
        ("x" * 10_000, "notice 2: the glossary has no concept"),
    ],
)
def test_a_concept_that_there_is_not_is_an_error_with_the_nearest_one(tmp_path: Path, id: str, said: str) -> None:
    path = tmp_path / "notices.toml"
    path.write_text(f'[[notice]]\ntopics = ["pay"]\ntext = "x"\n[[notice]]\nconcepts = ["{id}"]\ntext = "x"\n')
    with pytest.raises(SettingsError) as error:
        read_notices(path, lambda: IDS)
    assert said in str(error.value) and len(str(error.value)) < 500


def test_there_are_never_more_than_fit(tmp_path: Path) -> None:
    path = tmp_path / "many.toml"
    path.write_text('[[notice]]\ntopics = ["pay"]\ntext = "x"\n' * 9)
    assert len(shown(path, "", ("pay",))) == 3


def test_without_a_file_there_are_none() -> None:
    assert read_notices(None) == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[notice", "is not TOML"),
        (f"a = {'9' * 5_000}", "is not TOML: a number has too many digits"),
        (f"a = {'[' * 100_000}", "is not TOML: nested too deeply"),
        ("[notices]\na = 1", "has 'notices'; allowed are tables"),
        ("notice = 3", "allowed are tables"),
        ("notice = [3]", "notice 1: no table"),
        ('[[notice]]\ntopic = "pay"\ntext = "x"', "'topic' is no key; allowed are topics, concepts"),
        ('[[notice]]\ntopics = ["pay"]', "text is missing"),
        ('[[notice]]\ntopics = ["pay"]\ntext = "x"\nlink = "javascript:alert(1)"', "allowed is an address"),
        ('[[notice]]\ntopics = ["gardening"]\ntext = "x"', "'gardening' is not known; allowed are job-search"),
        ('[[notice]]\ntopics = "pay"\ntext = "x"', "allowed is a list"),
        ('[[notice]]\ntext = "x"', "nothing says when to show it"),
        ('[[notice]]\nwords = ["?"]\ntext = "x"', "has no word in it"),
        ('[[notice]]\nwords = ["a"]\nlanguages = ["xx"]\ntext = "x"', "language 'xx' is not known"),
        ("x" * 1_000_001, "is larger than"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "notices.toml"
    path.write_text(content)
    with pytest.raises(SettingsError, match=r"notices\.toml") as error:
        read_notices(path)
    assert said in str(error.value)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_notices(tmp_path / "nowhere.toml")
    path = tmp_path / "notices.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="not UTF-8"):
        read_notices(path)
