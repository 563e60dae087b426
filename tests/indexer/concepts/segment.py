"""Segments of a few articles, of the words of some terms and words like them, and what stands in them."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import strategies as st
from whoosh.index import FileIndex

from corpus import Article
from corpus.glossary import Concept, Glossary
from indexer.codec import ColumnarCodec
from indexer.codec.codec import open_file
from indexer.concepts import ConceptTable, write_compiled
from indexer.concepts.standing import Standing, standing_in
from indexer.lexicon import EXTENSION, Lexicon
from indexer.schema import ID, schema
from indexer.storage import DurableStorage
from indexer.writer import write_all

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


class Looked(NamedTuple):
    """A glossary, what of it stands in a segment, and the ids of the articles there by the numbers of documents."""

    table: ConceptTable
    standing: list[Standing]
    ids: list[str]


def looked_at(articles: list[Article], concepts: tuple[Concept, ...]) -> Looked:
    """Look for the terms of concepts in a segment of some articles."""
    with TemporaryDirectory() as folder:
        index = FileIndex.create(DurableStorage(Path(folder)), schema())
        write_all(index, articles, processes=1)
        write_compiled(Glossary(concepts), Path(folder, "glossary"))
        table = ConceptTable(Path(folder, "glossary"))
        assert isinstance(index.storage, DurableStorage)
        [segment] = index._segments()
        fields = ColumnarCodec().terms_reader(index.storage, segment).fields
        lexicon = Lexicon(open_file(index.storage, segment, EXTENSION))
        standing = [each for code in table.languages for each in standing_in(code, table, lexicon, fields)]
        with index.reader() as reader:
            return Looked(table, standing, list(reader.column_reader(ID)))


@st.composite
def some_articles(draw: st.DrawFn) -> list[Article]:
    """A few articles, of the words of the terms and words like them."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        code = draw(st.sampled_from(list(WORDS)))
        words = st.lists(st.sampled_from(WORDS[code].split()), max_size=12).map(" ".join)
        found.append(Article(f"a{number}", code, draw(words), f"{draw(words)} {draw(words)}"))
    return found
