"""The OpenAPI document, prepared for the reference page."""

import json
from dataclasses import dataclass
from typing import Any

JsonObject = dict[str, Any]
"""The OpenAPI document, or a part of it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    anchor: str
    method: str
    path: str
    summary: str
    description: list[str]
    parameters: list[Parameter]
    fields: list[Parameter]
    example: str


def operations(document: JsonObject) -> list[Operation]:
    return [
        _operation(document, path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def _operation(
    document: JsonObject, path: str, method: str, operation: JsonObject
) -> Operation:
    content = operation["responses"]["200"]["content"]["application/json"]
    return Operation(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=[text for text in operation["description"].split("\n\n") if text],
        parameters=[
            Parameter(
                parameter["name"],
                _kind(document, parameter["schema"]),
                _description(parameter),
            )
            for parameter in operation.get("parameters", [])
        ],
        fields=_fields(document, content["schema"]),
        example=_example(content),
    )


def _description(parameter: JsonObject) -> str:
    return " ".join(parameter.get("description", "").split())


def _example(content: JsonObject) -> str:
    values = [example["value"] for example in content.get("examples", {}).values()]
    return json.dumps(values[0], indent=2, ensure_ascii=False) if values else ""


def _fields(document: JsonObject, schema: JsonObject) -> list[Parameter]:
    """The fields of a row, without those of the page of a list around it."""
    row = _resolve(document, schema)
    if "results" in row.get("properties", {}):
        row = _resolve(document, row["properties"]["results"]["items"])
    return [
        Parameter(name, _kind(document, field), _description(_resolve(document, field)))
        for name, field in row.get("properties", {}).items()
    ]


def _kind(document: JsonObject, schema: JsonObject) -> str:
    """`text`, `date`, `list of Council`, `one of full, seed`, with “or null”."""
    if choices := schema.get("oneOf") or schema.get("anyOf"):
        return " or ".join(dict.fromkeys(_kind(document, choice) for choice in choices))
    if reference := schema.get("$ref"):
        resolved = _resolve(document, schema)
        return (
            _kind(document, resolved)
            if "enum" in resolved
            else reference.split("/")[-1]
        )
    if parts := schema.get("allOf"):
        return _kind(document, parts[0])
    if values := schema.get("enum"):
        if values in ([""], [None]):
            return "empty" if values == [""] else "null"
        return "one of " + ", ".join(str(value) for value in values)
    if schema.get("type") == "array":
        return f"list of {_kind(document, schema['items'])}"
    types = schema.get("type", "anything")
    return " or ".join(
        str(schema.get("format", name)) if name == "string" else name
        for name in ([types] if isinstance(types, str) else types)
    )


def _resolve(document: JsonObject, schema: JsonObject) -> JsonObject:
    if parts := schema.get("allOf"):
        return {**_resolve(document, parts[0]), **schema}
    reference = schema.get("$ref")
    if not reference:
        return schema
    target = document["components"]["schemas"][reference.split("/")[-1]]
    siblings = {name: value for name, value in schema.items() if name != "$ref"}
    return {**target, **siblings}
