import pytest
from flask.testing import FlaskClient

from search.web.request_id import HEADER, WELL_FORMED


@pytest.mark.parametrize("address", ["/", "/healthz", "/api/v1/search?q=stress", "/nowhere", "/api/v1/search?page=0"])
def test_every_answer_has_the_id_of_its_request(client: FlaskClient, address: str) -> None:
    made = client.get(address).headers[HEADER]
    assert WELL_FORMED.fullmatch(made)
    assert client.get(address).headers[HEADER] != made
    assert client.get(address, headers={HEADER: "a-request_of.0815"}).headers[HEADER] == "a-request_of.0815"


@pytest.mark.parametrize("given", ["short", "x" * 65, "with a blank", "<script>alert(1)</script>", "źródło-ąęć", ""])
def test_an_id_that_is_not_well_formed_is_replaced(client: FlaskClient, given: str) -> None:
    made = client.get("/healthz", headers={HEADER: given}).headers[HEADER]
    assert made != given
    assert WELL_FORMED.fullmatch(made)


def test_not_even_an_unchanged_answer_lacks_the_id(client: FlaskClient) -> None:
    etag = client.get("/api/v1/search?q=stress").headers["ETag"]
    response = client.get("/api/v1/search?q=stress", headers={"If-None-Match": etag})
    assert response.status_code == 304
    assert WELL_FORMED.fullmatch(response.headers[HEADER])
