import pytest
from flask.testing import FlaskClient
from gunicorn.http.errors import InvalidChunkSize

from search.web.incoming import Body, is_host


class Chunks:
    """What gunicorn gives for chunks, of which the second has no size."""

    def __init__(self) -> None:
        self._parts = [b"first"]

    def read(self, size: int = -1) -> bytes:
        if not self._parts:
            raise InvalidChunkSize(b"zz")
        return self._parts.pop()


def test_chunks_that_are_none_end_a_body() -> None:
    body = Body(Chunks())
    assert body.read(10) == b"first"
    with pytest.raises(OSError, match="the body breaks off: Invalid chunk size"):
        body.read(10)


@pytest.mark.parametrize("host", ["", "localhost", "LOCALHOST:8000", "127.0.0.1", "[::1]:80", "a" * 63, "żółw.example"])
def test_what_may_be_a_host_is_left_to_the_rest(host: str) -> None:
    assert is_host(host)


@pytest.mark.parametrize("host", ["a" * 64, "a..b", ".", "\xe9" * 8_000])
def test_parts_that_are_empty_or_too_long_make_no_host(host: str) -> None:
    assert not is_host(host)


@pytest.mark.parametrize("host", ["a" * 64, "a..b"])
@pytest.mark.parametrize("address", ["/", "/nowhere", "/api/v1/nowhere", "/opensearch.xml"])
def test_a_host_that_is_none_is_in_no_address_and_no_fault(client: FlaskClient, host: str, address: str) -> None:
    answer = client.get(address, headers={"Host": host})
    assert answer.status_code == (404 if "nowhere" in address else 200)
    assert host not in answer.text
