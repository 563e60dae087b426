"""Which terms may stand in a segment, beside what the articles' texts say, one article after the other."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from whoosh.index import FileIndex

from corpus import Article
from corpus.glossary import Concept, Glossary
from indexer.analysis import Token, query_analyzer
from indexer.analysis.normalization import fold
from indexer.codec import ColumnarCodec
from indexer.codec.codec import open_file
from indexer.concepts import ConceptTable, standing, write_compiled
from indexer.concepts.inflection import is_inflected
from indexer.concepts.standing import standing_in
from indexer.concepts.wording import wording
from indexer.lexicon import EXTENSION, Lexicon
from indexer.schema import schema
from indexer.storage import DurableStorage
from indexer.writer import write_all
from tests.indexer.concepts.handful import CONCEPTS

TIME_OFF = Concept(
    "time-off",
    "law",
    {
        "en": ("time off", "time off in lieu of pay", "off", "work-life balance", "out of time, out of work"),
        "pl": ("czas wolny", "praca", "pracę w nocy"),
        "lt": ("darbo laikas", "darbas"),
        "ja": ("労働時間", "職場"),
        "he": ("עבודה", "זמן עבודה"),
    },
    "law.toml",
)
WORDS = {
    "en": "time off in lieu of pay pays work-life worklife balance balanced out work call-center call center agents it",
    "pl": "czas czasu wolny wolnego praca pracy prace pracownik w nocy call center infolinii",
    "lt": "darbo darbas darbuotojas laikas laiko skambučių centre centras alga",
    "ja": "労働時間 労働 時間 職場 の",
    "he": "עבודה זמן העבודה",
}


def in_segment(articles: list[Article], concepts: tuple[Concept, ...]) -> tuple[ConceptTable, set[int]]:
    """Return the glossary, and of its terms, by number, those that may stand in a segment of these articles."""
    with TemporaryDirectory() as folder:
        index = FileIndex.create(DurableStorage(Path(folder)), schema())
        write_all(index, articles, processes=1)
        write_compiled(Glossary(concepts), Path(folder, "glossary"))
        table = ConceptTable(Path(folder, "glossary"))
        assert isinstance(index.storage, DurableStorage)
        [segment] = index._segments()
        fields = ColumnarCodec().terms_reader(index.storage, segment).fields
        lexicon = Lexicon(open_file(index.storage, segment, EXTENSION))
        found = [standing_in(code, table, lexicon, fields).tolist() for code in table.languages]
        return table, {term for terms in found for term in terms}


def stands(term: str, code: str, articles: list[Article]) -> bool:
    """Tell whether a term stands in a title or a body, by the words there."""
    analyzer = query_analyzer(code)
    row, singles = wording(analyzer.tokens(term))
    for text in (text for article in articles if article.language == code for text in (article.title, article.body)):
        tokens = analyzer.tokens(text)
        if any(
            {token.stem, token.plain} & {single.stem, single.plain}
            and is_inflected(fold(token.form), single.folded, code)
            for token in tokens
            for single in singles
        ):
            return True
        if row and any(_follows(row, tokens, start) for start in {token.position for token in tokens}):
            return True
    return False


def _follows(row: tuple[Token, ...], tokens: list[Token], start: int) -> bool:
    return all(
        any(
            word.stem in (token.stem, token.plain)
            for token in tokens
            if token.position - start == word.position - row[0].position
        )
        for word in row
    )


@st.composite
def some_articles(draw: st.DrawFn) -> list[Article]:
    """A few articles, of the words of the terms and words like them."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        code = draw(st.sampled_from(list(WORDS)))
        words = st.lists(st.sampled_from(WORDS[code].split()), max_size=12).map(" ".join)
        found.append(Article(f"a{number}", code, draw(words), f"{draw(words)} {draw(words)}"))
    return found


@given(some_articles())
@examples(max_examples=30, deadline=None)
def test_the_terms_are_those_that_stand_in_a_title_or_body(articles: list[Article]) -> None:
    table, found = in_segment(articles, (*CONCEPTS, TIME_OFF))
    assert {table.term(term) for term in found} == {
        table.term(number)
        for number, language in enumerate(table.term_languages.tolist())
        if stands(table.term(number), table.languages[language], articles)
    }


def test_no_row_reaches_from_one_article_into_another() -> None:
    articles = [Article("a", "en", "Time", "Much time"), Article("b", "en", "Off", "Off we go")]
    table, found = in_segment(articles, (TIME_OFF,))
    assert {table.term(term) for term in found} == {"off"}


def test_words_in_very_many_places_are_taken_to_stand_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "MAX_PLACES", 2)
    articles = [Article("a", "en", "", "Off and off and off. Time. Lieu, pay, in, of.")]
    table, found = in_segment(articles, (TIME_OFF,))
    assert {table.term(term) for term in found} == {"off", "time off"}


def test_rows_are_compared_in_parts_with_the_same_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [Article("a", "en", "Time off", "Time off in lieu of pay. Work-life balance, out of time.")]
    whole = in_segment(articles, (*CONCEPTS, TIME_OFF))[1]
    monkeypatch.setattr(standing, "_BATCH", 1)
    assert in_segment(articles, (*CONCEPTS, TIME_OFF))[1] == whole
