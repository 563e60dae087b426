import pytest

from indexer.analysis import query_analyzer
from indexer.concepts.accents import may_be_written


@pytest.mark.parametrize(
    ("language", "term", "word", "may"),
    [
        ("lt", "butas", "būti", False),
        ("lt", "butas", "butų", True),  # an ending has accents of its own
        ("lt", "darbuotoja", "darbuotoją", True),
        ("lt", "atleido", "atleidžiant", True),  # what is another letter altogether is not looked at here
        ("pl", "świąt", "świata", False),
        ("pl", "świąt", "swiata", True),  # without any accents
        ("pl", "stół", "stołu", True),
        ("cs", "byt", "být", False),
        ("cs", "byt", "bytů", True),
        ("cs", "cesty", "čest", False),
        ("cs", "plast", "plášť", False),
        ("cs", "doktor", "doktoři", True),
        ("cs", "kráva", "krav", True),
        ("cs", "práce", "pracích", True),
        ("sv", "lager", "låg", False),
        ("sv", "lager", "läger", False),
        ("sv", "väg", "vågar", False),
        ("sv", "svart", "svårt", False),
        ("sv", "natt", "nätter", True),
        ("sv", "natt", "nått", False),
        ("sv", "natt", "nätt", False),
        ("sv", "gråta", "grät", True),
        ("sv", "stöd", "stod", True),
        ("es", "razón", "razónes", True),
        ("fr", "resume", "résumé", True),
    ],
)
def test_letters_that_last_tell_words_apart(language: str, term: str, word: str, may: bool) -> None:
    (token,) = query_analyzer(language).tokens(word)
    assert may_be_written(token.form, term, len(token.plain), language) is may
