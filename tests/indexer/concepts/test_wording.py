import pytest

from indexer.analysis import query_analyzer
from indexer.analysis.termtable import key_hash
from indexer.concepts import ConceptTable
from indexer.concepts.wording import Wording, wording
from tests.indexer.concepts.conftest import Compile
from tests.indexer.concepts.handful import CALL_CENTER


def looked_for(term: str, code: str = "en") -> tuple[list[str], list[str]]:
    found = wording(query_analyzer(code).tokens(term))
    return [token.form for token in found.row], [token.form for token in found.singles]


def test_several_words_are_looked_for_in_a_row_and_one_by_itself() -> None:
    assert looked_for("call center") == (["call", "center"], [])
    assert looked_for("Hotline") == ([], ["hotline"])


def test_what_a_hyphen_joins_is_also_looked_for_as_one_word() -> None:
    assert looked_for("call-center") == (["call", "center"], ["callcenter"])
    assert looked_for("call-center agent") == (["call", "center", "agent"], [])


def test_of_no_words_there_is_nothing_to_look_for() -> None:
    assert wording(query_analyzer("en").tokens("…")) == Wording((), ())


def test_a_compiled_glossary_has_the_wordings_of_all_its_terms(table: ConceptTable) -> None:
    for number, code in enumerate(table.languages):
        keys = table.wordings.keys(number).tolist()
        rows, singles = table.wordings.rows(number), table.wordings.singles(number)
        terms = [term for term, of in enumerate(table.term_languages.tolist()) if of == number]
        found = {term: wording(query_analyzer(code).tokens(table.term(term))) for term in terms}
        assert keys == sorted(set(keys))
        assert [
            (int(term), [(keys[rows.keys[at]], int(rows.offsets[at])) for at in range(*rows.starts[row : row + 2])])
            for row, term in enumerate(rows.terms)
        ] == [
            (term, [(key_hash(token.stem), token.position - each.row[0].position) for token in each.row])
            for term, each in found.items()
            if each.row
        ]
        assert [
            (int(term), [keys[key] for key in pair], table.wordings.form(singles.first + at))
            for at, (term, pair) in enumerate(zip(singles.terms, singles.keys.tolist(), strict=True))
        ] == [
            (term, [key_hash(token.stem), key_hash(token.plain)], token.folded)
            for term, each in found.items()
            for token in each.singles
        ]


def test_a_language_may_have_no_term_of_several_words(compile: Compile) -> None:
    wordings = compile(CALL_CENTER).wordings
    languages = sorted(CALL_CENTER.terms)
    assert [len(wordings.rows(number).terms) for number in range(len(languages))] == [
        sum(len(looked_for(term, code)[0]) > 1 for term in CALL_CENTER.terms[code]) for code in languages
    ]
    assert len(wordings.rows(languages.index("lt")).terms) == 1 and not len(
        wordings.singles(languages.index("lt")).terms
    )


def said(found: Wording) -> list[list[tuple[int, str, str, str, str]]]:
    return [
        [(token.position, token.form, token.folded, token.stem, token.plain) for token in tokens] for tokens in found
    ]


def test_a_term_is_looked_for_as_it_was_compiled_as_if_it_were_analysed(table: ConceptTable) -> None:
    for term, language in enumerate(table.term_languages.tolist()):
        found = wording(query_analyzer(table.languages[language]).tokens(table.term(term)))
        assert said(table.wording(term)) == said(found)


def test_what_other_rules_compiled_is_analysed(compile: Compile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.concepts.table.RULES", -1)
    table = compile(CALL_CENTER)
    number = [table.term(term) for term in range(len(table.term_languages))].index("call center")
    assert [token.form for token in table.wording(number).row] == ["call", "center"]
