"""Of what kind the value of a setting is: how its text is read, and what to say is allowed when it cannot be.

A variable of the environment is a text; what stands in a settings file is given as one (`configuration.py`), so each
kind is read in one way only. What a file that is named has to hold is the business of whoever reads it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kind:
    """`read` makes a value of a text, or raises ValueError; `allowed` completes "allowed is …".

    `path`: in a settings file it is relative to that file's folder. `secret`: never shown.
    """

    allowed: str
    read: Callable[[str], object]
    path: bool = False
    secret: bool = False


def whole_number(lowest: int, highest: int) -> Kind:
    """Return the kind of a number within bounds, both allowed."""

    def read(text: str) -> int:
        if not lowest <= (number := int(text)) <= highest:
            raise ValueError
        return number

    return Kind(f"a whole number from {lowest} to {highest}", read)


def one_of(*words: str) -> Kind:
    """Return the kind of a word among some."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError
        return text

    return Kind(f"one of {', '.join(words)}", read)


def list_of(pattern: str, allowed: str) -> Kind:
    """Return the kind of a list, in a variable separated by commas, each item of which a pattern describes."""

    def read(text: str) -> tuple[str, ...]:
        items = tuple(dict.fromkeys(item.strip() for item in text.split(",") if item.strip()))
        if not all(re.fullmatch(pattern, item) for item in items):
            raise ValueError
        return items

    return Kind(allowed, read)


def text_like(pattern: str, allowed: str, secret: bool = False) -> Kind:
    """Return the kind of a text that a pattern describes."""

    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError
        return text

    return Kind(allowed, read, secret=secret)


def _path(text: str) -> Path:
    if not text or "\0" in text:
        raise ValueError
    return Path(text)


# Scheme, host and port: the service answers at the root of its host.
_ADDRESS = r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?"
_RATE = r"[1-9]\d{0,8}/(?:second|minute|hour|day)"


def _address(text: str) -> str:
    address = text.rstrip("/")
    if not re.fullmatch(f"{_ADDRESS}|", address):
        raise ValueError
    return address


FOLDER = Kind("the path of a folder", _path, path=True)
FILE = Kind("the path of a file, or nothing", lambda text: _path(text) if text else None, path=True)
ADDRESS = Kind("an address without a path, as https://search.example.org", _address)
ORIGINS = list_of(rf"\*|{_ADDRESS}", "a list of origins, as https://example.org, or *")
RATES = list_of(_RATE, "a list of rates, as 10/second,300/minute (second, minute, hour, day), or nothing")
TOKEN_HASH = text_like(r"(?:sha256:[0-9a-f]{64})?", "a hash as `karjera token` prints it, or nothing", secret=True)
SECRET = text_like(r"(?:\S{32,200})?", "a secret of 32 to 200 characters, as `karjera token` prints one", secret=True)
# With a password in it, maybe.
STORE = text_like(
    r"memory://|rediss?://\S+|redis\+unix://\S+", "memory:// or an address redis://host:6379/0", secret=True
)
