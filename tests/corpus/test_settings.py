from dataclasses import Field, fields
from pathlib import Path

import pytest

from corpus import Settings
from corpus.errors import SettingsError


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()


def test_variables_of_others_are_left_alone() -> None:
    assert Settings.from_environment({"PATH": "/bin", "PAGE_SIZE": "x", "KARJERA_DATA": "/data"}) == Settings()


def test_a_variable_sets_what_it_names_and_nothing_else() -> None:
    read = Settings.from_environment({"KARJERA_INDEX": "/srv/index", "KARJERA_PAGE_SIZE": "20"})
    assert read == Settings(index=Path("/srv/index"), page_size=20)


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)
def test_every_default_is_allowed_and_explained(setting: Field[object]) -> None:
    name = f"KARJERA_{setting.name.upper()}"
    assert Settings.from_environment({name: "" if setting.default is None else str(setting.default)}) == Settings()
    assert setting.metadata["help"].endswith(".")


@pytest.mark.parametrize(
    ("name", "text", "allowed"),
    [
        ("KARJERA_PAGE_SIZE", "0", "from 1 to 100"),
        ("KARJERA_PAGE_SIZE", "101", "from 1 to 100"),
        ("KARJERA_PAGE_SIZE", "ten", "from 1 to 100"),
        ("KARJERA_PAGE_SIZE", "", "from 1 to 100"),
        ("KARJERA_PAGE_SIZE", "1.5", "from 1 to 100"),
        ("KARJERA_KEEP_GENERATIONS", "1", "from 2 to 100"),
        ("KARJERA_REFRESH_MS", "-1", "from 0 to 60000"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_what_is_allowed(name: str, text: str, allowed: str) -> None:
    with pytest.raises(SettingsError, match=allowed) as error:
        Settings.from_environment({name: text})
    assert f"{name} is {text!r}" in str(error.value)


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
    with pytest.raises(SettingsError, match=r"^KARJERA_METRICS is 'on'; allowed are off, local, token, open\.$"):
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
