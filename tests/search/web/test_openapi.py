"""The document is held to the service, and the service to the document, over the library that ships with Karjera."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from corpus import Settings
from search.cli import karjera
from search.web import admin, create_app
from search.web.endpoints import ENDPOINTS, ROOT
from search.web.openapi import document
from search.web.problem_types import PROBLEM_TYPES
from tests.search.web.conformance import broken_rules
from tests.search.web.operators import BEARER, guarded_by_token, sync_ended

# Of a service without operators, and of one that has them.
DOCUMENT = document(Settings())
GUARDED = document(guarded_by_token(Settings()))
GETS = [endpoint for endpoint in ENDPOINTS if endpoint.method == "get"]
# Of each endpoint; schemathesis tries bounds and examples beside them. A long run asks for more.
EXAMPLES = int(os.environ.get("KARJERA_TEST_EXAMPLES", "20"))
thorough = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
CONFIG = schemathesis.Config.from_path(Path(__file__).parents[3] / "schemathesis.toml")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over the library that ships with Karjera."""
    index = tmp_path_factory.mktemp("library") / "index"
    built = CliRunner().invoke(karjera, ["index", "build"], env={"KARJERA_INDEX": str(index)})
    assert built.exit_code == 0, built.output
    return create_app(Settings(index=index))


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application with operators, over an index of one article."""
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "articles").mkdir()
    (folder / "articles/pay.md").write_text("---\nlang: en\n---\n# Title\n\nPay follows.\n")
    index = folder / "index"
    built = CliRunner().invoke(karjera, ["index", "build", str(folder / "articles")], env={"KARJERA_INDEX": str(index)})
    assert built.exit_code == 0, built.output
    settings = guarded_by_token(Settings(index=index))
    yield create_app(settings)
    sync_ended(settings)


@pytest.fixture
def asked(library: Flask) -> Iterator[FlaskClient]:
    with library.test_client() as client:
        yield client


def closed(schema: Any) -> Any:
    """A schema that lets nothing through that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {name: closed(part) for name, part in schema.items()}
    return {"additionalProperties": False, **shut} if "properties" in schema else shut


def valid(answer: object, *shapes: str) -> None:
    """Assert that an answer has one of some shapes of the document, and nothing more."""
    references = [{"$ref": f"#/components/schemas/{shape}"} for shape in shapes]
    schema = {"anyOf": references, "components": closed(GUARDED["components"])}
    errors = [error.message for error in Draft202012Validator(schema).iter_errors(answer)]
    assert not errors, errors[:3]


def test_the_document_is_valid(asked: FlaskClient) -> None:
    said = asked.get(f"{ROOT}openapi.json").get_json()
    OpenAPIV31SpecValidator(said).validate()
    assert said == json.loads(json.dumps(DOCUMENT))
    assert said["openapi"] == "3.1.0"


def test_the_document_of_a_service_with_operators_is_valid(guarded: Flask) -> None:
    said = guarded.test_client().get(f"{ROOT}openapi.json").get_json()
    OpenAPIV31SpecValidator(said).validate()
    assert said == json.loads(json.dumps(GUARDED))
    assert said["components"]["securitySchemes"]["operators"]["scheme"] == "bearer"
    for operation in said["paths"][admin.ADDRESS].values():
        assert operation["security"] == [{"operators": []}]
        assert {"401", "404", "429"} <= operation["responses"].keys()
    page = guarded.test_client().get("/api").text
    for shown in (f"POST {admin.ADDRESS}</code>", "Authorization: Bearer TOKEN", 'id="schema-SyncProblem"'):
        assert shown in page
    assert {"202", "409"} <= said["paths"][admin.ADDRESS]["post"]["responses"].keys()


def test_without_a_token_in_the_settings_the_document_knows_nothing_of_operators(asked: FlaskClient) -> None:
    said = asked.get(f"{ROOT}openapi.json").text
    assert all(word not in said for word in ("index:sync", "securitySchemes", "SyncProblem"))
    assert "index:sync" not in asked.get("/api").text


def test_the_document_names_every_endpoint_there_is(library: Flask, guarded: Flask) -> None:
    for app, described in ((library, DOCUMENT), (guarded, GUARDED)):
        served = {
            (rule.rule.replace("<id:id>", "{id}"), method.lower())
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
            if rule.rule.startswith(ROOT) and rule.endpoint != "reference.document"
        }
        assert served == {(path, method) for path, item in described["paths"].items() for method in item}


@pytest.mark.parametrize(
    ("address", "shape"),
    [(ROOT + example, endpoint.answer.__name__) for endpoint in GETS for example in endpoint.examples],
)
def test_every_example_is_answered_as_documented(asked: FlaskClient, address: str, shape: str) -> None:
    response = asked.get(address)
    assert response.status_code == 200, response.text
    valid(response.get_json(), shape)
    assert any(value for value in response.get_json().values() if isinstance(value, list))


@pytest.mark.parametrize("endpoint", GETS, ids=lambda endpoint: endpoint.name)
def test_the_examples_of_parameters_work_alone_and_together(asked: FlaskClient, endpoint: Any) -> None:
    parameters = DOCUMENT["paths"][ROOT + endpoint.path]["get"]["parameters"]
    examples = {row["name"]: row["examples"]["1"]["value"] for row in parameters if "examples" in row}
    needed = {row["name"]: examples[row["name"]] for row in parameters if row["required"]}
    choices = [needed, examples, *({**needed, name: value} for name, value in examples.items())]
    for chosen in choices:
        id = chosen.get("id", "")
        in_query = {name: value for name, value in chosen.items() if name != "id" or "{id}" not in endpoint.path}
        address = f"{ROOT}{endpoint.path.format(id=id)}?{urlencode(in_query, doseq=True)}"
        response = asked.get(address)
        assert response.status_code == 200, (address, response.text)
        valid(response.get_json(), endpoint.answer.__name__)


def test_the_example_of_a_batch_is_answered_as_documented(asked: FlaskClient) -> None:
    [content] = DOCUMENT["paths"][f"{ROOT}search:batch"]["post"]["requestBody"]["content"].values()
    response = asked.post(f"{ROOT}search:batch", json=content["examples"]["batch"]["value"])
    assert response.status_code == 200
    valid(response.get_json(), "BatchAnswer")
    assert [item["status"] for item in response.get_json()["answers"]] == [200, 200]


def test_the_example_of_a_sync_is_answered_as_documented(guarded: Flask) -> None:
    client = guarded.test_client()
    [example] = GUARDED["paths"][admin.ADDRESS]["get"]["x-examples"]
    before = client.get(example, headers=BEARER)
    assert before.status_code == 200
    valid(before.get_json(), "Run")
    started = client.post(admin.ADDRESS, headers=BEARER)
    assert started.status_code == 202
    valid(started.get_json(), "Run")
    assert started.location == example
    sync_ended(guarded.extensions["karjera"].settings)
    after = client.get(example, headers=BEARER).get_json()
    valid(after, "Run")
    assert (after["kind"], after["state"]) == ("sync", "done")


def test_problems_of_a_sync_are_as_documented(guarded: Flask, tmp_path: Path) -> None:
    refused = guarded.test_client().post(admin.ADDRESS)
    assert refused.status_code == 401
    valid(refused.get_json(force=True), "Problem")
    client = create_app(guarded_by_token(Settings(index=tmp_path / "none"))).test_client()
    valid(client.get(admin.ADDRESS, headers=BEARER).get_json(), "NoRun")
    nothing = client.post(admin.ADDRESS, headers=BEARER)
    assert nothing.status_code == 409
    valid(nothing.get_json(force=True), "SyncProblem")
    unclear = client.post(f"{admin.ADDRESS}?path=x", headers=BEARER)
    assert unclear.status_code == 400
    valid(unclear.get_json(force=True), "Problem")


@pytest.mark.parametrize(
    "address",
    ["search?size=0", "search?lang=xx&lang=yy&size=a", "articles/nothing", "nowhere", "similar", "topics?x=1"],
)
def test_every_problem_is_as_documented(asked: FlaskClient, address: str) -> None:
    said = asked.get(ROOT + address).get_json(force=True)
    valid(said, "Problem")
    assert said["type"].rpartition("/")[2] in PROBLEM_TYPES
    assert asked.get(said["type"]).status_code == 200


schema = schemathesis.openapi.from_dict(json.loads(json.dumps(DOCUMENT)), config=CONFIG)
of_operators = schemathesis.openapi.from_dict(json.loads(json.dumps(GUARDED)), config=CONFIG).include(
    path=admin.ADDRESS
)


@schema.parametrize()
@thorough
def test_whatever_is_asked_is_answered_as_documented(case: Any, library: Flask) -> None:
    response = case.call(app=library, headers={"Accept-Encoding": "identity"})
    case.validate_response(response, transport_kwargs={"app": library})


@of_operators.parametrize()
@thorough
def test_whatever_an_operator_asks_is_answered_as_documented(case: Any, guarded: Flask) -> None:
    case.operation.schema.app = guarded  # a check asks again by itself, without the token
    response = case.call(app=guarded, headers={"Accept-Encoding": "identity", **BEARER})
    case.validate_response(response, headers=BEARER, transport_kwargs={"app": guarded})


@of_operators.parametrize()
@thorough
def test_whatever_a_stranger_asks_of_an_operators_address_is_refused(case: Any, guarded: Flask) -> None:
    response = case.call(app=guarded, headers={"Accept-Encoding": "identity"})
    if case.method in ("GET", "POST"):
        assert response.status_code == 401
    case.validate_response(response, transport_kwargs={"app": guarded})


def test_the_checks_of_our_own_take_the_place_of_those_that_are_off() -> None:
    checks = CONFIG.projects.default.checks
    assert not checks.negative_data_rejection.enabled
    assert not checks.positive_data_acceptance.enabled
    assert {"valid_data_is_accepted", "invalid_data_is_rejected"} <= set(schemathesis.checks.CHECKS.get_all_names())


def test_a_rule_between_parameters_is_broken_where_it_is_and_nowhere_else() -> None:
    kept = {"from": "2026-01-01", "to": "2026-01-01", "page": 100, "size": 10, "cursor": None}
    assert broken_rules({}) == broken_rules(kept) == set()
    assert broken_rules({"from": "2026-01-02", "to": "2026-01-01"}) == {"to"}
    assert broken_rules({"page": 101}) == broken_rules({"page": 21, "size": 50}) == {"page"}
    assert broken_rules({"cursor": "made-up"}) == {"cursor"}


def test_the_reference_in_the_documents_names_every_path() -> None:
    reference = (Path(__file__).parents[3] / "docs/api.md").read_text(encoding="utf-8")
    assert all(f"{ROOT}{endpoint.path}" in reference for endpoint in (*ENDPOINTS, *admin.ENDPOINTS))
