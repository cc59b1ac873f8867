"""The client's bundle: made of the sources as they stand, whole, and with the licences of what is in it."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.places import PROJECT

CLIENT = PROJECT / "server/pages/client"
BUNDLE = PROJECT / "server/pages/static/client"


def build_hook() -> ModuleType:
    """Return the hook's module, which is loaded by its path as hatch does."""
    spec = importlib.util.spec_from_file_location("build_hook", CLIENT / "build_hook.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOOK = build_hook()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a copy of the project's client, with its bundle and nothing installed."""
    ignored = shutil.ignore_patterns("node_modules", "__pycache__")
    shutil.copytree(CLIENT, tmp_path / HOOK.CLIENT, ignore=ignored)
    shutil.copytree(BUNDLE, tmp_path / HOOK.BUNDLE)
    return tmp_path


def test_the_bundle_is_that_of_the_sources():
    assert HOOK.is_current(PROJECT), "the client has changed: install again (make .venv/.installed)"


def test_a_current_bundle_needs_no_node_and_nothing_is_run(sources, monkeypatch):
    monkeypatch.setattr(HOOK, "run", lambda *_: pytest.fail("npm or node was run"))
    hook = HOOK.ClientBuildHook(str(sources), {}, None, None, "", "wheel")
    hook.initialize("standard", {})
    assert hook.dependencies() == []


@pytest.mark.parametrize("file", ["src/portal.ts", "package-lock.json", "data/rivers.geojson"])
def test_a_changed_source_asks_for_a_new_bundle(sources, file):
    with (sources / HOOK.CLIENT / file).open("a", encoding="utf8") as source:
        source.write("\n")
    assert not HOOK.is_current(sources)
    assert HOOK.ClientBuildHook(str(sources), {}, None, None, "", "wheel").dependencies() == [HOOK.NODE]


def test_a_registry_that_is_not_reached_is_told_with_the_remedy_and_the_old_bundle_stays(sources, monkeypatch):
    for name, value in {"registry": "http://127.0.0.1:9", "cache": str(sources / "cache"), "fetch_retries": "0"}.items():
        monkeypatch.setenv(f"npm_config_{name}", value)
    with pytest.raises(RuntimeError, match=r"(?s)is its registry reached\?.*ECONNREFUSED.*Remedy: .*HATCH_BUILD_NO_HOOKS=true"):
        HOOK.bundle(sources)
    assert (sources / HOOK.BUNDLE / "portal.js").is_file()


def test_the_lock_file_names_no_address():
    packages = json.loads((CLIENT / "package-lock.json").read_text(encoding="utf8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_the_licence_of_each_bundled_package_comes_with_it():
    notice = (BUNDLE / "NOTICE.txt").read_text(encoding="utf8")
    assert "world-atlas 2.0.2 (ISC)" in notice
    assert "Copyright 2013-2019 Michael Bostock" in notice
