"""Write the reference of the JSON API from its own OpenAPI document, as docs/api.md."""

import json
from typing import Any

from corpus import Settings
from search.tokens import hash_of
from search.web.openapi import document
from search.web.problem_types import PROBLEM_TYPES

# More names than a table can show.
MANY = 20


def api_page() -> str:
    """Return docs/api.md: every endpoint with its parameters, the shapes of answers, the kinds of problems."""
    described = document(Settings(admin_token_hash=hash_of("any")))
    lines = [
        "# The JSON API",
        "",
        "Written by `make docs` from the code that checks requests. A running service has the same at `/api`, and for "
        "programs at `/api/v1/openapi.json` (OpenAPI 3.1).",
        "",
        described["info"]["description"],
        "",
    ]
    for path, item in described["paths"].items():
        for method, operation in item.items():
            lines += _operation(method, path, operation)
    lines += _problems()
    lines += ["## Answers", ""]
    for name, schema in described["components"]["schemas"].items():
        if name != "SearchQuestion":
            lines += _shape(name, schema)
    return "\n".join(lines).rstrip() + "\n"


def _operation(method: str, path: str, operation: dict[str, Any]) -> list[str]:
    success = next(said for status, said in operation["responses"].items() if status.startswith("2"))
    answer = success["content"]["application/json"]["schema"]
    said = f"{operation['summary']}. {operation['description']} Answers {_type(answer)}."
    conflict = operation["responses"].get("409")
    if conflict:
        said += f" The problem of a 409 is a {_type(conflict['content']['application/problem+json']['schema'])}."
    lines = [f"## {method.upper()} {path}", "", said, ""]
    if "security" in operation:
        lines += ["Needs the operators' token, as `Authorization: Bearer TOKEN`.", ""]
    if "parameters" in operation:
        if operation["parameters"]:
            lines += ["| parameter | value | meaning |", "|---|---|---|"]
            lines += [f"| `{row['name']}` | {_value(row)} | {row['description']} |" for row in operation["parameters"]]
            lines += [""]
        lines += [*(f"- `GET {example}`" for example in operation["x-examples"]), ""]
    elif "requestBody" in operation:
        [body] = operation["requestBody"]["content"].values()
        [example] = body["examples"].values()
        lines += ["```json", json.dumps(example["value"], indent=2, ensure_ascii=False), "```", ""]
    return lines


def _value(parameter: dict[str, Any]) -> str:
    schema, said = parameter["schema"], _type(parameter["schema"])
    if parameter["required"]:
        return f"{said}, needed"
    default = schema.get("default")
    return f"{said}, else `{json.dumps(default)}`" if default not in (None, "", []) else said


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(map(_type, schema["anyOf"]))
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        names = schema["enum"]
        return f"one of {len(names)} names" if len(names) > MANY else ", ".join(f"`{name}`" for name in names)
    kind = schema.get("type", "any value")
    if kind == "array":
        return f"list of {_type(schema['items'])}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_type(schema['additionalProperties'])}"
    if kind == "integer" and "maximum" in schema:
        return f"{schema['minimum']} to {schema['maximum']}"
    return str({"date": "day", "uri-reference": "address"}.get(schema.get("format", ""), kind))


def _problems() -> list[str]:
    rows = [f"| {row.status} | `{row.name}` | {row.meaning} |" for row in PROBLEM_TYPES.values()]
    return [
        "## Problems",
        "",
        "The `type` of a problem is the address of its page, `/problems/` and its name. A status that is not among "
        "these has the type `about:blank`.",
        "",
        "| status | name | meaning |",
        "|---|---|---|",
        *rows,
        "",
    ]


def _shape(name: str, schema: dict[str, Any]) -> list[str]:
    rows = [
        f"| `{field}` | {_type(inner)} | {inner.get('description', '')} |"
        for field, inner in schema["properties"].items()
    ]
    return [f"### {name}", "", schema["description"], "", "| name | value | meaning |", "|---|---|---|", *rows, ""]
