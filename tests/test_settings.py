from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import parser
from kg.errors import UsageError
from kg.settings import CORES, SERVER_SETTINGS, SETTINGS, server_defaults, settings
from server.config import Config

EVERY = (*SETTINGS, *SERVER_SETTINGS)
VARIABLES = tuple(setting for setting in EVERY if setting.variable)
README = Path(__file__).parents[1] / "README.md"


def test_without_environment_every_setting_has_its_default():
    assert settings({}) == {setting.name: setting.default for setting in VARIABLES}


@pytest.mark.parametrize(
    ("variable", "given", "name", "value"),
    [("KG_STORE", "graph", "store", "graph"), ("KG_PORT", "9000", "port", 9000), ("KG_JOBS", "", "jobs", 1)],
)
def test_the_environment_sets_a_setting(variable, given, name, value):
    assert settings({variable: given})[name] == value


def test_a_setting_that_is_no_number_is_named():
    with pytest.raises(UsageError, match=r"^KG_PORT=http is no whole number: unset it or give one$"):
        settings({"KG_PORT": "http"})


@pytest.mark.parametrize("setting", VARIABLES, ids=lambda setting: setting.name)
def test_readme_and_help_name_every_variable(setting):
    assert f"| `{setting.variable}` | {shown(setting.default)} | {setting.help} |" in README.read_text(encoding="utf8")
    assert setting.variable in parser().format_help()


@pytest.mark.parametrize("setting", SERVER_SETTINGS, ids=lambda setting: setting.name)
def test_readme_names_every_setting_of_the_server(setting):
    default = setting.default // CORES if setting.name.endswith("workers") else setting.default
    row = f"| `{setting.name}` | {shown(default)} | {setting.help}{setting.unit and ' (' + setting.unit + ')'} |"
    assert row in README.read_text(encoding="utf8")


def shown(default: object) -> str:
    return "" if default in ("", None, ()) else f"`{default}`"


@pytest.mark.parametrize("setting", EVERY, ids=lambda setting: setting.name)
def test_the_commands_of_a_setting_show_it_as_option(setting):
    [commands] = [action.choices for action in parser()._actions if isinstance(action.choices, dict)]
    for command in setting.commands:
        destinations = {action.dest for action in commands[command]._actions}
        assert setting.name in destinations, command


def test_the_servers_configuration_is_the_table():
    values = Config().as_json()
    assert values.pop("base") == settings({})["base"]
    assert values == server_defaults()
