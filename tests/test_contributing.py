"""What contributors are told is there."""

from __future__ import annotations

import re

import pytest

from tests.support.places import PROJECT

GUIDES = ("CONTRIBUTING.md", "docs/architecture.md", "README.md")
RECIPES = (
    "A trigger verb or noun", "How «die Stadt» is resolved", "An export format", "A page of the endpoint", "A setting",
    "A component of the annotation", "A date expression", "A type of event",
)  # fmt: skip
NAMED = re.compile(r"`((?:kg|server|tests|ontology|shapes|docs)/[\w./-]*|[A-Z]+\.md|pyproject\.toml|Makefile)`")


def guide(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf8")


@pytest.mark.parametrize("name", GUIDES)
def test_every_file_and_folder_that_a_guide_names_exists(name: str) -> None:
    named = set(NAMED.findall(guide(name)))
    assert named
    assert sorted(path for path in named if not (PROJECT / path).exists()) == []


@pytest.mark.parametrize("recipe", RECIPES)
def test_each_recipe_names_the_files_to_change_and_a_test(recipe: str) -> None:
    text = guide("CONTRIBUTING.md")
    assert f"\n### {recipe}\n" in text
    part = text.split(f"\n### {recipe}\n", 1)[1].split("\n### ")[0]
    named = NAMED.findall(part)
    assert any(path.startswith("tests/") for path in named)
    assert any(not path.startswith("tests/") for path in named)


def test_every_room_stands_in_the_drawing() -> None:
    text = guide("docs/architecture.md")
    rooms = [p.name for package in ("kg", "server") for p in (PROJECT / package).iterdir() if (p / "__init__.py").exists()]
    assert sorted(room for room in rooms if f"{room}/" not in text) == []


def test_every_step_of_the_pipeline_stands_in_the_table_of_its_room() -> None:
    import kg.annotation
    from kg.annotation.pipeline import COMPONENTS

    rows = dict(re.findall(r"``(lagebild_\w+)``\s+``([\w./]+)``", kg.annotation.__doc__ or ""))
    assert set(COMPONENTS) <= set(rows)
    assert sorted(file for file in rows.values() if not (PROJECT / "kg" / "annotation" / file).is_file()) == []
