"""One way through the house: a module imports from its own stage and those before it, ``kg`` never from ``server``."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STAGES = (
    ("errors", "namespaces", "resources", "settings", "run", "shipped", "annotation"),
    ("numerals", "pieces", "timespans", "tokenizer", "transliteration"),  # German for reading and annotating
    ("articles",),  # READ
    (),  # ANNOTATE: every module that is not named here
    ("pipeline",),
    ("graph",),
    ("shapes", "validation", "quarantine"),
    ("store", "remote", "selection"),
    ("resolve", "linking", "linkexports", "owl", "export"),
    ("build", "evaluation", "display"),
    ("commands", "cli"),
)
ANNOTATE = 3
SERVER_MAY_USE = {"errors", "namespaces", "resources", "naming", "shipped", "store", "transliteration", "validation"}


def stage(name: str) -> int:
    return next((number for number, names in enumerate(STAGES) if name in names), ANNOTATE)


def imports(path: Path) -> set[tuple[str, str]]:
    """Return (package, its first part) of every import of the project's own, wherever in the module it stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if "." in node.module else [f"{node.module}.{alias.name}" for alias in node.names]
        found |= {tuple(name.split(".")[:2]) for name in names if name.split(".")[0] in ("kg", "server")}
    return {(found_name[0], found_name[-1]) for found_name in found}


def modules(package: str) -> list[Path]:
    found = sorted((ROOT / package).rglob("*.py"))
    assert found
    return found


@pytest.mark.parametrize("path", modules("kg"), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_of_kg_imports_from_its_stage_and_those_before(path):
    own = path.relative_to(ROOT / "kg").with_suffix("").parts[0]
    used = imports(path)
    assert "server" not in {package for package, _ in used}
    if own != "__init__":
        assert [name for _, name in sorted(used) if stage(name) > stage(own)] == []


@pytest.mark.parametrize("path", modules("server"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_server_uses_of_kg_only_the_store_and_what_describes_it(path):
    assert {name for package, name in imports(path) if package == "kg"} <= SERVER_MAY_USE


def test_the_stages_name_modules_that_exist_or_are_planned():
    planned = {"resolve", "link"}
    there = {path.stem for path in (ROOT / "kg").iterdir()}
    assert {name for names in STAGES for name in names} - planned <= there
