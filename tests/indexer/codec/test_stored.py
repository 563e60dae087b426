"""Records compressed by a dictionary that they share."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec.container import Container, ContainerWriter
from indexer.codec.stored import StoredReader, write_stored

# Words in another order in each record, so that one says something of the next.
WORDS = "night shifts are paid better than others because nobody likes to sleep by day and work while the rest".split()
PROSE = [" ".join([*WORDS[at % 7 :: 1 + at % 5], f"{at}", *WORDS[:: 2 + at % 3]]).encode() for at in range(900)]


def written(folder: Path, records: list[bytes]) -> Container:
    with (folder / "records").open("wb") as file:
        writer = ContainerWriter(file)
        write_stored(writer, records)
        writer.finish({})
    return Container(folder / "records")


@given(st.lists(st.binary(max_size=3_000), max_size=5))
@settings(max_examples=60, deadline=None)
def test_each_record_is_read_by_itself(records: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        reader = StoredReader(written(Path(folder), records))
        assert len(reader) == len(records)
        for number in reversed(range(len(records))):
            assert reader[number] == records[number]


def test_short_records_say_something_of_one_another(tmp_path: Path) -> None:
    container = written(tmp_path, PROSE)
    dictionary, stored = len(container.bytes("dictionary")), len(container.bytes("stored"))
    assert 0 < dictionary <= sum(map(len, PROSE)) / 50
    alone = zstandard.ZstdCompressor(3)
    assert dictionary + stored < sum(len(alone.compress(record)) for record in PROSE) * 0.9
    assert [StoredReader(container)[number] for number in (0, 500, 899)] == [PROSE[0], PROSE[500], PROSE[899]]


def test_of_one_short_record_there_is_no_dictionary(tmp_path: Path) -> None:
    container = written(tmp_path, [b"Pay rises."])
    assert len(container.bytes("dictionary")) == 0
    assert StoredReader(container)[0] == b"Pay rises."


def test_the_same_records_are_the_same_file(tmp_path: Path) -> None:
    written(tmp_path, PROSE)
    before = (tmp_path / "records").read_bytes()
    written(tmp_path, list(PROSE))
    assert (tmp_path / "records").read_bytes() == before


def test_threads_may_read_at_once(tmp_path: Path) -> None:
    reader = StoredReader(written(tmp_path, PROSE))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(reader.__getitem__, range(len(PROSE)))) == PROSE
