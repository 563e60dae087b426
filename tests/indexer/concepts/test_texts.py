from bisect import bisect_left
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from indexer.codec.container import Container, ContainerWriter
from indexer.concepts.texts import Texts, write_texts


def stored(folder: Path, texts: list[str]) -> Texts:
    file = folder / "texts"
    with file.open("wb") as opened:
        writer = ContainerWriter(opened)
        write_texts(writer, "words", texts)
        writer.finish({})
    return Texts(Container(file), "words")


@given(st.lists(st.text(alphabet="abcąż語", max_size=5)), st.text(alphabet="abcąż語", max_size=5))
def test_texts_are_read_by_number_and_found_in_their_order(texts: list[str], wanted: str) -> None:
    ordered = sorted(texts)
    with TemporaryDirectory() as folder:
        read = stored(Path(folder), ordered)
    assert [read[number] for number in range(len(read))] == ordered
    assert read.first_not_below(wanted.encode()) == bisect_left(ordered, wanted)
    assert read.find(wanted) == (bisect_left(ordered, wanted) if wanted in texts else None)


@given(st.lists(st.text(alphabet="abcąż語", max_size=3), max_size=300), st.data())
def test_texts_are_read_and_found_in_a_range(texts: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(texts)))
    last = data.draw(st.integers(first, len(texts)))
    # Only in the range are they in order, as the words of one language among those of all.
    mixed = [*texts[:first], *sorted(texts[first:last]), *texts[last:]]
    wanted = data.draw(st.text(alphabet="abcąż語", max_size=3))
    with TemporaryDirectory() as folder:
        read = stored(Path(folder), mixed)
    assert read.slice(first, last) == mixed[first:last]
    assert read.first_not_below(wanted.encode(), first, last) == bisect_left(mixed, wanted, first, last)
