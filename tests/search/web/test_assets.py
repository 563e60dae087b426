import gzip
import re

import pytest
from flask.testing import FlaskClient

from search.web.assets import FOLDER


def addresses(client: FlaskClient) -> dict[str, str]:
    return {f"{stem}.{suffix}": address for address, stem, suffix in re.findall(
        r'"(/static/([a-z]+)-[0-9a-f]{12}\.([a-z]+))"', client.get("/").text
    )}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("style.css", "text/css; charset=utf-8"),
        ("karjera.js", "text/javascript; charset=utf-8"),
        ("mark.svg", "image/svg+xml"),
    ],
)
def test_a_static_file_may_be_kept_for_ever(client: FlaskClient, name: str, type: str) -> None:
    response = client.get(addresses(client)[name])
    assert response.data == (FOLDER / name).read_bytes()
    assert response.content_type == type
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_static_file_is_compressed_for_who_understands(client: FlaskClient) -> None:
    address = addresses(client)["style.css"]
    response = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.data) == (FOLDER / "style.css").read_bytes()
    assert "Accept-Encoding" in response.headers["Vary"]
    assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_the_file_of_another_digest_is_given_and_not_kept(client: FlaskClient) -> None:
    response = client.get("/static/style-000000000000.css")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "address",
    ["/static/other-000000000000.css", "/static/style.css", "/static/", "/static/..-a.py", "/static/%2e%2e/app-a.py"],
)
def test_other_files_are_not_there(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
