"""Where settings come from: variables KARJERA_* of the environment, over a TOML file, over defaults.

The file is the one that `--config` or KARJERA_CONFIG names, else ./karjera.toml if there is one; its keys are the names
of the settings. What nobody knows is an error, with the closest name there is: a setting that is silently without
effect is worse than a service that does not start.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.errors import SettingsError
from corpus.toml import read_operators_file

PREFIX = "KARJERA_"
# Names the settings file; empty: there is none, not even DEFAULT_FILE.
CONFIG = PREFIX + "CONFIG"
DEFAULT_FILE = Path("karjera.toml")

# Read by the test suite, not by the service.
_OF_OTHERS = frozenset({CONFIG, *(PREFIX + name for name in ("DATA", "REQUIRE_PROGRAMS", "TEST_EXAMPLES"))})
# A name further away, in letters changed for each of its own, is not what was meant.
_FAR = 0.4


@dataclass(frozen=True, slots=True)
class Given:
    """The text of a setting: `name` is what it is called where it stands, `file` the file if it stands in one."""

    name: str
    text: str
    file: Path | None = None

    def __str__(self) -> str:
        return f"{self.name} in {self.file}" if self.file else self.name


def settings_file(environment: Mapping[str, str], named: str | None = None) -> Path | None:
    """Return the settings file: as `named`, else as KARJERA_CONFIG says, else ./karjera.toml; None if there is none."""
    name = environment.get(CONFIG) if named is None else named
    if name is not None:
        return Path(name) if name else None
    return DEFAULT_FILE if DEFAULT_FILE.is_file() else None


def given(names: Collection[str], environment: Mapping[str, str], file: Path | None) -> dict[str, Given]:
    """Return the texts of settings of these names, by name; raises SettingsError for other names and a broken file."""
    found = {} if file is None else _from_file(names, file)
    variables = {PREFIX + name.upper(): name for name in names}
    for name, text in environment.items():
        if name.startswith(PREFIX) and name not in _OF_OTHERS:
            if name not in variables:
                raise SettingsError(f"{name} is no setting{closest(name, variables)}")
            found[variables[name]] = Given(name, text)
    return found


def closest(name: str, names: Collection[str]) -> str:
    """Return the end of a sentence that says a name is unknown: the name that may be meant, and all there are."""
    # As a list: of a mapping it would compare the values.
    near = process.extractOne(name, list(names), scorer=OSA.normalized_distance, score_cutoff=_FAR)
    meant = f"; did you mean {near[0]}?" if near else "."
    return f"{meant} Allowed are: {', '.join(names)}."


def _from_file(names: Collection[str], file: Path) -> dict[str, Given]:
    otherwise = f"Name another one with --config or {CONFIG}, or none with an empty {CONFIG}."
    found = {}
    for key, value in read_operators_file(file, f"the settings file {file}", otherwise).items():
        if key not in names:
            raise SettingsError(f"{key[:80]!r} in {file} is no setting{closest(key[:80], names)}")
        found[key] = Given(key, _text(key, value, file), file)
    return found


def _text(key: str, value: object, file: Path) -> str:
    """Return a value of TOML as a variable would give it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ",".join(value)
    raise SettingsError(
        f"{key} in {file} is a {type(value).__name__}; allowed are a text, a whole number, true or false, a list."
    )
