"""A file of named arrays: written once, mapped into memory, read without decoding.

    header      magic, format version, where the directory is, its length and checksum
    sections    the bytes of each array, 64-byte aligned, little-endian
    directory   JSON: each section's place, type and checksum, and the writer's own facts

The whole file's size and the directory are checked when it is opened, the sections by `verify`: a truncated file is
refused at once, an altered one named when somebody asks. There is no pickle in it.
"""

import json
import mmap
import struct
import zlib
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from indexer.errors import IndexDamaged

FORMAT_VERSION = 1

_HEADER = struct.Struct("<8sIQQI")  # magic, version, directory's offset and length, its CRC-32
_MAGIC = b"karjera\x01"
_ALIGNMENT = 64

Array = npt.NDArray[Any]


def narrowest(numbers: Array) -> Array:
    """Return non-negative whole numbers in the narrowest little-endian type that holds them."""
    highest = int(numbers.max()) if len(numbers) else 0
    for name in ("<u1", "<u2", "<u4"):
        if highest <= np.iinfo(name).max:
            return numbers.astype(name, copy=False)
    return numbers.astype("<u8", copy=False)


def starts_of(counts: Array) -> Array:
    """Return [start, …, end] of consecutive runs of these lengths; one longer than `counts`."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


class ContainerWriter:
    """Writes sections one after the other, then the directory, and last the header that makes it a container."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = _ALIGNMENT
        self._sections: dict[str, tuple[int, int, str, int]] = {}  # name -> offset, bytes, type, CRC-32
        file.write(b"\0" * _ALIGNMENT)

    def add(self, name: str, array: Array) -> None:
        """Add an array of numbers."""
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        # Not a copy of it: that would take as long as to write it.
        self._write(name, np.ascontiguousarray(little).view(np.uint8).data, little.dtype.str)

    def add_bytes(self, name: str, data: bytes | memoryview) -> None:
        """Add a run of bytes."""
        self._write(name, data, "bytes")

    def finish(self, facts: dict[str, Any]) -> None:
        """Write the directory and the header. `facts` have to be JSON values."""
        directory = json.dumps({"facts": facts, "sections": self._sections}, separators=(",", ":")).encode()
        self._file.write(directory)
        self._file.seek(0)
        self._file.write(_HEADER.pack(_MAGIC, FORMAT_VERSION, self._at, len(directory), zlib.crc32(directory)))

    def _write(self, name: str, data: bytes | memoryview, kind: str) -> None:
        self._sections[name] = (self._at, len(data), kind, zlib.crc32(data))
        padding = -len(data) % _ALIGNMENT
        self._file.write(data)
        self._file.write(b"\0" * padding)
        self._at += len(data) + padding


class Container:
    """A container opened for reading: the file is mapped, and a section costs nothing until it is looked at."""

    def __init__(self, path: Path) -> None:
        """Raises IndexDamaged for a file that is not whole, FileNotFoundError for one that is not there."""
        self._path = path
        with path.open("rb") as file:
            size = path.stat().st_size
            if size < _ALIGNMENT:
                raise self._damaged("it is too short")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, version, offset, length, checksum = _HEADER.unpack_from(self._map)
        if magic != _MAGIC:
            raise self._damaged("it does not begin as it should")
        if version != FORMAT_VERSION:
            raise self._damaged(f"its format is {version}, and this version reads {FORMAT_VERSION}")
        directory = self._map[offset : offset + length]
        if offset + length != size or zlib.crc32(directory) != checksum:
            raise self._damaged("it is truncated or altered")
        said = json.loads(directory)
        self.facts: dict[str, Any] = said["facts"]
        self._sections: dict[str, tuple[int, int, str, int]] = {
            name: tuple(place) for name, place in said["sections"].items()
        }

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def array(self, name: str) -> Array:
        """Return a section's numbers, mapped and read-only."""
        offset, length, kind, _ = self._sections[name]
        dtype = np.dtype(kind)
        return np.frombuffer(self._map, dtype, length // dtype.itemsize, offset)

    def bytes(self, name: str) -> memoryview:
        """Return a section's bytes, mapped and read-only."""
        offset, length, _, _ = self._sections[name]
        return memoryview(self._map)[offset : offset + length]

    def verify(self) -> None:
        """Read everything; raises IndexDamaged naming file and section if a byte is not what was written."""
        for name, (offset, length, _, checksum) in self._sections.items():
            if zlib.crc32(memoryview(self._map)[offset : offset + length]) != checksum:
                raise self._damaged(f"section {name} is altered")

    def _damaged(self, what: str) -> IndexDamaged:
        return IndexDamaged(f"{self._path.name} is damaged: {what}")
