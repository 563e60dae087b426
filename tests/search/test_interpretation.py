"""What a page says of how its query was understood."""

from search import Engine, SearchRequest


def test_an_excluded_word_is_said_as_it_was_typed(engine: Engine) -> None:
    page = engine.search(SearchRequest("-title:burnout -stres*"))
    assert page.interpretation.excluded == ("title:burnout", "stres*")


def test_words_that_no_article_has_are_not_said_to_be_left_out(engine: Engine) -> None:
    said = engine.search(SearchRequest("pracownik xyzzyqq", languages=("pl",))).interpretation
    assert said.words == ("pracownik", "xyzzyqq")
    assert said.unknown == ("xyzzyqq",)
    assert said.left_out == ()
