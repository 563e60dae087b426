"""From bytes to text, strictly: a character that is not what it says rejects its input."""

import codecs

from corpus.errors import Rejection

_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# What pages call Latin-1 or ASCII is the Windows code page that has quotation marks besides: WHATWG Encoding, 4.2.
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


def decode(data: bytes, declared: str = "") -> str:
    """Decode by the byte order mark, else as UTF-8, else as declared; raises Rejection if none of them will do."""
    marked = next((name for bom, name in _BOMS.items() if data.startswith(bom)), "")
    for name in (marked or "utf-8", _MEANT.get(declared, declared)):
        try:
            return data.decode(name) if name else _refused(data, declared)
        except (ValueError, LookupError):
            continue
    return _refused(data, declared)


def _refused(data: bytes, declared: str) -> str:
    try:
        data.decode("utf-8")
        where = ""
    except UnicodeDecodeError as error:
        where = f" at byte {error.start:,}"
    stated = f", nor the {declared!r} that it declares" if declared else ""
    raise Rejection(f"cannot be decoded: it is not UTF-8{where}{stated}. Save it as UTF-8.")
