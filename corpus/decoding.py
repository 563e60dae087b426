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


def decode_text(data: bytes) -> str:
    """Decode what is no page, so that nothing in it declares how; raises Rejection, also for a U+0000.

    UTF-16 without a byte order mark is UTF-8 as well: the same text with a U+0000 beside most of its characters. In a
    page a stray one is a fault of its template, and costs no more than itself.
    """
    text = decode(data)
    if "\0" in text:
        raise Rejection(
            f"cannot be decoded: character {text.index(chr(0)) + 1:,} is U+0000, which no text holds; UTF-16 without a "
            "byte order mark looks so. Save it as UTF-8."
        )
    return text


def _refused(data: bytes, declared: str) -> str:
    try:
        data.decode("utf-8")
        where = ""
    except UnicodeDecodeError as error:
        where = f" at byte {error.start:,}"
    stated = f", nor the {declared!r} that it declares" if declared else ""
    raise Rejection(f"cannot be decoded: it is not UTF-8{where}{stated}. Save it as UTF-8.")
