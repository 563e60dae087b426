"""Stored values of a document <-> bytes: JSON with a word for what JSON has not, then its texts as they are.

Whoosh's own codec pickles them, and so runs whatever an index holds.
"""

import base64
import json
from datetime import date, datetime
from typing import Any

_TAG = "\u0000type"


def packed(values: dict[str, Any]) -> bytes:
    """Return a document's stored values as bytes; raises TypeError for what cannot be stored."""
    texts = {name: value for name, value in values.items() if type(value) is str}
    others = {name: value for name, value in values.items() if name not in texts}
    head = _ENCODER.encode([others, {name: len(text) for name, text in texts.items()}])
    return "\n".join([head, "".join(texts.values())]).encode("utf-8", "surrogatepass")


def packed_text(name: str, text: bytes, chars: int) -> bytes:
    """Return what `packed` makes of one text, given in UTF-8, of so many characters."""
    return b"\n".join([f"[{{}},{{{_ENCODER.encode(name)}:{chars}}}]".encode(), text])


def unpacked(data: bytes) -> dict[str, Any]:
    """Return the values that `packed` was given; tuples come back as lists."""
    whole = data.decode("utf-8", "surrogatepass")
    (values, chars), head_chars = _DECODER.raw_decode(whole)
    at = head_chars + 1
    for name, count in chars.items():
        values[name] = whole[at : at + count]
        at += count
    found: dict[str, Any] = values
    return found


def _tagged(value: object) -> dict[str, str]:
    match value:
        case bytes():
            return {_TAG: "bytes", "value": base64.b64encode(value).decode("ascii")}
        case datetime():
            return {_TAG: "datetime", "value": value.isoformat()}
        case date():
            return {_TAG: "date", "value": value.isoformat()}
    raise TypeError(f"a {type(value).__name__} cannot be stored; store a text, number, list, dict, date or bytes.")


def _untagged(value: dict[str, Any]) -> Any:
    match value.get(_TAG):
        case "bytes":
            return base64.b64decode(value["value"])
        case "datetime":
            return datetime.fromisoformat(value["value"])
        case "date":
            return date.fromisoformat(value["value"])
    return value


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_tagged)
_DECODER = json.JSONDecoder(object_hook=_untagged)
