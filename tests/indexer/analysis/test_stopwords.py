from corpus import LANGUAGES, UNDETERMINED
from indexer.analysis import stop_words


def test_stop_words_are_compared_as_forms() -> None:
    # "İçin" and "için" are one word of Turkish; the file has it in lower case.
    assert "için" in stop_words(LANGUAGES["tr"])
    assert "straße" not in stop_words(LANGUAGES["de"])


def test_the_head_of_a_file_is_no_stop_word() -> None:
    # The first line of lt.txt is "# Lithuanian".
    assert not {"#", "lithuanian"} & stop_words(LANGUAGES["lt"])


def test_a_language_without_a_file_has_none() -> None:
    assert stop_words(UNDETERMINED) == frozenset()


def test_words_about_work_are_not_stop_words() -> None:
    said = {"en": "work job pay career", "pl": "praca pracy płaca kariera", "lt": "darbas darbo alga karjera"}
    for code, words in said.items():
        assert not set(words.split()) & stop_words(LANGUAGES[code])
