"""TOML that somebody else wrote: whatever is wrong with it is one kind of error."""

import tomllib
from pathlib import Path
from typing import Any

from corpus.errors import SettingsError

# Of a file that an operator names.
MAX_FILE_BYTES = 1_000_000


def read_toml(text: str) -> dict[str, Any]:
    """Return the tables of a text; raises tomllib.TOMLDecodeError, and nothing else, for what cannot be read."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # Python reads no number of more than 4,300 digits
        raise tomllib.TOMLDecodeError("a number has too many digits") from None
    except RecursionError:
        raise tomllib.TOMLDecodeError("nested too deeply") from None


def read_operators_file(file: Path, called: str, otherwise: str) -> dict[str, Any]:
    """Return the tables of a file that an operator names; raises SettingsError, which says what to put right.

    `called` is what the file is in such a sentence, `otherwise` what to do about one that cannot be read.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            raise SettingsError(f"{called} is larger than {MAX_FILE_BYTES} bytes; shorten it.")
        return read_toml(data.decode("utf-8"))
    except OSError as error:
        raise SettingsError(f"{called} cannot be read: {error.strerror}. {otherwise}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{called} is not UTF-8; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{called} is not TOML: {error}.") from None
