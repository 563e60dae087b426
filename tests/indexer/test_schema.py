import pickletools
from collections.abc import Callable

from corpus import LANGUAGES, Article
from indexer.generations import Generation
from indexer.schema import PUBLISHED, body_field, schema, title_field

OURS = ("corpus", "indexer", "search", "wsgi")


def test_every_language_has_fields_of_its_own() -> None:
    names = set(schema().names())
    for code in LANGUAGES:
        assert {f"title_{code}", f"body_{code}"} <= names
    fields = [field(code) for code in LANGUAGES for field in (title_field, body_field)]
    assert len(set(fields)) == 2 * len(LANGUAGES)


def test_words_are_in_no_other_fields() -> None:
    # What has a length has words; stems and forms without accents are in the lexicon.
    scorable = {name for name in schema().names() if schema()[name].scorable}
    assert scorable == {field(code) for code in LANGUAGES for field in (title_field, body_field)}


def test_phrases_can_be_found_in_titles_and_bodies() -> None:
    for code in LANGUAGES:
        assert schema()[title_field(code)].supports("positions")
        assert schema()[body_field(code)].supports("positions")


def test_a_day_is_a_column_of_numbers_and_no_term() -> None:
    field = schema()[PUBLISHED]
    assert not field.indexed
    assert field.column_type is not None
    assert field.column_type.default_value() == 0


def test_the_schema_in_an_index_names_no_class_of_ours(publish: Callable[..., Generation]) -> None:
    # A later version could not load what names a class that it has moved.
    generation = publish(Article("a", "en", "Title", "Body."))
    data = max(generation.path.glob("_MAIN_*.toc")).read_bytes()
    # The schema is the first of the table's pickles; protocol 2 begins so, and names classes in the opcode GLOBAL.
    pickled = list(pickletools.genops(data[data.index(b"\x80\x02") :]))
    modules = {str(said).split(" ")[0] for opcode, said, _ in pickled if opcode.name == "GLOBAL"}
    assert "whoosh.fields" in modules
    assert not [module for module in modules if module.split(".")[0] in OURS]
    assert not [
        opcode.name for opcode, _, _ in pickled if opcode.name in ("STACK_GLOBAL", "INST", "EXT1", "EXT2", "EXT4")
    ]
