"""Random corpora, small indexes of them, and all that an index says, in a form to compare."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from whoosh.codec.base import Codec
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader
from whoosh.writing import SegmentWriter

from corpus import LANGUAGES, Article
from indexer import schema as names
from indexer.analysis import query_analyzer
from indexer.documents import document
from indexer.storage import DurableStorage

# What analysis treats in a way of its own: capitals of Turkish, scripts without spaces, points and marks, elision,
# words that are joined, names with signs, digits of other scripts, final sigma, emoji and what is not a word at all.
WORDS = {
    "en": "stress stressed STRESS call-center e-mail C++ 24/7 R&D U.S. don't café cafe\u0301 3.5 ofﬁce 👩‍💻 …",
    "pl": "praca pracy PRACA sąd sad Łódź pracowników żółć",
    "tr": "IŞIK ışık Işık İSTANBUL istanbul İş iş IRMAK kapı",
    "fr": "l'emploi l’emploi L'EMPLOI d'entreprise aujourd'hui emploi lŉ œuvre",
    "ja": "職場 職場の電話 テスト ﾃｽﾄ が か\u3099 仕事。",
    "th": "งาน ทำงานที่บ้าน ก็ โทรศัพท์",
    "ar": "عَمَل عمل عـمل مدرسة مدرسه ٢٤",
    "de": "Straße STRASSE strasse ẞ Büro Bewerbungs\u00adgespräch",
    "el": "ΛΟΓΟΣ λόγος λογοσ λογος",
    "hi": "नौकरी हिन्दी २४/७ काम",
    "und": "word слово 字 x",
}
BLANKS = st.sampled_from([" ", " ", " ", "\n", ", ", "-", "—", "'", ""])


def texts(words: Iterable[str], max_size: int = 12) -> st.SearchStrategy[str]:
    """Words with something between them; a few come again and again."""
    parts = st.tuples(st.sampled_from(sorted(words)), BLANKS).map("".join)
    return st.lists(parts, max_size=max_size).map("".join)


@st.composite
def article_lists(draw: st.DrawFn, max_size: int = 6, languages: tuple[str, ...] = tuple(WORDS)) -> list[Article]:
    """Articles with different ids."""
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    cased = anything.map(lambda text: " ".join((text.upper(), text, text.lower(), text.title(), text.casefold())))
    found = []
    for number in range(draw(st.integers(0, max_size))):
        code = draw(st.sampled_from(languages))
        words = WORDS[code].split()
        body = draw(st.one_of(texts(words), texts(words, 60), anything, cased))
        found.append(
            Article(
                f"{code}/{number}",
                code,
                draw(texts(words, 4)),
                body,
                tuple(draw(st.lists(st.sampled_from(["pay", "wellbeing", "first-job"]), max_size=3))),
                draw(st.sampled_from([None, date(2024, 9, 28), date(2026, 3, 1)])),
                work=draw(st.sampled_from(["", "calls", "płaca"])),
            )
        )
    return found


def schema_for(languages: Iterable[str]) -> Schema:
    """The schema of every index with the fields of some languages only: a commit takes a tenth of the time."""
    whole = names.schema()
    kept = [names.ID, names.LANGUAGE, names.TOPICS, names.WORK, names.PUBLISHED, names.HASH, names.STORED]
    for code in languages:
        kept += [names.title_field(code), names.body_field(code), names.form_field(code), names.title_form_field(code)]
    return Schema(**{name: whole[name] for name in kept})


def create_index(folder: Path, schema: Schema, durable: bool = False) -> FileIndex:
    """Make an empty index in a folder, which is made too."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileIndex.create(DurableStorage(folder) if durable else FileStorage(str(folder)), schema)


def open_writer(index: FileIndex, codec: Codec | None) -> SegmentWriter:
    """Open a writer; None is the stock codec of Whoosh."""
    writer = index.writer(codec=codec)
    assert isinstance(writer, SegmentWriter)
    return writer


def add_articles(writer: SegmentWriter, articles: Iterable[Article]) -> None:
    """Add articles one by one, as a sync does."""
    for article in articles:
        writer.add_document(**document(article, query_analyzer(article.language)))


def files_of(folder: Path) -> dict[str, bytes]:
    """The segment files in a folder: what comes after the segment's name -> what is in it."""
    return {
        file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.suffix in (".documents", ".terms")
    }


@dataclass
class Contents:
    """What an index says of its live documents."""

    # (field, term) -> (document, weight, positions) of each posting; a document is what `key` makes of its number
    postings: dict[tuple[str, bytes], list[tuple[Any, float, list[int] | None]]] = field(default_factory=dict)
    stored: dict[Any, dict[str, Any]] = field(default_factory=dict)
    columns: dict[tuple[str, Any], Any] = field(default_factory=dict)


def contents_of(reader: IndexReader, key: Callable[[int], Any] = int) -> Contents:
    """Read everything. Terms that only deleted documents have are left out."""
    found = Contents()
    for name, term in reader.all_terms():
        postings = []
        matcher = reader.postings(name, term)
        with_positions = reader.schema[name].format.supports("positions")
        while matcher.is_active():
            positions = matcher.value_as("positions") if with_positions else None
            postings.append((key(matcher.id()), matcher.weight(), positions))
            matcher.next()
        if postings:
            found.postings[name, term] = sorted(postings)
    for number in reader.all_doc_ids():
        found.stored[key(number)] = reader.stored_fields(number)
    # Segment by segment and as they lie in the file: Whoosh's reader of several forgets those without the column, and
    # makes no date of what stands for a missing one.
    for leaf, offset in reader.leaf_readers():
        for name in leaf.schema.names():
            if leaf.has_column(name):
                column = leaf.column_reader(name, translate=False)
                found.columns |= {(name, key(offset + number)): column[number] for number in leaf.all_doc_ids()}
    return found
