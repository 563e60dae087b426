from pathlib import Path

import pytest

from search.evaluation import BadSet, find_sets, read_set
from search.evaluation.sets import MAX_LINE_CHARS
from tests.search.evaluation.conftest import DOCUMENTS, QUERIES, MakeSet


def test_a_set_is_its_documents_and_its_queries_with_their_grades(make_set: MakeSet) -> None:
    judged = read_set(make_set("help/pl"))
    assert judged.name == "help/pl"
    assert [(article.id, article.language, article.title) for article in judged.documents] == [
        ("calls", "en", "Call center stress"),
        ("pay", "en", "Asking for a raise"),
        ("night", "en", "Working at night"),
    ]
    assert judged.documents[0].body == "Calls never stop.\nStress grows."
    assert [(query.id, query.text, query.language, query.grades) for query in judged.queries] == [
        ("q1", "stress of calls", "en", {"calls": 2}),
        ("q2", "worker", "en", {"pay": 2, "night": 1}),
    ]


def test_the_line_that_names_the_columns_may_be_left_out(make_set: MakeSet) -> None:
    queries = read_set(make_set(qrels=["q1\tcalls\t2", "q2\tpay\t1"])).queries
    assert [query.grades for query in queries] == [{"calls": 2}, {"pay": 1}]


def test_the_documents_may_be_the_articles_of_a_folder(make_set: MakeSet, tmp_path: Path) -> None:
    articles = tmp_path / "library" / "pl"
    articles.mkdir(parents=True)
    (articles / "pay.md").write_text("---\nlang: pl\n---\n# Płaca\n\nPracownik pyta.\n", encoding="utf-8")
    queries = [{"_id": "q", "text": "placa", "lang": "pl"}]
    folder = make_set(documents=None, queries=queries, qrels=["q\tpl/pay\t1"])
    (folder / "set.toml").write_text('articles = "../../library"\nown_language = true\n', encoding="utf-8")
    judged = read_set(folder)
    assert [(article.id, article.language, article.title) for article in judged.documents] == [
        ("pl/pay", "pl", "Płaca")
    ]
    assert judged.own_language
    (articles / "pay.md").write_text("---\nlang: pl\n---\n# Płaca\n\nPracownik zapyta.\n", encoding="utf-8")
    assert read_set(folder).sha256 != judged.sha256


def test_an_article_that_cannot_be_read_is_an_error(make_set: MakeSet, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "empty.md").write_text("", encoding="utf-8")
    folder = make_set(documents=None)
    (folder / "set.toml").write_text('articles = "../../library"', encoding="utf-8")
    with pytest.raises(BadSet, match=r"empty\.md: skipped: empty"):
        read_set(folder)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("articles = 3", "allowed are a path in quotation marks"),
        ('articles = "nowhere"', "articles is 'nowhere', which is no folder"),
        ("article = 'a'", "'article' is not known; allowed are articles and own_language"),
        ("articles", "set.toml: "),
    ],
)
def test_a_description_that_cannot_be_used_is_explained(make_set: MakeSet, text: str, message: str) -> None:
    folder = make_set(documents=None)
    (folder / "set.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadSet, match=message):
        read_set(folder)


def test_the_digest_is_of_what_the_set_says(make_set: MakeSet, tmp_path: Path) -> None:
    first, same = read_set(make_set("a")), read_set(make_set("b"))
    other = read_set(make_set("c", queries=[QUERIES[0], {**QUERIES[1], "text": "workers"}]))
    assert first.sha256 == same.sha256 != other.sha256
    (tmp_path / "b" / "set.toml").write_text("own_language = true")
    assert read_set(tmp_path / "b").sha256 != same.sha256


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(make_set: MakeSet, name: str) -> None:
    folder = make_set()
    (folder / name).unlink()
    with pytest.raises(BadSet, match=f"{name} is missing; a set is queries.jsonl, qrels.tsv, and corpus.jsonl"):
        read_set(folder)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_an_empty_file_is_named(make_set: MakeSet, name: str) -> None:
    folder = make_set()
    (folder / name).write_text("")
    with pytest.raises(BadSet, match=f"{name} is empty"):
        read_set(folder)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"queries\.jsonl:3: not JSON"),
        ("[" * 100_000, r"queries\.jsonl:3: not JSON"),
        ("[]", r"queries\.jsonl:3: a list; each line has to be an object with _id, text, lang"),
        ('{"_id": "q3", "lang": "en"}', r"queries\.jsonl:3: text is None; it has to be there, and to be text"),
        ('{"_id": 3, "text": "a", "lang": "en"}', r"queries\.jsonl:3: _id is 3; it has to be there"),
        ('{"_id": "q 3", "text": "a", "lang": "en"}', "_id is 'q 3'; it must not be empty or hold blanks"),
        ('{"_id": "q1", "text": "a", "lang": "en"}', r"_id 'q1' is that of .*queries\.jsonl:1; ids have to differ"),
        ('{"_id": "q3", "text": " ", "lang": "en"}', "the query is empty"),
        (r'{"_id": "q3", "text": "\ud800", "lang": "en"}', r"queries\.jsonl:3: cannot be encoded"),
        ('{"_id": "q3", "text": "a", "lang": "xx"}', "lang is 'xx', which has no row in the table of languages"),
    ],
)
def test_a_bad_line_is_named_by_its_number(make_set: MakeSet, line: str, message: str) -> None:
    folder = make_set()
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(BadSet, match=message):
        read_set(folder)


def test_a_line_that_never_ends_is_not_read_to_its_end(make_set: MakeSet) -> None:
    folder = make_set()
    (folder / "corpus.jsonl").write_text("x" * (MAX_LINE_CHARS + 1))
    with pytest.raises(BadSet, match=r"corpus\.jsonl:1: too long; allowed are 20,000,000 characters a line"):
        read_set(folder)


def test_bytes_that_are_no_text_are_an_error(make_set: MakeSet) -> None:
    folder = make_set()
    (folder / "queries.jsonl").write_bytes(b'{"_id": "\xff"}\n')
    with pytest.raises(BadSet, match=r"queries\.jsonl:1: not UTF-8"):
        read_set(folder)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("q2 calls 1", r"qrels\.tsv:5: 1 columns; each line has three, with tabs between"),
        ("q9\tcalls\t1", "there is no query 'q9' in queries.jsonl"),
        ("q2\tcall\t1", "there is no document 'call' in the set"),
        ("q2\tpay\t1", "query 'q2' and document 'pay' were judged before"),
        ("q2\tcalls\tyes", "the grade is 'yes'; allowed is a whole number from 0 to 1000"),
        ("q2\tcalls\t-1", "the grade is '-1'"),
        ("q2\tcalls\t" + "9" * 5000, "the grade is '999"),
    ],
)
def test_a_bad_judgement_is_named_by_its_line(make_set: MakeSet, line: str, message: str) -> None:
    folder = make_set()
    with (folder / "qrels.tsv").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(BadSet, match=message):
        read_set(folder)


def test_a_query_that_nothing_answers_is_an_error(make_set: MakeSet) -> None:
    with pytest.raises(BadSet, match="no document answers query 'q2'"):
        read_set(make_set(qrels=["q1\tcalls\t2", "q2\tpay\t0"]))


def test_with_own_language_a_judgement_across_languages_is_an_error(make_set: MakeSet) -> None:
    folder = make_set(documents=[{**DOCUMENTS[0], "lang": "pl"}, *DOCUMENTS[1:]])
    assert not read_set(folder).own_language
    (folder / "set.toml").write_text("own_language = true")
    with pytest.raises(BadSet, match="'calls' is in pl, the query in en"):
        read_set(folder)


def test_sets_are_found_at_a_path_or_below_it(make_set: MakeSet, tmp_path: Path) -> None:
    second, first = make_set("sets/pl"), make_set("sets/deep/en")
    (first / "corpus.jsonl").unlink()
    assert find_sets([tmp_path / "sets"]) == [first, second]
    assert find_sets([second, tmp_path]) == [second, first]


def test_a_path_without_sets_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadSet, match="is no folder; give the folder of a set"):
        find_sets([tmp_path / "none"])
    with pytest.raises(BadSet, match=r"there is no queries\.jsonl in"):
        find_sets([tmp_path])


def test_two_sets_must_not_share_a_name(make_set: MakeSet, tmp_path: Path) -> None:
    make_set("old/help/pl")
    make_set("new/help/pl")
    with pytest.raises(BadSet, match="are both called help/pl; rename one"):
        find_sets([tmp_path])
