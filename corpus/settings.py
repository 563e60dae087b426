"""Every setting, in one table: name, default, what it means.

Settings are read once, from the environment, by the command or the web application; nothing below them reads
the environment again. The defaults are what a newcomer gets.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from corpus.errors import SettingsError

PREFIX = "KARJERA_"


def _about(text: str, lowest: int = 1, highest: int = 10**12) -> dict[str, str | int]:
    return {"help": text, "lowest": lowest, "highest": highest}


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force; the field `name` is read from KARJERA_NAME."""

    index: Path = field(
        default=Path("var/index"),
        metadata=_about("Folder of the index: its generations, and the file that names the live one."),
    )
    glossary: Path = field(
        default=Path("var/glossary"),
        metadata=_about("Folder of the concepts imported with `karjera glossary import`; ours ship with Karjera."),
    )
    keep_generations: int = field(
        default=3,
        metadata=_about("Generations kept after a build, the live one included; older ones are removed.", 2, 100),
    )
    max_file_bytes: int = field(
        default=20_000_000,
        metadata=_about("A larger Markdown, HTML or text file is skipped, and so is a longer line of JSON."),
    )
    max_article_chars: int = field(
        default=2_000_000,
        metadata=_about("An article with a longer body is skipped."),
    )
    max_query_chars: int = field(
        default=500,
        metadata=_about("A longer query is cut here, and the page says so.", 10, 10_000),
    )
    max_query_words: int = field(
        default=32,
        metadata=_about("Words of a query after these are left out, and the page says so.", 1, 200),
    )
    page_size: int = field(
        default=10,
        metadata=_about("Hits on a page when the request does not say.", 1, 100),
    )
    max_page_size: int = field(
        default=50,
        metadata=_about("Most hits on one page.", 1, 1000),
    )
    max_results: int = field(
        default=1_000,
        metadata=_about("How far paging goes: hits after these are counted but not listed.", 10, 100_000),
    )
    refresh_ms: int = field(
        default=500,
        metadata=_about("How often, at most, a running service looks whether the index has changed.", 0, 60_000),
    )

    public_address: str = field(
        default="",
        metadata=_about(
            "Where readers find the service, as https://search.example.org; canonical links, feeds and the sitemap "
            "begin so. Empty: as the request asked for it."
        ),
    )
    notices: Path | None = field(
        default=None,
        metadata=_about("TOML file of notices to show with topics, concepts or words, docs/notices.md. Unset: none."),
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read KARJERA_* variables; raises SettingsError for a name or a value that cannot be used."""
        known = {PREFIX + setting.name.upper(): setting for setting in fields(cls)}
        values: dict[str, int | str | Path | None] = {}
        for name, text in environment.items():
            if not name.startswith(PREFIX) or name in _OF_OTHERS:
                continue
            if name not in known:
                raise SettingsError(f"{name} is no setting. Allowed are: {', '.join(known)}.")
            setting = known[name]
            if setting.name == "notices":
                values[setting.name] = Path(text) if text else None
            elif setting.name in ("index", "glossary"):
                values[setting.name] = _folder(name, text)
            elif setting.name == "public_address":
                values[setting.name] = _address(name, text)
            else:
                values[setting.name] = _number(
                    name, text, int(setting.metadata["lowest"]), int(setting.metadata["highest"])
                )
        settings = cls(**values)  # type: ignore[arg-type]  # each value has the type of its field's default
        if settings.page_size > settings.max_page_size:
            raise SettingsError(
                f"{PREFIX}PAGE_SIZE is {settings.page_size}, more than {PREFIX}MAX_PAGE_SIZE, "
                f"{settings.max_page_size}; lower the one or raise the other."
            )
        return settings


# Read by the test suite, not by the service.
_OF_OTHERS = frozenset({PREFIX + "REQUIRE_BROWSER", PREFIX + "DATA"})


def _folder(name: str, text: str) -> Path:
    if not text:
        raise SettingsError(f"{name} is empty; allowed is the path of a folder.")
    return Path(text)


# Scheme, host and port: the service answers at the root of its host.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?|https?://\[[0-9A-Fa-f:]+\](?::\d{1,5})?|")


def _address(name: str, text: str) -> str:
    address = text.rstrip("/")
    if not _ADDRESS.fullmatch(address):
        raise SettingsError(f"{name} is {text!r}; allowed is an address without a path, as https://search.example.org.")
    return address


def _number(name: str, text: str, lowest: int, highest: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = lowest - 1
    if not lowest <= number <= highest:
        raise SettingsError(f"{name} is {text!r}; allowed is a whole number from {lowest} to {highest}.")
    return number
