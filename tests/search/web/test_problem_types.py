from search.web.problem_types import BY_STATUS, PROBLEM_TYPES


def test_every_kind_of_problem_is_explained() -> None:
    assert all(row.meaning.endswith(".") and row.title[0].isupper() for row in PROBLEM_TYPES.values())
    assert [row.status for row in PROBLEM_TYPES.values()] == sorted(row.status for row in PROBLEM_TYPES.values())


def test_the_statuses_that_are_promised_have_a_kind() -> None:
    assert BY_STATUS.keys() == {400, 404, 405, 406, 413, 414, 415, 429, 500, 503}
    assert (BY_STATUS[400].name, BY_STATUS[404].name) == ("invalid-parameters", "not-found")
