"""One way through the house: every room has a name and imports only itself and the rooms before it."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KG = (
    "errors", "back_off", "resources", "event_kinds", "bounded_http", "namespaces", "settings", "provenance", "german",
    "knowledge", "reading", "annotation/records", "annotation/words", "annotation/names", "annotation/times",
    "annotation/quantities", "annotation/syntax", "annotation/references", "annotation/events", "annotation/failures",
    "annotation/pipeline",
    "graph", "validation", "store", "resolution", "linking", "export", "evaluation", "display", "build",
    "watching", "commands", "cli",
)  # fmt: skip
SERVER = (
    "config", "ipc", "http", "data", "writing", "workers", "sparql", "search", "selection", "pages", "reconcile", "query_way",
    "endpoint", "app", "web_process", "web_server",
)  # fmt: skip
ROOMS = {"kg": KG, "server": SERVER}
SERVER_MAY_USE = {
    "errors", "bounded_http", "namespaces", "resources", "settings", "german", "knowledge", "store", "resolution", "validation",
}  # fmt: skip
FACES = {"kg/__init__.py", "kg/annotation/__init__.py", "server/__init__.py"}  # they hand names on, no room's own
MOST_AT_THE_ROOT = {"kg": 11, "server": 8}
MOST_IN_A_FOLDER = 14
LONGEST_FUNCTION = 45
PLUGGED_IN = {"create", "main", "outcomes", "register", "run", "EXAMPLE"}  # what each factory, format, command, program has
MOST_SINGLE_LETTERS = 40  # attributes of one letter, in all


def modules(package: str) -> list[Path]:
    found = sorted(path for path in (ROOT / package).rglob("*.py") if path.relative_to(ROOT).as_posix() not in FACES)
    assert found
    return found


def room(package: str, parts: tuple[str, ...]) -> str:
    """Return the room of a module; raise on one that no room of the table holds."""
    for depth in (2, 1):
        name = "/".join(parts[:depth])
        if name in ROOMS[package]:
            return name
    raise AssertionError(f"{package}.{'.'.join(parts)} lies in no room: name its room in the table of this test")


def imports(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (package, the parts behind it) of every import of the project's own, wherever in the module it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, *parts = name.split(".")
            if package in ROOMS and parts:
                yield package, tuple(parts)


@pytest.mark.parametrize(
    ("package", "path"),
    [(package, path) for package in ROOMS for path in modules(package)],
    ids=lambda value: str(value.relative_to(ROOT)) if isinstance(value, Path) else "",
)
def test_a_room_imports_itself_and_the_rooms_before_it(package: str, path: Path) -> None:
    own = room(package, path.relative_to(ROOT / package).with_suffix("").parts)
    order = ROOMS[package].index
    used = {room(package, parts) for used_package, parts in imports(path) if used_package == package}
    assert [name for name in sorted(used) if order(name) > order(own)] == []


@pytest.mark.parametrize("path", modules("kg"), ids=lambda path: str(path.relative_to(ROOT)))
def test_kg_never_imports_the_server(path: Path) -> None:
    assert [parts for package, parts in imports(path) if package == "server"] == []


@pytest.mark.parametrize("path", modules("server"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_server_uses_of_kg_only_the_store_and_what_describes_it(path: Path) -> None:
    assert {parts[0] for package, parts in imports(path) if package == "kg"} <= SERVER_MAY_USE


@pytest.mark.parametrize("package", ROOMS)
def test_every_room_of_the_table_exists(package: str) -> None:
    missing = [
        name for name in ROOMS[package] if not ((ROOT / package / name).is_dir() or (ROOT / package / f"{name}.py").is_file())
    ]
    assert missing == []


@pytest.mark.parametrize("name", ["", "annotation/"])
def test_a_module_in_no_room_is_found(name: str) -> None:
    with pytest.raises(AssertionError, match="lies in no room"):
        room("kg", tuple(f"{name}attic".split("/")))


@pytest.mark.parametrize("package", ROOMS)
def test_rooms_stay_small(package: str) -> None:
    folders = Counter(path.parent for path in modules(package) if path.name != "__init__.py")
    loose = folders.pop(ROOT / package)
    assert loose <= MOST_AT_THE_ROOT[package]
    assert {str(folder): number for folder, number in folders.items() if number > MOST_IN_A_FOLDER} == {}


@pytest.mark.parametrize("package", ROOMS)
def test_functions_stay_short(package: str) -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in modules(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("package", ROOMS)
def test_a_class_has_its_name_to_itself(package: str) -> None:
    places = defaultdict(list)
    for path in modules(package):
        for node in ast.parse(path.read_text(encoding="utf8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_a_constant_has_its_name_to_itself() -> None:
    places = defaultdict(list)
    for path in modules("kg"):
        for node in ast.parse(path.read_text(encoding="utf8")).body:
            for name in assigned(node):
                if not name.startswith("_") and name not in PLUGGED_IN:
                    places[name].append(path.relative_to(ROOT).as_posix())
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def assigned(node: ast.stmt) -> list[str]:
    """Return the names that a statement binds by ``=``."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]


@pytest.mark.parametrize("package", ROOMS)
def test_a_function_for_others_has_its_name_to_itself(package: str) -> None:
    places = defaultdict(list)
    for path in modules(package):
        for node in ast.parse(path.read_text(encoding="utf8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in PLUGGED_IN:
                places[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_attributes_have_names() -> None:
    single = Counter(
        f"{path.relative_to(ROOT)}: {node.attr}"
        for package in ROOMS
        for path in modules(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
        if isinstance(node, ast.Attribute) and len(node.attr) == 1 and node.attr != "_"  # spaCy's own name
    )
    assert single.total() <= MOST_SINGLE_LETTERS, single
