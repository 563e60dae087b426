"""Files of arrays: what goes in comes out, and nothing that was damaged is misread."""

import json
import pickle
import struct
from pathlib import Path

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage

from indexer.bulk import SegmentBuilder
from indexer.codec import ColumnarCodec
from indexer.codec.container import FORMAT_VERSION, Array, Container, ContainerWriter, narrowest, starts_of
from indexer.codec.segment import ColumnarSegment
from indexer.documents import Encoded
from indexer.errors import IndexDamaged
from indexer.schema import schema
from indexer.segments import BESIDE
from tests.conftest import ARTICLES
from tests.indexer.codec.corpora import EXTENSIONS, add_articles, create_index, open_writer

# magic, version, place and length of the directory, its checksum
HEADER_BYTES = 8 + 4 + 8 + 8 + 4


def write(path: Path, arrays: dict[str, Array], texts: dict[str, bytes]) -> None:
    with path.open("wb") as file:
        writer = ContainerWriter(file)
        for name, array in arrays.items():
            writer.add(name, array)
        for name, text in texts.items():
            writer.add_bytes(name, text)
        writer.finish({"made": "here"})


def directory_place(data: bytes) -> tuple[int, int]:
    """Where the directory is: offset and length, from the header."""
    _, _, offset, length, _ = struct.unpack_from("<8sIQQI", data)
    return offset, length


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one segment over ARTICLES."""
    folder = tmp_path_factory.mktemp("index")
    SegmentBuilder(schema()).write(map(Encoded.of, ARTICLES), FileStorage(str(folder)), ColumnarSegment("MAIN"))
    return folder


@pytest.fixture(params=[*EXTENSIONS, *BESIDE])
def file(folder: Path, request: pytest.FixtureRequest) -> Path:
    """Each of the four files of the segment."""
    (found,) = folder.glob(f"*{request.param}")
    return found


def test_arrays_and_bytes_come_back(tmp_path: Path) -> None:
    write(
        tmp_path / "some",
        {"small": np.array([1, 255], np.uint8), "none": np.zeros(0, np.int64), "parts": np.array([0.5, -2.0])},
        {"text": "płaca".encode(), "empty": b""},
    )
    container = Container(tmp_path / "some")
    assert container.facts == {"made": "here"}
    assert container.array("small").tolist() == [1, 255]
    assert container.array("none").tolist() == []
    assert container.array("parts").tolist() == [0.5, -2.0]
    assert bytes(container.bytes("text")).decode() == "płaca"
    assert bytes(container.bytes("empty")) == b""
    assert "small" in container
    assert "large" not in container


def test_numbers_lie_in_the_file_little_endian_and_aligned(tmp_path: Path) -> None:
    # Whatever machine writes it: given big-endian, kept little-endian. 64 bytes of header come first.
    write(tmp_path / "some", {"one": np.array([1], ">u1"), "two": np.array([1, 258], ">u2")}, {})
    data = (tmp_path / "some").read_bytes()
    assert data[64:65] == b"\x01"
    assert data[128:132] == b"\x01\x00\x02\x01"
    assert Container(tmp_path / "some").array("two").tolist() == [1, 258]


def test_what_is_mapped_cannot_be_changed(tmp_path: Path) -> None:
    write(tmp_path / "some", {"numbers": np.array([1, 2])}, {})
    with pytest.raises(ValueError, match="read-only"):
        Container(tmp_path / "some").array("numbers")[0] = 3


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write(tmp_path / name, {"numbers": np.arange(5)}, {"text": b"abc"})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


@pytest.mark.parametrize(
    ("highest", "width"), [(0, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4), (2**32 - 1, 4), (2**32, 8)]
)
def test_numbers_take_as_few_bytes_as_the_highest_needs(highest: int, width: int) -> None:
    narrow = narrowest(np.array([0, highest], dtype=np.int64))
    assert narrow.dtype.itemsize == width
    assert narrow.tolist() == [0, highest]


def test_no_numbers_at_all_are_narrow_too() -> None:
    assert narrowest(np.zeros(0, np.int64)).tolist() == []


def test_starts_are_one_longer_than_the_counts() -> None:
    assert starts_of(np.array([2, 0, 3])).tolist() == [0, 2, 2, 5]
    assert starts_of(np.array([], dtype=np.int64)).tolist() == [0]


def test_a_whole_file_opens_and_verifies(file: Path) -> None:
    Container(file).verify()


def test_a_file_cut_off_anywhere_is_refused_by_name(file: Path, tmp_path: Path) -> None:
    content = file.read_bytes()
    # Everywhere near the ends, where header and directory are, and every so often between.
    places = {*range(100), *range(100, len(content), 97), *range(len(content) - 100, len(content))}
    for size in sorted(places, reverse=True):
        (tmp_path / "cut").write_bytes(content[:size])
        with pytest.raises(IndexDamaged, match="cut is damaged"):
            Container(tmp_path / "cut")


def test_a_file_with_something_behind_it_is_refused(file: Path, tmp_path: Path) -> None:
    longer = tmp_path / "longer"
    longer.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(IndexDamaged, match="longer is damaged"):
        Container(longer)


def test_every_byte_of_header_and_directory_is_checked_when_a_file_is_opened(file: Path, tmp_path: Path) -> None:
    content = file.read_bytes()
    offset, length = directory_place(content)
    assert offset + length == len(content)
    # All of the header; the directory is long, and one checksum goes over it.
    step = max(1, length // 50)
    for at in [*range(HEADER_BYTES), *range(offset, offset + length, step), offset + length - 1]:
        altered = bytearray(content)
        altered[at] ^= 0x01
        (tmp_path / "altered").write_bytes(altered)
        with pytest.raises(IndexDamaged, match="altered is damaged"):
            Container(tmp_path / "altered")


def test_an_altered_byte_in_any_section_is_found_by_verify_and_named(file: Path, tmp_path: Path) -> None:
    content = file.read_bytes()
    offset, length = directory_place(content)
    sections = json.loads(content[offset : offset + length])["sections"]
    assert len(sections) > 10 or file.suffix == ".places"  # all records in one
    for name, (start, size, _, _) in sections.items():
        for at in {start, start + size // 2, start + size - 1} if size else ():
            altered = bytearray(content)
            altered[at] ^= 0x80
            (tmp_path / "altered").write_bytes(altered)
            container = Container(tmp_path / "altered")
            with pytest.raises(IndexDamaged, match=rf"altered is damaged: section {name} is altered"):
                container.verify()


def test_another_version_of_the_format_is_refused_with_both_numbers(file: Path, tmp_path: Path) -> None:
    content = bytearray(file.read_bytes())
    content[8:12] = struct.pack("<I", FORMAT_VERSION + 1)
    (tmp_path / "later").write_bytes(content)
    message = f"later is damaged: its format is {FORMAT_VERSION + 1}, and this version reads {FORMAT_VERSION}"
    with pytest.raises(IndexDamaged, match=message):
        Container(tmp_path / "later")


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("These are notes, and quite a few of them, so that there is room for a header.")
    with pytest.raises(IndexDamaged, match="notes is damaged: it does not begin as it should"):
        Container(tmp_path / "notes")


def test_a_file_that_was_not_finished_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "begun").open("wb") as file:
        ContainerWriter(file).add("numbers", np.arange(100))
    with pytest.raises(IndexDamaged, match="begun"):
        Container(tmp_path / "begun")


def test_a_missing_file_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Container(tmp_path / "nothing")


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_whoosh_never_opens_a_damaged_segment(tmp_path: Path, extension: str) -> None:
    index = create_index(tmp_path, schema())
    writer = open_writer(index, ColumnarCodec())
    add_articles(writer, ARTICLES[:2])
    writer.commit()
    (file,) = tmp_path.glob(f"*{extension}")
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match=file.name):
        index.reader()


def test_nothing_written_is_a_pickle(file: Path) -> None:
    container, content = Container(file), file.read_bytes()
    offset, length = directory_place(content)
    for name in json.loads(content[offset : offset + length])["sections"]:
        with pytest.raises((pickle.UnpicklingError, EOFError, IndexError, KeyError, ValueError, AttributeError)):
            pickle.loads(container.bytes(name))
