from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import parser
from kg.errors import UsageError
from kg.settings import SETTINGS, settings

README = Path(__file__).parents[1] / "README.md"


def test_without_environment_every_setting_has_its_default():
    assert settings({}) == {setting.name: setting.default for setting in SETTINGS}


@pytest.mark.parametrize(
    ("variable", "given", "name", "value"),
    [("KG_STORE", "graph", "store", "graph"), ("KG_PORT", "9000", "port", 9000), ("KG_JOBS", "", "jobs", 1)],
)
def test_the_environment_sets_a_setting(variable, given, name, value):
    assert settings({variable: given})[name] == value


def test_a_setting_that_is_no_number_is_named():
    with pytest.raises(UsageError, match=r"^KG_PORT=http is no whole number: unset it or give one$"):
        settings({"KG_PORT": "http"})


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_readme_and_help_name_every_setting(setting):
    assert f"`{setting.variable}`" in README.read_text(encoding="utf8")
    assert setting.variable in parser().format_help()
