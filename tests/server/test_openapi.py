"""``openapi.json`` says what the application's routes are, no more and no less."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from tests.support.serving import make_store, served

DOCUMENT = json.loads(files("server").joinpath("openapi.json").read_text(encoding="utf8"))
ALIKE = {"HEAD", "OPTIONS", "QUERY"}  # described once for all; QUERY is no method of OpenAPI 3.1
OPERATIONS = [(path, method, operation) for path, ways in DOCUMENT["paths"].items() for method, operation in ways.items()]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with served(make_store(tmp_path_factory.mktemp("openapi") / "store")) as client:
        yield client


def test_the_document_and_the_routes_have_the_same_paths_and_methods(client):
    routes: dict[str, set[str]] = {}
    for rule in client.application.url_map.iter_rules():
        path = re.sub(r"<(?:path:)?(\w+)>", r"{\1}", rule.rule)
        routes.setdefault(path.rstrip("/") or "/", set()).update(rule.methods - ALIKE)
    documented = {path: {method.upper() for method in ways} for path, ways in DOCUMENT["paths"].items()}
    assert documented == routes


def test_every_operation_has_a_name_of_its_own():
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(("path", "operation"), [(path, o) for path, _, o in OPERATIONS], ids=str)
def test_every_operation_names_its_parameters_and_answers(path, operation):
    in_path = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", path))
    assert operation["summary"]
    assert {"200", "201", "204"} & set(operation["responses"])
    for parameter in operation.get("parameters", ()):
        assert parameter["description"]
        Draft202012Validator.check_schema(parameter["schema"])
