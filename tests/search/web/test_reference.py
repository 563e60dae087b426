import re

import pytest
from flask.testing import FlaskClient

from search.web.endpoints import ENDPOINTS, ROOT
from search.web.problem_types import PROBLEM_TYPES


def test_the_reference_shows_every_endpoint_parameter_and_shape(client: FlaskClient) -> None:
    page = client.get("/api").text
    described = client.get("/api/v1/openapi.json").get_json()
    for endpoint in ENDPOINTS:
        assert f"{endpoint.method.upper()} {ROOT}{endpoint.path}</code>" in page
    for name in described["components"]["schemas"].keys() - {"SearchQuestion"}:
        assert f'id="schema-{name}"' in page
    for name in ("cursor", "fields", "prefer", "requests"):
        assert name in page
    links = re.findall(r'href="#([^"]+)"', page)
    assert not [link for link in links if f'id="{link}"' not in page]


@pytest.mark.parametrize("name", PROBLEM_TYPES)
def test_the_type_of_a_problem_is_a_page_that_explains_it(client: FlaskClient, name: str) -> None:
    response = client.get(f"/problems/{name}")
    assert response.status_code == 200
    assert f"<h1>{PROBLEM_TYPES[name].title}</h1>" in response.text


def test_what_is_no_type_is_no_page(client: FlaskClient) -> None:
    assert client.get("/problems/nothing").status_code == 404


@pytest.mark.parametrize("address", ["/api", "/problems/not-found"])
def test_the_reference_loads_and_runs_nothing_foreign(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Accept-Language": "ar"})
    assert '<html lang="ar" dir="rtl">' in response.text
    assert 'lang="en" dir="ltr"' in response.text
    loaded = re.findall(r'<(?:script|img|link rel="stylesheet"|iframe)[^>]*(?:src|href)="([^"]+)"', response.text)
    assert loaded and all(link.startswith("/static/") for link in loaded)
    assert "<style" not in response.text


def test_the_document_may_be_asked_for_as_what_it_is(client: FlaskClient) -> None:
    address = "/api/v1/openapi.json"
    for accept in ("application/json", "application/vnd.oai.openapi+json;version=3.1", "*/*"):
        assert client.get(address, headers={"Accept": accept}).status_code == 200
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
