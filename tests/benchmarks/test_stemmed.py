import pytest

from benchmarks.stemmed import OTHERS, STEMMERS, field_of
from corpus import LANGUAGES


@pytest.mark.parametrize(
    ("language", "field"), [("de", "de"), ("hu", "hu"), ("pl", OTHERS), ("lt", OTHERS), ("ja", OTHERS)]
)
def test_a_language_has_a_field_of_its_own_where_tantivy_can_stem_it(language: str, field: str) -> None:
    assert field_of(language) == field


def test_every_stemmer_is_that_of_a_language() -> None:
    stemmers = {language.stemmer for language in LANGUAGES.values()}
    assert stemmers >= STEMMERS
