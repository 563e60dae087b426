"""Random corpora, small indexes of them, and all that an index says, in a form to compare."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from whoosh import columns, fields
from whoosh.analysis.analyzers import SimpleAnalyzer
from whoosh.codec.base import Codec, Segment
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader
from whoosh.writing import SegmentWriter

from corpus import Article
from indexer import schema as names
from indexer.adding import document, with_analyzers
from indexer.codec.writing import DOCUMENTS_EXTENSION, TERMS_EXTENSION
from indexer.segments import BESIDE
from indexer.storage import DurableStorage

EXTENSIONS = (DOCUMENTS_EXTENSION, TERMS_EXTENSION)

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


# Fields of every kind that Whoosh has, and columns of every kind that it writes without pickle.
FIELDS = Schema(
    key=fields.ID(stored=True, unique=True, sortable=True),
    text=fields.TEXT(SimpleAnalyzer(), stored=True),
    spans=fields.TEXT(SimpleAnalyzer(), chars=True),
    boosted=fields.TEXT(SimpleAnalyzer(), field_boost=2.5),
    bare=fields.TEXT(SimpleAnalyzer(), phrase=False, field_boost=0.5),
    tags=fields.KEYWORD(commas=True, scorable=True, sortable=True),
    kind=fields.COLUMN(columns.RefBytesColumn()),
    code=fields.COLUMN(columns.VarBytesColumn()),
    fixed=fields.COLUMN(columns.RefBytesColumn(2)),
    signed=fields.NUMERIC(int, sortable=True, stored=True),
    unsigned=fields.NUMERIC(int, signed=False, sortable=True),
    long=fields.NUMERIC(int, 64, sortable=True),
    price=fields.NUMERIC(float, sortable=True, stored=True),
    when=fields.DATETIME(sortable=True, stored=True),
    done=fields.BOOLEAN(stored=True),
    small=fields.COLUMN(columns.NumericColumn("b", default=-1)),
    ratio=fields.COLUMN(columns.NumericColumn("d")),
    flag=fields.COLUMN(columns.BitColumn()),
)
LETTERS = ["a", "ab", "abc", "abd", "b", "ba", "bac", "ż", "żal", "日本"]
NUMBERS = [-3, -1, 0, 1, 2, 70_000]
DATES = [datetime(1969, 7, 20), datetime(2024, 9, 28, 12, 30), datetime(2026, 3, 1, 0, 0, 0, 5)]
SENTENCES = st.lists(st.sampled_from(LETTERS), max_size=10).map(" ".join)
BYTES = st.sampled_from([b"x", b"y", b"\0", b"long value"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": SENTENCES,
    "spans": SENTENCES,
    "boosted": SENTENCES,
    "bare": SENTENCES,
    "tags": st.lists(st.sampled_from(["pay", "night", "first job"]), min_size=1, max_size=3).map(",".join),
    "kind": BYTES,
    "code": BYTES,
    "fixed": st.sampled_from([b"pl", b"en"]),
    "signed": st.sampled_from(NUMBERS),
    "unsigned": st.sampled_from([number for number in NUMBERS if number >= 0]),
    "long": st.sampled_from([*NUMBERS, 2**60, -(2**60)]),
    "price": st.sampled_from([-1.5, 0.0, 0.25, 1e9]),
    "when": st.sampled_from(DATES),
    "done": st.booleans(),
    "small": st.sampled_from([-5, 0, 100]),
    "ratio": st.sampled_from([-0.5, 0.0, 3.25]),
    "flag": st.booleans(),
}
# Each document has some of the fields.
RECORDS = st.lists(st.fixed_dictionaries({}, optional=VALUES), max_size=6)


def add_records(writer: Any, records: list[dict[str, Any]]) -> None:
    for record in records:
        writer.add_document(key=str(writer.docnum), **record)


def schema_for(languages: Iterable[str]) -> Schema:
    """The schema of every index with the fields of some languages only: a commit takes a tenth of the time."""
    whole = names.schema()
    kept = [names.ID, names.LANGUAGE, names.TOPICS, names.WORK, names.PUBLISHED, names.HASH, names.STORED]
    for code in languages:
        kept += [names.title_field(code), names.body_field(code)]
    return Schema(**{name: whole[name] for name in kept})


def create_index(folder: Path, schema: Schema, durable: bool = False) -> FileIndex:
    """Make an empty index in a folder, which is made too."""
    folder.mkdir(parents=True, exist_ok=True)
    index: FileIndex = FileIndex.create(DurableStorage(folder) if durable else FileStorage(str(folder)), schema.copy())
    return index


def open_writer(index: FileIndex, codec: Codec | None) -> SegmentWriter:
    """Open a writer; None is the stock codec of Whoosh."""
    writer = index.writer(codec=codec)
    assert isinstance(writer, SegmentWriter)
    return writer


def add_articles(writer: SegmentWriter, articles: Iterable[Article]) -> None:
    """Add articles one by one, by Whoosh's own writer."""
    plain = writer.schema
    writer.schema = with_analyzers(plain)
    for article in articles:
        writer.add_document(**document(article))
    # What is pickled into the index has no analyzers.
    writer.schema = plain


def files_of(folder: Path) -> dict[str, bytes]:
    """The segment files in a folder, by name."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.suffix in (*EXTENSIONS, *BESIDE)}


def files_of_segment(folder: Path, segment: Segment) -> dict[str, bytes]:
    """The codec's files of one segment, by extension."""
    return {extension: (folder / segment.make_filename(extension)).read_bytes() for extension in EXTENSIONS}


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
        format_ = reader.schema[name].format
        with_positions = format_ is not None and format_.supports("positions")
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


def contents_by_id(reader: IndexReader) -> Contents:
    """Read everything of an index of articles, in whatever order they are."""
    ids = reader.column_reader(names.ID) if reader.has_column(names.ID) else ()
    return contents_of(reader, ids.__getitem__)
