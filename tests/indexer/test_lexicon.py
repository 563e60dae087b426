"""The lexicon of a segment against analysing every word that the segment has."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from corpus import LANGUAGES, Article
from indexer.analysis import Token, query_analyzer
from indexer.analysis.termtable import key_hash
from indexer.bulk import SegmentBuilder
from indexer.codec import ColumnarCodec
from indexer.codec.bytestrings import ByteStrings
from indexer.codec.codec import open_file
from indexer.codec.container import Array
from indexer.codec.segment import ColumnarSegment
from indexer.codec.terms import TermDictionary
from indexer.documents import Encoded
from indexer.lexicon import (
    COMPOUNDING,
    EXTENSION,
    FieldKeys,
    Lexicon,
    Terms,
    endings_order,
    folded_order,
    language_of,
    write_lexicon,
)
from indexer.merging import merge_segments
from tests.indexer.codec.corpora import WORDS, article_lists, schema_for

# Accents on and off, compounds, and what has more than one key; beside what the random corpora have.
MORE = {
    "pl": "klientów klientow klienci sądy sady żółci zolci żół zaż",
    "de": "Arbeitsvertrag Vertrag Verträge Mietvertrag Vertragsarbeit Bürovertrag Buro",
    "fr": "employés employes l'employé emplois à a",
    "en": "calls call calling callings résumé resume résumés",
}
LANGUAGES_USED = ("pl", "de", "fr", "en", "tr", "ja", "ar", "el", "und")


class Opened(NamedTuple):
    """A segment's lexicon, with the terms that its numbers stand for."""

    lexicon: Lexicon
    dictionaries: dict[str, TermDictionary]

    def terms(self, field: str) -> list[str]:
        return [term.decode() for term in self.dictionaries[field].load()] if field in self.dictionaries else []

    def spelled(self, field: str, numbers: Array) -> list[str]:
        known = self.terms(field)
        return [known[number] for number in numbers.tolist()]


def opened(folder: Path, segment: ColumnarSegment) -> Opened:
    storage = FileStorage(str(folder))
    fields = ColumnarCodec().terms_reader(storage, segment).fields
    dictionaries = {name: field.terms for name, field in fields.items() if language_of(name)}
    return Opened(Lexicon(open_file(storage, segment, EXTENSION)), dictionaries)


def built(folder: Path, articles: Sequence[Article]) -> Opened:
    return opened(folder, segment_of(folder, articles))


def segment_of(folder: Path, articles: Sequence[Article]) -> ColumnarSegment:
    segment = ColumnarSegment("MAIN")
    schema = schema_for({article.language for article in articles} | {"en"})
    SegmentBuilder(schema).write(map(Encoded.of, articles), FileStorage(str(folder)), segment)
    return segment


def articles_of(*texts: tuple[str, str, str]) -> list[Article]:
    return [Article(str(number), *text) for number, text in enumerate(texts)]


def analysed(articles: Sequence[Article], language: str, kind: str) -> dict[str, Token]:
    """The words of titles or bodies in a language, by their forms."""
    texts = [getattr(article, kind) for article in articles if article.language == language]
    return {token.form: token for text in texts for token in query_analyzer(language).tokens(text)}


def check(found: Opened, articles: Sequence[Article]) -> None:
    """Hold every word that there is, and many that there are not, against what the lexicon says."""
    for language in {article.language for article in articles} | {"en"}:
        words = {kind: analysed(articles, language, kind) for kind in ("title", "body")}
        probes = {"absent", "", *(WORDS.get(language, "") + MORE.get(language, "")).split()}
        for tokens in words.values():
            probes |= {key for token in tokens.values() for key in (token.stem, token.plain, token.form, token.folded)}
        keys = sorted(probes)
        hashes = np.array([key_hash(key) for key in keys], np.uint64)
        answers = found.lexicon.lookup(language, hashes)
        assert len(answers) == len(keys)
        having = zip(*(column.tolist() for column in found.lexicon.having(language, hashes)), strict=True)
        assert sorted(having) == sorted(
            (at, term, in_title)
            for at, answer in enumerate(answers)
            for in_title, terms in ((True, answer.title if answer else ()), (False, answer.body if answer else ()))
            for term in terms
        )
        for key, answer in zip(keys, answers, strict=True):
            expected = {
                kind: sorted(form for form, token in tokens.items() if key in (token.stem, token.plain))
                for kind, tokens in words.items()
            }
            if not any(expected.values()):
                assert answer is None, key
                continue
            assert answer is not None, key
            assert found.spelled(f"title_{language}", answer.title) == expected["title"], key
            assert found.spelled(f"body_{language}", answer.body) == expected["body"], key
        for kind, tokens in words.items():
            check_orders(found, f"{kind}_{language}", language, tokens, keys)


def check_orders(found: Opened, field: str, language: str, tokens: dict[str, Token], probes: list[str]) -> None:
    assert found.terms(field) == sorted(tokens)
    dictionary = found.dictionaries.get(field)
    if dictionary is None:
        return
    for probe in {key[:length] for key in probes for length in (0, 1, 2, 3, len(key))}:
        accented = [token for token in tokens.values() if token.folded != token.form]
        by_folded = sorted((token.folded, token.form) for token in accented if token.folded.startswith(probe))
        assert found.spelled(field, found.lexicon.folded_from(field, dictionary, probe)) == [
            form for _, form in by_folded
        ], probe
        ending = probe[::-1]
        backwards = sorted((token.stem[::-1], token.form) for token in tokens.values() if token.stem.endswith(ending))
        assert found.spelled(field, found.lexicon.ending_in(field, dictionary, ending)) == (
            [form for _, form in backwards] if language in COMPOUNDING else []
        ), ending


@st.composite
def corpora(draw: st.DrawFn) -> list[Article]:
    articles = draw(article_lists(max_size=4, languages=LANGUAGES_USED))
    for number in range(draw(st.integers(0, 3))):
        code = draw(st.sampled_from(sorted(MORE)))
        words = st.lists(st.sampled_from(MORE[code].split()), max_size=6).map(" ".join)
        articles.append(Article(f"more/{number}", code, draw(words), draw(words)))
    return articles


@given(articles=corpora(), few=st.sampled_from([0, 1, 16]))
@settings(max_examples=60, deadline=None)
def test_every_key_finds_the_terms_whose_stem_or_plain_stem_it_is(articles: list[Article], few: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr("indexer.lexicon._FEW", few)
        check(built(Path(folder), articles), articles)


@given(articles=corpora(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_merged_lexicon_knows_the_words_left_and_no_other(articles: list[Article], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(articles)))
    gone = data.draw(st.sets(st.integers(0, max(0, len(articles) - 1))))
    with TemporaryDirectory() as folder:
        segments = []
        for first, part in ((0, articles[:cut]), (cut, articles[cut:])):
            segments.append(segment_of(Path(folder), part))
            for number in range(len(part)):
                if first + number in gone:
                    segments[-1].delete_document(number)
        into = ColumnarSegment("MAIN")
        schema = schema_for({article.language for article in articles} | {"en"})
        merge_segments(FileStorage(folder), schema, segments, into)
        left = [article for number, article in enumerate(articles) if number not in gone]
        check(opened(Path(folder), into), left)


def test_a_stem_finds_all_inflections_in_title_and_body(tmp_path: Path) -> None:
    found = built(tmp_path, articles_of(("en", "Calls", "A call. Calling pays."), ("en", "Pay", "Nobody called.")))
    (of_call, of_pay, nothing) = found.lexicon.lookup("en", hashes("call", "pay", "stress"))
    assert of_call is not None and of_pay is not None and nothing is None
    assert found.spelled("title_en", of_call.title) == ["calls"]
    assert found.spelled("body_en", of_call.body) == ["call", "called", "calling"]
    assert found.spelled("title_en", of_pay.title) == ["pay"]
    assert found.spelled("body_en", of_pay.body) == ["pays"]


def hashes(*keys: str) -> Array:
    return np.array([key_hash(key) for key in keys], np.uint64)


def test_a_word_is_found_by_the_stem_that_it_has_without_its_accents(tmp_path: Path) -> None:
    # Of klientów the stem is klient, of klientow it is klientow.
    found = built(tmp_path, articles_of(("pl", "", "klientów"), ("pl", "", "klientow klient")))
    by_stem, by_plain = found.lexicon.lookup("pl", hashes("klient", "klientow"))
    assert by_stem is not None and by_plain is not None
    assert found.spelled("body_pl", by_stem.body) == ["klient", "klientów"]
    assert found.spelled("body_pl", by_plain.body) == ["klientow", "klientów"]
    assert (len(by_stem.title), len(by_plain.title)) == (0, 0)


def test_languages_know_nothing_of_each_other(tmp_path: Path) -> None:
    found = built(tmp_path, articles_of(("en", "pay", "pay"), ("pl", "praca", "praca")))
    assert found.lexicon.lookup("en", hashes("prac", "praca")) == [None, None]
    assert found.lexicon.lookup("pl", hashes("pay")) == [None]
    assert found.lexicon.lookup("lt", hashes("pay", "prac")) == [None, None]
    assert found.lexicon.lookup("en", hashes()) == []


def test_the_highest_and_the_lowest_hash_are_looked_for_like_others(tmp_path: Path) -> None:
    found = built(tmp_path, articles_of(("en", "pay", "night work")))
    assert found.lexicon.lookup("en", np.array([0, 2**64 - 1], np.uint64)) == [None, None]


def test_accented_words_come_in_the_order_of_their_plain_letters(tmp_path: Path) -> None:
    found = built(tmp_path, articles_of(("pl", "", "żaba sąd sad ścięgno zołza źle sądy")))

    def begin(prefix: str) -> list[str]:
        numbers = found.lexicon.folded_from("body_pl", found.dictionaries["body_pl"], prefix)
        return found.spelled("body_pl", numbers)

    # What has no accents, as sad has none, is found in the dictionary itself.
    assert begin("") == ["sąd", "sądy", "ścięgno", "żaba", "źle", "zołza"]
    assert begin("s") == ["sąd", "sądy", "ścięgno"]
    assert begin("sad") == ["sąd", "sądy"]
    assert begin("zo") == ["zołza"]
    assert begin("są") == begin("x") == []


def test_compounds_are_found_by_their_ends_where_words_are_written_together(tmp_path: Path) -> None:
    words = "Arbeitsvertrag Verträge Mietverträge Vertragsarbeit"
    found = built(tmp_path, articles_of(("de", words, ""), ("en", "contract subcontract", "")))

    def ending(field: str, end: str) -> list[str]:
        return found.spelled(field, found.lexicon.ending_in(field, found.dictionaries[field], end))

    # By stems, which are without accents and endings: vertrag of Verträge.
    assert ending("title_de", "vertrag") == ["verträge", "arbeitsvertrag", "mietverträge"]
    assert ending("title_de", "arbeit") == ["vertragsarbeit"]
    assert ending("title_de", "x") == []
    assert ending("title_en", "contract") == []


def test_a_field_that_is_not_there_has_nothing(tmp_path: Path) -> None:
    found = built(tmp_path, articles_of(("de", "Vertrag", "")))
    dictionary = found.dictionaries["title_de"]
    assert found.lexicon.folded_from("title_pl", dictionary, "").tolist() == []
    assert found.lexicon.ending_in("title_fi", dictionary, "").tolist() == []
    assert [part.tolist() for part in found.lexicon.keys_of("body_lt")] == [[], [], []]


@pytest.mark.parametrize("language", ["de", "pl"])
def test_what_is_written_can_be_taken_out_again(tmp_path: Path, language: str) -> None:
    title, body = ByteStrings.of([form.encode() for form in ("a", "b", "ä", "ö")]), ByteStrings.of([b"a"])
    fields = {
        # A pair may come twice: of a word whose stem is its plain stem, or that comes from several segments.
        f"title_{language}": FieldKeys(
            np.array([7, 7, 5, 2**63, 7], np.uint64),
            np.array([3, 0, 1, 2, 3]),
            folded_order(title, np.array([2, 3])),
            endings_order(language, title),
        ),
        f"body_{language}": FieldKeys(
            np.array([7, 5], np.uint64),
            np.array([0, 0]),
            folded_order(body, np.zeros(0, np.int64)),
            endings_order(language, body),
        ),
    }
    segment, storage = ColumnarSegment("MAIN"), FileStorage(str(tmp_path))
    write_lexicon(fields, storage, segment)
    lexicon = Lexicon(open_file(storage, segment, EXTENSION))
    # Sorted by key, then by term.
    assert [part.tolist() for part in lexicon.keys_of(f"title_{language}")] == [[5, 7, 7, 2**63], [1, 0, 3, 2], [2, 3]]
    assert [part.tolist() for part in lexicon.keys_of(f"body_{language}")] == [[5, 7], [0, 0], []]
    assert [said(one) for one in lexicon.lookup(language, np.array([7, 5, 6, 2**63], np.uint64))] == [
        ([0, 3], [0]), ([1], [0]), None, ([2], []),
    ]  # fmt: skip


def said(terms: Terms | None) -> tuple[list[int], list[int]] | None:
    return None if terms is None else (terms.title.tolist(), terms.body.tolist())


def test_accented_terms_are_in_the_order_of_their_letters() -> None:
    forms = ByteStrings.of([form.encode() for form in ("sad", "sądy", "żal", "żołądek", "ósmy")])
    assert folded_order(forms, np.array([1, 2, 3, 4])).tolist() == [4, 1, 2, 3]


def test_terms_are_in_the_order_of_the_ends_of_their_stems() -> None:
    # Read from the end: gartreva, gartrevstiebra, tiebra.
    forms = ByteStrings.of([form.encode() for form in ("arbeit", "arbeitsvertrag", "vertrag", "vertrage")])
    found = endings_order("de", forms)
    assert found is not None
    assert found.tolist() == [2, 3, 1, 0]
    assert endings_order("en", forms) is None


def test_no_terms_are_in_no_order() -> None:
    nothing, found = ByteStrings.of([]), endings_order("de", ByteStrings.of([]))
    assert found is not None
    assert (len(folded_order(nothing, np.zeros(0, np.int64))), len(found)) == (0, 0)


@pytest.mark.parametrize(
    ("field", "language"),
    [
        ("title_pl", "pl"),
        ("body_und", "und"),
        ("topics", None),
        ("published", None),
        ("title_", None),
        ("title_xx", None),
        ("form_pl", None),
        ("pl", None),
    ],
)
def test_only_fields_of_words_have_a_language(field: str, language: str | None) -> None:
    assert language_of(field) == language


def test_languages_that_write_words_together_are_in_the_table() -> None:
    assert set(LANGUAGES) >= COMPOUNDING
