"""The OpenAPI document is valid, complete and true."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from innovation.accounts.scopes import Scope
from innovation.api import operations, schema
from innovation.api.views import OpenResource
from innovation.api_urls import RESOURCES
from tests.factories import users

OPERATIONS = [
    (path, operation)
    for path, methods in schema.document()["paths"].items()
    for operation in methods.values()
]


def test_it_is_valid_openapi_3_1() -> None:
    document = schema.document()
    assert document["openapi"] == "3.1.1"
    validate: Callable[[dict[str, Any]], None] = validate_schema
    validate(document)


def test_it_describes_every_resource_and_nothing_else() -> None:
    expected = {f"/api/v1/{name}/" for name in RESOURCES} | {
        f"/api/v1/{name}/{{{resource.lookup_field}}}/"
        for name, resource in RESOURCES.items()
    }
    assert set(schema.document()["paths"]) == expected


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_an_operation_says_what_it_needs_and_how_it_fails(
    path: str, operation: dict[str, Any]
) -> None:
    name = path.split("/")[3]
    if issubclass(RESOURCES[name], OpenResource):
        assert "Needs no token." in operation["description"]
        assert operation["security"] == [{"token": []}, {}]
    else:
        assert f"`{Scope(f'{name}:read').value}`" in operation["description"]
        assert operation["security"] == [{"token": []}]
    assert {"200", "401", "403", "404", "422", "429"} <= set(operation["responses"])
    assert operation["responses"]["404"]["content"].keys() == {
        "application/problem+json"
    }


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_an_example_is_what_its_schema_says(
    path: str, operation: dict[str, Any]
) -> None:
    content = operation["responses"]["200"]["content"]["application/json"]
    [example] = content["examples"].values()
    full_schema = {**content["schema"], "components": schema.document()["components"]}
    Draft202012Validator(full_schema).validate(example["value"])


@pytest.mark.django_db
def test_it_is_read_without_a_token_and_shown_on_a_page(client: Client) -> None:
    answer = client.get("/api/v1/schema")
    assert answer.json()["info"]["title"] == schema.document()["info"]["title"]
    page = client.get("/api/").content.decode()
    for operation in operations.operations(schema.document()):
        assert operation.path.replace("{", "{") in page
        assert operation.example
        assert operation.fields
    assert "<script>" not in page
    assert "style=" not in page


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "application/vnd.oai.openapi+json"),
        ("text/html, */*;q=0.8", "application/vnd.oai.openapi+json"),
        ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
        ("application/json", "application/json"),
        ("application/vnd.oai.openapi", "application/vnd.oai.openapi"),
        ("application/yaml", "application/yaml"),
    ],
)
def test_it_is_json_or_yaml_as_is_accepted(
    client: Client, accept: str, content_type: str
) -> None:
    answer = client.get("/api/v1/schema", headers={"accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"] == content_type
    assert "Accept" in answer["Vary"]
    read = json.loads if "json" in content_type else yaml.safe_load
    assert read(answer.content.decode()) == json.loads(json.dumps(schema.document()))


def test_what_it_is_not_is_a_problem_document(client: Client) -> None:
    answer = client.get("/api/v1/schema", headers={"accept": "text/csv"})
    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"
    answer = client.post("/api/v1/schema", headers={"accept": "application/yaml"})
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code == 405


def test_kinds_are_told_in_words() -> None:
    [awards] = [
        operation
        for operation in operations.operations(schema.document())
        if operation.path == "/api/v1/awards/"
    ]
    kinds = {field.name: field.kind for field in awards.fields}
    assert kinds["councils"] == "list of NamedCouncil"
    assert kinds["announced_on"] == "date or null"
    assert kinds["date_precision"] == "one of day, month, year"


@pytest.mark.django_db
def test_the_page_offers_tokens_to_whoever_can_make_them(client: Client) -> None:
    link = f'href="{reverse("accounts:tokens")}"'
    assert link in client.get("/api/").content.decode()
    client.force_login(users.person("analyst"))
    assert link in client.get("/api/").content.decode()
    client.force_login(users.person("coach"))
    page = client.get("/api/").content.decode()
    assert link not in page
    assert "Your role does not let you make one" in page
