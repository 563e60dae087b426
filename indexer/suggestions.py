"""What a reader may have begun to type, prepared with every commit: words of titles, and words that many articles have.

They stand in one file beside the segments, named by the number of the commit, so that whoever opens the index as of
that commit finds those that fit it. It has two tables of `beginnings`:

    titles      documents, by their numbers in the whole index, by the words of their titles
    terms       the words below by themselves, folded

    terms               the words as they are written most; a text each
    term_languages      the language of each, as a number of `languages` in the facts
    term_documents      in how many articles it stands

Which concepts there are is the glossary's to say, whose file has a table of its own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from corpus import LANGUAGES
from indexer.analysis import stop_words
from indexer.analysis.characters import is_paired
from indexer.analysis.normalization import fold_all
from indexer.beginnings import Beginnings, write_beginnings
from indexer.codec import ColumnarCodec
from indexer.codec.container import Array, Container, ContainerWriter, narrowest
from indexer.codec.segment import ColumnarSegment
from indexer.codec.terms import Field
from indexer.concepts.texts import Texts, write_texts
from indexer.lexicon import language_of
from indexer.schema import title_field
from indexer.storage import DurableStorage

# Words of a language that are suggested: the most common ones, and only those that so many of its articles have.
MAX_TERMS = 3_000
MIN_DOCUMENTS = 3
MIN_CHARS = 3
# Most common words of a field of one segment that are counted.
_MAX_COUNTED = 2 * MAX_TERMS


def suggestions_file(folder: Path, commit: int) -> Path:
    """Return where the suggestions of a commit stand."""
    return folder / f"suggestions.{commit:08}"


class SuggestionTable:
    """The suggestions of one commit, opened. Safe to share between threads."""

    def __init__(self, file: Path) -> None:
        """Raises FileNotFoundError if there are none, and IndexDamaged if the file is not whole."""
        self._container = container = Container(file)
        self.languages: tuple[str, ...] = tuple(container.facts["languages"])
        self.titles, self.typed = Beginnings(container, "titles"), Beginnings(container, "typed")
        self.term_languages, self.term_documents = container.array("term_languages"), container.array("term_documents")
        self._terms = Texts(container, "terms")

    def term(self, number: int) -> str:
        """Return a word as it is written most."""
        return self._terms[number]

    def verify(self) -> None:
        """Read everything; raises IndexDamaged if a byte is not what was written."""
        self._container.verify()


def open_suggestions(folder: Path, commit: int) -> SuggestionTable | None:
    """Open the suggestions of a commit; None if they are not there, because there has been another meanwhile."""
    try:
        return SuggestionTable(suggestions_file(folder, commit))
    except FileNotFoundError:
        return None


def write_suggestions(storage: DurableStorage, segments: Sequence[ColumnarSegment], commit: int) -> None:
    """Write the suggestions of a commit that will consist of these segments, in this order."""
    fields = list(_fields(storage, segments))
    with storage.create_file(suggestions_file(Path(), commit).name) as file:
        writer = ContainerWriter(file.raw_file())
        _write_titles(writer, fields)
        languages = sorted({code for _, code, _, _, _ in fields})
        rows = [(form, at, count) for at, code in enumerate(languages) for form, count in _popular(fields, code)]
        forms = [form for form, _, _ in rows]
        write_texts(writer, "terms", forms)
        writer.add("term_languages", narrowest(np.array([at for _, at, _ in rows], np.int64)))
        writer.add("term_documents", narrowest(np.array([count for _, _, count in rows], np.int64)))
        words, owners = _distinct(fold_all(forms))
        write_beginnings(writer, "typed", words, owners, np.arange(len(forms)), np.zeros(len(forms), np.int64))
        writer.finish({"languages": languages})


# The name of a field, its language, its postings, the number of its segment's first document, and which are there.
_FieldOf = tuple[str, str, Field, int, Array]


def _fields(storage: DurableStorage, segments: Sequence[ColumnarSegment]) -> Iterator[_FieldOf]:
    base = 0
    for segment in segments:
        live = np.ones(segment.doc_count_all(), bool)
        live[list(segment.deleted_docs())] = False
        for name, field in ColumnarCodec().terms_reader(storage, segment).fields.items():
            if (code := language_of(name)) and len(field.terms):
                yield name, code, field, base, live
        base += segment.doc_count_all()


def _write_titles(writer: ContainerWriter, fields: Sequence[_FieldOf]) -> None:
    words: dict[str, int] = {}
    columns: list[tuple[Array, Array, Array]] = []
    for name, code, field, base, live in fields:
        if name != title_field(code):
            continue
        folded = fold_all([term.decode("utf-8") for term in field.terms.load()])
        numbers = np.array([words.setdefault(word, len(words)) if word else -1 for word in folded], np.int64)
        whole = field.whole()
        owners = np.repeat(np.repeat(numbers, whole.term_counts), whole.payload_counts)
        documents = np.repeat(whole.documents, whole.payload_counts)
        there = live[documents] & (owners >= 0)
        columns.append((owners[there], documents[there].astype(np.int64) + base, whole.payload[there]))
    owners, documents, positions = (
        np.concatenate([np.zeros(0, np.int64), *column])
        for column in (zip(*columns, strict=True) if columns else ((),) * 3)
    )
    write_beginnings(writer, "titles", list(words), owners, documents, positions)


def _popular(fields: Sequence[_FieldOf], language: str) -> list[tuple[str, int]]:
    """Return the words that most articles of a language have in their texts, and how many have them."""
    counts: Counter[str] = Counter()
    for name, code, field, _, live in fields:
        if code == language and name != title_field(code):
            starts, found = field.extents(np.arange(len(field.terms)))
            if not live.all():
                found = np.add.reduceat(live[field.documents], starts, dtype=np.int64)
            # Of words about as common as the last of them all are counted, so that nothing depends on their order.
            least = np.partition(found, -_MAX_COUNTED)[-_MAX_COUNTED] if len(found) > _MAX_COUNTED else 0
            most = np.flatnonzero(found >= least)
            counts.update(dict(zip(field.terms.strings().take(most).texts(), found[most].tolist(), strict=True)))
    stops = stop_words(LANGUAGES[language])
    # Twice sorted, since most of the words come in their order.
    most_first = sorted(sorted(counts), key=counts.__getitem__, reverse=True)
    common = ((form, counts[form]) for form in most_first if counts[form] >= MIN_DOCUMENTS)
    return list(islice(((form, count) for form, count in common if form not in stops and _tells(form)), MAX_TERMS))


def _tells(form: str) -> bool:
    return len(form) >= MIN_CHARS and form.isalpha() and (form.isascii() or not is_paired(form))


def _distinct(words: Sequence[str]) -> tuple[list[str], Array]:
    numbers: dict[str, int] = {}
    owners = [numbers.setdefault(word, len(numbers)) for word in words]
    return list(numbers), np.array(owners, np.int64)
