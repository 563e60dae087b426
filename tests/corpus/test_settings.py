from dataclasses import Field, fields, replace
from pathlib import Path

import pytest

from corpus import Settings
from corpus.errors import SettingsError
from corpus.settings import Configuration, written
from tests.programs import REQUIRED


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()


def test_variables_of_others_are_left_alone() -> None:
    assert Settings.from_environment({"PATH": "/bin", "PAGE_SIZE": "x", "KARJERA_DATA": "/data"}) == Settings()
    assert Settings.from_environment({REQUIRED: "1", "KARJERA_TEST_EXAMPLES": "500"}) == Settings()  # of the tests


def test_a_variable_sets_what_it_names_and_nothing_else() -> None:
    read = Settings.from_environment({"KARJERA_INDEX": "/srv/index", "KARJERA_PAGE_SIZE": "20"})
    assert read == Settings(index=Path("/srv/index"), page_size=20)


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)
def test_every_default_is_allowed_and_explained(setting: Field[object]) -> None:
    name = f"KARJERA_{setting.name.upper()}"
    assert Settings.from_environment({name: written(setting.default)}) == Settings()
    assert setting.metadata["help"].endswith(".")


@pytest.mark.parametrize(
    ("name", "text", "allowed"),
    [
        ("KARJERA_PAGE_SIZE", "0", "from 1 to 100"),
        ("KARJERA_PAGE_SIZE", "101", "from 1 to 100"),
        ("KARJERA_PAGE_SIZE", "ten", "from 1 to 100"),
        ("KARJERA_PAGE_SIZE", "1.5", "from 1 to 100"),
        ("KARJERA_KEEP_GENERATIONS", "1", "from 2 to 100"),
        ("KARJERA_REFRESH_MS", "-1", "from 0 to 60000"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_what_is_allowed(name: str, text: str, allowed: str) -> None:
    with pytest.raises(SettingsError, match=allowed) as error:
        Settings.from_environment({name: text})
    assert f"{name} is {text!r}" in str(error.value)


def test_a_misspelt_variable_is_refused_with_the_one_that_is_meant() -> None:
    with pytest.raises(
        SettingsError, match=r"^KARJERA_PAGE_SIZ is no setting; did you mean KARJERA_PAGE_SIZE\? Allowed"
    ):
        Settings.from_environment({"KARJERA_PAGE_SIZ": "5"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("page_siz = 5", "'page_siz' in {} is no setting; did you mean page_size? Allowed are: index, glossary, "),
        ("[search]\nq = 1", "'search' in {} is no setting. Allowed are: index, glossary, "),
    ],
)
def test_a_key_or_table_of_the_file_that_is_no_setting_is_refused(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(content)
    with pytest.raises(SettingsError) as error:
        Settings.from_environment({}, str(file))
    assert str(error.value).startswith(said.format(file))


def test_an_index_without_a_path_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"^KARJERA_INDEX is empty; allowed is the path of a folder\.$"):
        Settings.from_environment({"KARJERA_INDEX": ""})


def test_a_public_address_is_a_host_without_a_path() -> None:
    read = Settings.from_environment({"KARJERA_PUBLIC_ADDRESS": "https://search.example.org:8443/"})
    assert read.public_address == "https://search.example.org:8443"
    for wrong in ("example.org", "https://example.org/search", "javascript://example.org", "https://a b"):
        with pytest.raises(SettingsError, match="allowed is an address without a path"):
            Settings.from_environment({"KARJERA_PUBLIC_ADDRESS": wrong})


def test_a_file_of_notices_is_named_or_there_is_none() -> None:
    assert Settings.from_environment({"KARJERA_NOTICES": "/etc/notices.toml"}).notices == Path("/etc/notices.toml")
    assert Settings.from_environment({"KARJERA_NOTICES": ""}).notices is None


def test_a_setting_with_few_values_names_them() -> None:
    assert Settings.from_environment({"KARJERA_LOG_FORMAT": "plain"}).log_format == "plain"
    with pytest.raises(SettingsError, match=r"^KARJERA_METRICS is 'on'; allowed is one of off, local, token, open\.$"):
        Settings.from_environment({"KARJERA_METRICS": "on"})


def test_the_bounds_themselves_are_allowed() -> None:
    assert Settings.from_environment({"KARJERA_REFRESH_MS": "0"}).refresh_ms == 0
    assert Settings.from_environment({"KARJERA_MAX_PAGE_SIZE": "1000"}).max_page_size == 1000


def test_a_misspelled_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(SettingsError, match=r"KARJERA_PAGESIZE is no setting.*KARJERA_PAGE_SIZE"):
        Settings.from_environment({"KARJERA_PAGESIZE": "20"})


def test_a_page_larger_than_the_largest_is_refused() -> None:
    with pytest.raises(SettingsError, match="KARJERA_PAGE_SIZE is 60, more than KARJERA_MAX_PAGE_SIZE, 50"):
        Settings.from_environment({"KARJERA_PAGE_SIZE": "60"})
    assert Settings.from_environment({"KARJERA_PAGE_SIZE": "60", "KARJERA_MAX_PAGE_SIZE": "60"}).page_size == 60


def test_values_come_from_the_environment_over_the_file_over_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('page_size = 20\nrefresh_ms = 100\nindex = "index"\n')
    read = Configuration.read({"KARJERA_PAGE_SIZE": "30", "KARJERA_CONFIG": str(file)})
    assert read.settings == Settings(page_size=30, refresh_ms=100, index=tmp_path / "index")
    assert read.file == file
    assert read.origins == {"page_size": "KARJERA_PAGE_SIZE", "refresh_ms": str(file), "index": str(file)}


def test_another_process_gets_the_same_settings_but_no_secrets(tmp_path: Path) -> None:
    settings = Settings(
        index=tmp_path, notices=Path("a.toml"), cors_origins=("https://a.org", "*"), session_secret="s" * 40
    )
    environment = settings.to_environment()
    assert "s" * 40 not in environment.values()
    assert Settings.from_environment(environment) == replace(settings, session_secret="")


def test_secrets_do_not_stand_in_what_is_printed_of_settings() -> None:
    assert "s" * 40 not in repr(Settings(session_secret="s" * 40))
