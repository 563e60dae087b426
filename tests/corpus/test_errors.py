from corpus import CorpusError, Problem, Rejection
from corpus.errors import SettingsError


def test_a_problem_says_whether_it_cost_an_article() -> None:
    assert str(Problem("a.md", "empty.")) == "a.md: skipped: empty."
    assert str(Problem("a.md", "its language is uncertain.", skipped=False)) == "a.md: its language is uncertain."


def test_one_base_catches_every_error_of_the_package() -> None:
    assert issubclass(Rejection, CorpusError)
    assert issubclass(SettingsError, CorpusError)
