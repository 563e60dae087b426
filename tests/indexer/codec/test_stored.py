"""Records compressed in batches, by a dictionary that those of a batch share."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec.container import Container, ContainerWriter
from indexer.codec.stored import Batch, StoredReader, StoredTable

# Words in another order in each record, so that one says something of the next.
WORDS = "night shifts are paid better than others because nobody likes to sleep by day and work while the rest".split()
PROSE = [" ".join([*WORDS[at % 7 :: 1 + at % 5], f"{at}", *WORDS[:: 2 + at % 3]]).encode() for at in range(900)]


def written(folder: Path, *parts: list[bytes] | Batch) -> Container:
    table = StoredTable()
    for part in parts:
        if isinstance(part, Batch):
            table.take_over(part)
        else:
            for record in part:
                table.append(record)
    assert len(table) == sum(len(part.compressed if isinstance(part, Batch) else part) for part in parts)
    with (folder / "records").open("wb") as file:
        writer = ContainerWriter(file)
        table.write(writer)
        writer.finish({})
    return Container(folder / "records")


RECORDS = st.lists(st.binary(max_size=3_000), max_size=5)


@given(RECORDS)
@settings(max_examples=60, deadline=None)
def test_each_record_is_read_by_itself(records: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        reader = StoredReader(written(Path(folder), records))
        assert len(reader) == len(records)
        for number in reversed(range(len(records))):
            assert reader[number] == records[number]


def test_short_records_say_something_of_one_another(tmp_path: Path) -> None:
    container = written(tmp_path, PROSE)
    dictionary, stored = len(container.bytes("dictionaries")), len(container.bytes("stored"))
    assert 0 < dictionary <= sum(map(len, PROSE)) / 50
    alone = zstandard.ZstdCompressor(3)
    assert dictionary + stored < sum(len(alone.compress(record)) for record in PROSE) * 0.9
    assert [StoredReader(container)[number] for number in (0, 500, 899)] == [PROSE[0], PROSE[500], PROSE[899]]


def test_of_one_short_record_there_is_no_dictionary(tmp_path: Path) -> None:
    container = written(tmp_path, [b"Pay rises."])
    assert len(container.bytes("dictionaries")) == 0
    assert StoredReader(container)[0] == b"Pay rises."


@given(st.lists(st.tuples(st.booleans(), RECORDS), max_size=4))
@settings(max_examples=60, deadline=None)
def test_batches_that_are_taken_over_stand_among_others(parts: list[tuple[bool, list[bytes]]]) -> None:
    expected = [record for _, records in parts for record in records]
    with TemporaryDirectory() as folder:
        made = (Batch.of(records) if compressed else records for compressed, records in parts)
        reader = StoredReader(written(Path(folder), *made))
        assert [reader[number] for number in range(len(reader))] == expected


def test_each_batch_keeps_its_dictionary(tmp_path: Path) -> None:
    batches = [Batch.of(PROSE), Batch.of([record.upper() for record in PROSE])]
    container = written(tmp_path, batches[0], [b"Pay rises."], batches[1])
    assert container.array("batches").tolist() == [0, 900, 901, 1801]
    assert container.bytes("dictionaries") == batches[0].dictionary + batches[1].dictionary
    reader = StoredReader(container)
    assert [reader[number] for number in (899, 900, 901)] == [PROSE[899], b"Pay rises.", PROSE[0].upper()]
    assert [list(map(bytes, batch.compressed)) for batch in reader.batches()][::2] == [
        batch.compressed for batch in batches
    ]


def test_a_batch_is_large_by_its_dictionary_and_its_part_of_the_segment() -> None:
    # 64 records of which the dictionary holds 1,000 bytes each at most: 64,000 of records that are long enough.
    long, short = Batch.of([b"pay " * 16_000] * 64), Batch.of([b"pay " * 8_000] * 64)
    assert (len(long.dictionary), len(short.dictionary)) == (64_000, 32_000)
    assert [long.is_large(records) for records in (64, 64 * 32, 64 * 32 + 1)] == [True, True, False]
    assert not short.is_large(64)


def test_the_same_records_are_the_same_file(tmp_path: Path) -> None:
    written(tmp_path, PROSE)
    before = (tmp_path / "records").read_bytes()
    written(tmp_path, list(PROSE))
    assert (tmp_path / "records").read_bytes() == before


def test_threads_may_read_at_once(tmp_path: Path) -> None:
    reader = StoredReader(written(tmp_path, PROSE))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(reader.__getitem__, range(len(PROSE)))) == PROSE
