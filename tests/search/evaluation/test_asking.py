from pathlib import Path

from search.evaluation import ask, read_set
from tests.search.evaluation.conftest import DOCUMENTS, QUERIES, MakeSet


def test_queries_are_answered_from_an_index_of_the_set(make_set: MakeSet) -> None:
    judged = read_set(make_set())
    stress, worker = ask(judged, judged.queries)
    assert stress.ids == ("calls",)
    assert set(worker.ids) == {"pay", "night"}
    assert stress.query is judged.queries[0]
    assert 0 < stress.milliseconds < 10_000


def test_a_hundred_hits_are_looked_at(make_set: MakeSet) -> None:
    documents = [
        *DOCUMENTS,
        *({"_id": f"d{n}", "title": "Worker", "text": "Worker.", "lang": "en"} for n in range(150)),
    ]
    judged = read_set(make_set(documents=documents))
    assert [len(answer.ids) for answer in ask(judged, judged.queries[1:])] == [100]


def test_a_language_is_the_one_that_the_set_says(make_set: MakeSet) -> None:
    # Polish inflections meet under Polish stems alone.
    documents = [{"_id": "d", "title": "", "text": "pracownikami", "lang": "pl"}]
    queries = [{"_id": "q", "text": "pracownik", "lang": "pl"}]
    judged = read_set(make_set(documents=documents, queries=queries, qrels=["q\td\t1"]))
    assert [answer.ids for answer in ask(judged, judged.queries)] == [("d",)]


def test_with_own_language_a_query_is_asked_of_that_language(make_set: MakeSet, tmp_path: Path) -> None:
    documents = [*DOCUMENTS, {"_id": "stresas", "title": "Stress", "text": "Angl. stress.", "lang": "lt"}]
    folder = make_set(documents=documents, queries=[{**QUERIES[0], "text": "stress"}], qrels=["q1\tcalls\t2"])
    judged = read_set(folder)
    assert set(ask(judged, judged.queries)[0].ids) == {"calls", "stresas"}
    (folder / "set.toml").write_text("own_language = true")
    judged = read_set(folder)
    assert ask(judged, judged.queries)[0].ids == ("calls",)


def test_translations_are_judged_one_by_one(make_set: MakeSet, tmp_path: Path) -> None:
    folder = make_set(documents=None, queries=QUERIES[:1], qrels=["q1\ten/calls\t2"])
    articles = tmp_path / "articles"
    for code in ("en", "lt"):
        (articles / code).mkdir(parents=True)
        (articles / code / "calls.md").write_text(f"---\nlang: {code}\n---\n# Calls\n\nStress.\n", encoding="utf-8")
    (folder / "set.toml").write_text(f'articles = "{articles}"')
    judged = read_set(folder)
    assert set(ask(judged, judged.queries)[0].ids) == {"en/calls", "lt/calls"}
