"""Every setting, in one table: name, default, what it means, of what kind its values are.

Settings are read once, by the command or the web application; nothing below them reads the environment again. The
defaults are what a newcomer gets. Where the values come from is told in `configuration.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from corpus.configuration import CONFIG, PREFIX, Given, given, settings_file
from corpus.errors import SettingsError
from corpus.kinds import (
    ADDRESS,
    FILE,
    FOLDER,
    ORIGINS,
    RATES,
    SECRET,
    STORE,
    TOKEN_HASH,
    Kind,
    one_of,
    whole_number,
)


def _about(text: str, lowest: int = 1, highest: int = 10**12, kind: Kind | None = None) -> dict[str, str | Kind]:
    return {"help": text, "kind": kind or whole_number(lowest, highest)}


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force; the field `name` is read from KARJERA_NAME."""

    index: Path = field(
        default=Path("var/index"),
        metadata=_about("Folder of the index: its generations, and the file that names the live one.", kind=FOLDER),
    )
    glossary: Path = field(
        default=Path("var/glossary"),
        metadata=_about(
            "Folder of the concepts imported with `karjera glossary import`; ours ship with Karjera.", kind=FOLDER
        ),
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
            "begin so. Empty: as the request asked for it.",
            kind=ADDRESS,
        ),
    )
    notices: Path | None = field(
        default=None,
        metadata=_about(
            "TOML file of notices to show with topics, concepts or words, docs/notices.md. Unset: none.", kind=FILE
        ),
    )

    admin_token_hash: str = field(
        default="",
        repr=False,
        metadata=_about(
            "Hash of the operators' token, as `karjera token` prints it. Unset: there are no operators' addresses.",
            kind=TOKEN_HASH,
        ),
    )
    session_secret: str = field(
        default="",
        repr=False,
        metadata=_about(
            "What sessions at /operator are signed with, as `karjera token` prints it; the same for all processes. "
            "Unset: there is no such page.",
            kind=SECRET,
        ),
    )
    cors_origins: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Origins whose pages may read the JSON API in a browser, separated by commas; * is every one. Unset: none.",
            kind=ORIGINS,
        ),
    )
    rate_limit: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Requests that one client may make, as 20/second,300/minute; a batch counts as its searches, though never "
            "as more than a whole rate. Unset: as many as it likes.",
            kind=RATES,
        ),
    )
    token_rate_limit: tuple[str, ...] = field(
        default=(),
        metadata=_about("The same for requests that bring the operators' token, counted together.", kind=RATES),
    )
    rate_limit_store: str = field(
        default="memory://",
        repr=False,
        metadata=_about(
            "Where requests are counted: memory:// in each worker by itself, redis://host:6379/0 for all together.",
            kind=STORE,
        ),
    )
    trusted_proxies: int = field(
        default=0,
        metadata=_about(
            "Proxies before the service that add to X-Forwarded-For and X-Forwarded-Proto; 0: these are not believed.",
            0,
            10,
        ),
    )
    max_request_bytes: int = field(
        default=1_000_000,
        metadata=_about(
            "A request with a larger body is refused with 413; so is a batch of more than 262144 bytes, whatever "
            "stands here.",
            1_000,
            1_000_000_000,
        ),
    )
    metrics: str = field(
        default="local",
        metadata=_about(
            "Who may read /metrics: off (nobody), local (who asks from this machine, not through a proxy that says "
            "so), token (an operator), open (everybody).",
            kind=one_of("off", "local", "token", "open"),
        ),
    )
    log_format: str = field(
        default="json",
        metadata=_about("How a line of the log is written: json or plain.", kind=one_of("json", "plain")),
    )
    log_level: str = field(
        default="info",
        metadata=_about(
            "What is logged: info has a line for every request, warning and error only what went wrong.",
            kind=one_of("debug", "info", "warning", "error"),
        ),
    )
    query_log: Path | None = field(
        default=None,
        metadata=_about(
            "File to keep what is asked in, without who asked, for `karjera report`. Unset: none is kept.", kind=FILE
        ),
    )
    query_log_bytes: int = field(
        default=10_000_000,
        metadata=_about("A query log larger than this is begun anew, and the old one numbered.", 10_000, 10**9),
    )
    query_log_files: int = field(
        default=5,
        metadata=_about("Numbered query logs that are kept; what is older is removed.", 1, 100),
    )
    traces: str = field(
        default="off",
        metadata=_about(
            "on sends OpenTelemetry traces to where the OTEL_* variables say; it needs karjera[traces].",
            kind=one_of("on", "off"),
        ),
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], file: str | None = None) -> "Settings":
        """Read KARJERA_* variables over the settings file over the defaults, as `Configuration.read` does."""
        return Configuration.read(environment, file).settings

    def to_environment(self) -> dict[str, str]:
        """Return the variables that give another process these settings, whatever file there is; but no secrets."""
        named = (setting.name for setting in fields(self) if not setting.metadata["kind"].secret)
        return {CONFIG: "", **{PREFIX + name.upper(): written(getattr(self, name)) for name in named}}


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings in force, the file that was read if any was, and where each came from.

    `origins` has the variable or the file that each setting is from; what is not in it has its default.
    """

    settings: Settings
    file: Path | None
    origins: Mapping[str, str]

    @classmethod
    def read(cls, environment: Mapping[str, str], file: str | None = None) -> "Configuration":
        """Read KARJERA_* variables over the settings file over the defaults; `file` names it, "" for none at all.

        Raises SettingsError for a name, a value or a file that cannot be used.
        """
        path = settings_file(environment, file)
        kinds: dict[str, Kind] = {setting.name: setting.metadata["kind"] for setting in fields(Settings)}
        texts = given(kinds, environment, path)
        values = {name: _value(kinds[name], text) for name, text in texts.items()}
        settings = Settings(**values)  # type: ignore[arg-type]  # each value has the type of its field's default
        if settings.page_size > settings.max_page_size:
            raise SettingsError(
                f"{PREFIX}PAGE_SIZE is {settings.page_size}, more than {PREFIX}MAX_PAGE_SIZE, "
                f"{settings.max_page_size}; lower the one or raise the other."
            )
        return cls(settings, path, {name: str(text.file or text.name) for name, text in texts.items()})


def _value(kind: Kind, text: Given) -> object:
    try:
        value = kind.read(text.text)
    except ValueError:
        came = "empty" if not text.text else "something else" if kind.secret else repr(text.text[:80])
        raise SettingsError(f"{text} is {came}; allowed is {kind.allowed}.") from None
    if isinstance(value, Path) and text.file is not None:
        return text.file.absolute().parent / value
    return value


def written(value: object) -> str:
    """Return the value of a setting as a variable gives it."""
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else str(value)
