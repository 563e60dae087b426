from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import LANGUAGES
from indexer.analysis import Analyzer, Token, query_analyzer, written_runs
from indexer.analysis.lines import as_lines, lines_of


def tokens(text: str, language: str) -> list[Token]:
    return query_analyzer(language).tokens(text)


def test_a_token_is_a_place_in_the_text_and_ways_to_compare_it() -> None:
    first, second = tokens("Zażółć umowę!", "pl")
    assert (first.start, first.end, first.position) == (0, 6, 0)
    assert (first.form, first.folded, first.stem) == ("zażółć", "zazolc", "zazolc")
    assert (second.start, second.end, second.position) == (7, 12, 1)
    assert (second.form, second.folded, second.stem) == ("umowę", "umowe", "umow")


def test_the_plain_stem_is_that_of_the_word_typed_without_accents() -> None:
    # Snowball knows the Polish ending -ów, and no ending -ow.
    [written], [typed] = tokens("klientów", "pl"), tokens("klientow", "pl")
    assert (written.stem, written.plain) == ("klient", "klientow")
    assert typed.stem == written.plain
    assert typed.plain == typed.stem


@pytest.mark.parametrize(
    ("language", "text", "start", "form"),
    [
        ("fr", "l’emploi", 2, "emploi"),
        ("it", "Dell'azienda", 5, "azienda"),
        ("ca", "d'empresa", 2, "empresa"),
        ("en", "l’emploi", 0, "l'emploi"),
    ],
)
def test_offsets_leave_an_elided_article_out(language: str, text: str, start: int, form: str) -> None:
    [token] = tokens(text, language)
    assert (token.start, token.end, token.form) == (start, len(text), form)


def test_turkish_capitals_keep_their_dots() -> None:
    assert [token.form for token in tokens("IŞIK İŞ", "tr")] == ["ışık", "iş"]
    assert [token.form for token in tokens("ISIK", "en")] == ["isik"]


def test_letters_that_grow_when_folded_do_not_move_what_follows() -> None:
    # ß becomes two letters, the ligature three, a decomposed é one.
    text = "Straße oﬃce cafe\u0301 Ende"
    assert [text[token.start : token.end] for token in tokens(text, "de")] == text.split()
    assert [token.form for token in tokens(text, "de")] == ["strasse", "office", "café", "ende"]


def test_a_joined_token_is_beside_its_parts() -> None:
    assert [(token.form, token.position, token.joined) for token in tokens("by E-Mail", "de")] == [
        ("by", 0, False),
        ("e", 1, False),
        ("email", 1, True),
        ("mail", 2, False),
    ]


PIECES = st.lists(
    st.sampled_from(
        ["darbas", "L'oro", "e-mail", "24/7", "職場の", "C++", "नौकरी", "IT企業", "U.S.", "don’t", "—", "ｅ"]
    ),
    max_size=8,
)


@given(before=PIECES, after=PIECES, code=st.sampled_from(["en", "fr", "ja", "lt", "tr"]))
@settings(max_examples=200, deadline=None)
def test_a_text_has_the_tokens_of_its_parts(before: list[str], after: list[str], code: str) -> None:
    first, second = " ".join(before) + "\n", " ".join(after)
    whole = tokens(first + second, code)
    beginning = tokens(first, code)
    positions = len({token.position for token in beginning})
    moved = [
        token._replace(start=token.start + len(first), end=token.end + len(first), position=token.position + positions)
        for token in tokens(second, code)
    ]
    assert whole == beginning + moved


@given(texts=st.lists(PIECES.map(" ".join), max_size=3), code=st.sampled_from(["en", "fr", "ja", "lt", "pl", "tr"]))
@settings(max_examples=200, deadline=None)
def test_forms_are_compared_together_as_one_by_one(texts: list[str], code: str) -> None:
    found = [token for text in texts for token in tokens(text, code)]
    forms = [token.form for token in found]
    folded, stems = lines_of(query_analyzer(code).folded_lines(as_lines(forms))), query_analyzer(code).stems(forms)
    plain = query_analyzer(code).stems(folded)
    expected = [(token.folded, token.stem, token.plain) for token in found]
    assert list(zip(folded, stems, plain, strict=True)) == expected


@pytest.mark.parametrize(
    ("language", "spellings", "forms"),
    [
        ("en", ["Pay", "IN", "ｅ", "Straße"], ["pay", "in", "e", "strasse"]),
        ("tr", ["IŞIK", "İş", "ISI"], ["ışık", "iş", "ısı"]),
        ("de", [], []),
    ],
)
def test_plain_words_have_their_forms_at_once(language: str, spellings: list[str], forms: list[str]) -> None:
    assert query_analyzer(language).forms(spellings) == forms


@pytest.mark.parametrize(
    ("language", "text", "runs"),
    [
        ("de", "by E-Mail, 24/7", ["by", "e", "mail", "24", "7"]),
        ("zh", "职场的", ["职场", "场的"]),
        ("zh", "的", ["的"]),
        ("ja", "職場 ストレス", ["職場", "スト", "トレ", "レス"]),
        ("en", "?!", []),
    ],
)
def test_runs_are_what_is_written_one_after_the_other(language: str, text: str, runs: list[str]) -> None:
    assert [token.form for token in written_runs(tokens(text, language))] == runs


def test_a_full_cache_is_only_slower() -> None:
    text = "call center stress, call center, 職場の stress e-mail call"
    small = Analyzer(LANGUAGES["en"], cache_words=2)
    assert [small.tokens(text) for _ in range(3)] == [Analyzer(LANGUAGES["en"]).tokens(text)] * 3


def test_threads_may_share_an_analyzer() -> None:
    analyzer = Analyzer(LANGUAGES["lt"], cache_words=5)
    texts = [f"Darbuotojai {word} sutartis {word}us" for word in ("vien", "kit", "trec", "nauj", "sen", "ger")]
    expected = [analyzer.tokens(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: [analyzer.tokens(text) for text in texts], range(100)))
    assert all(each == expected for each in found)
