"""Requests as no browser sends them, byte by byte, to gunicorn as it runs: tricks with headers and paths, too much."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from search.web.admin import ADDRESS
from search.web.endpoints import ROOT
from search.web.questions import MAX_BODY_BYTES
from tests.search.web.services import PATIENCE_SECONDS, Service, karjera, served, status, until

BATCH = f"{ROOT}search:batch"
SEARCH = f"{ROOT}search"
OPENSEARCH = "/opensearch.xml"
JSON = "Content-Type: application/json"
CHUNKED = "Transfer-Encoding: chunked"
LENGTH_2, LENGTH_3 = "Content-Length: 2", "Content-Length: 3"
GOOD = b'{"requests":[{}]}'
END = b"0\r\n\r\n"


def asking(
    target: str, *headers: str, method: str = "GET", body: bytes = b"", host: str = "localhost", version: str = "1.1"
) -> bytes:
    """Return the bytes of a request."""
    lines = [f"{method} {target} HTTP/{version}", *([f"Host: {host}"] if host else []), "Connection: close", *headers]
    return "\r\n".join((*lines, "", "")).encode("latin-1") + body


def posting(*headers: str, body: bytes, target: str = BATCH) -> bytes:
    return asking(target, JSON, *headers, method="POST", body=body)


def chunks(*parts: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + END


# What is sent, and the status of the one answer.
CASES = {
    "two lengths": (posting(LENGTH_2, LENGTH_2, body=b"{}"), 400),
    "two different lengths": (posting(LENGTH_2, LENGTH_3, body=b"{} "), 400),
    "a length and chunks": (posting(LENGTH_2, CHUNKED, body=chunks(b"{}")), 400),
    "two codings": (posting(CHUNKED, "Transfer-Encoding: identity", body=chunks(b"{}")), 400),
    "a coding that is none": (posting("Transfer-Encoding: xchunked", body=chunks(b"{}")), 501),
    "a negative length": (posting("Content-Length: -1", body=b"{}"), 400),
    "a length with a sign": (posting("Content-Length: +2", body=b"{}"), 400),
    "a length beyond all numbers": (posting("Content-Length: " + "9" * 20, body=b"{}"), 413),
    "a length that is too large": (posting(f"Content-Length: {MAX_BODY_BYTES + 1}", body=b"{}"), 413),
    "chunks": (posting(CHUNKED, body=chunks(GOOD[:5], GOOD[5:])), 200),
    "chunks up to what is allowed": (posting(CHUNKED, body=chunks(GOOD, b" " * (MAX_BODY_BYTES - len(GOOD)))), 200),
    "chunks beyond what is allowed": (posting(CHUNKED, body=chunks(GOOD, b" " * MAX_BODY_BYTES)), 413),
    "megabytes of chunks": (posting(CHUNKED, body=chunks(*[b" " * 65_536] * 48)), 413),
    "a chunk without a size": (posting(CHUNKED, body=b"zz\r\n{}\r\n" + END), 400),
    "a chunk of a negative size": (posting(CHUNKED, body=b"-2\r\n{}\r\n" + END), 400),
    "a host behind the chunks": (posting(CHUNKED, body=chunks(GOOD)[:-2] + b"Host: evil\r\n\r\n"), 400),
    "JSON nested deeply": (posting("Content-Length: 200000", body=b"[" * 200_000), 400),
    "a body where none is read": (asking(SEARCH, CHUNKED, body=chunks(*[b"x" * 65_536] * 48)), 200),
    "a body in chunks for operators": (asking(ADDRESS, CHUNKED, body=chunks(b"x")), 404),
    "a form in megabytes": (
        posting("Content-Length: 2000000", body=b"a=b&" * 500_000, target="/operator/sign-in"),
        413,
    ),
    "two slashes": (asking("//"), 200),
    "two slashes in the middle": (asking("/api//v1/search"), 404),
    "what looks like another host": (asking("//evil/%2e%2e"), 404),
    "a path with a zero": (asking("/%00"), 404),
    "an id with a zero": (asking(f"{ROOT}articles/%00"), 404),
    "a query with a zero": (asking(f"{SEARCH}?q=%00"), 200),
    "up from the files": (asking("/static/../../../etc/passwd"), 404),
    "up from the files, encoded": (asking("/static/..%2f..%2f..%2fetc/passwd"), 404),
    "up from the files, all encoded": (asking("/static/%2e%2e/%2e%2e/wsgi.py"), 404),
    "up from the files, with backslashes": (asking("/static/..%5c..%5cwsgi.py"), 404),
    "up from the articles": (asking("/articles/..%2f..%2fetc/passwd"), 404),
    "up from the articles of the API": (asking(f"{ROOT}articles/../../healthz"), 404),
    "bytes that are no text": (asking(f"{ROOT}articles/%ff"), 404),
    "signs of percent": (asking("/articles/%zz?q=%zz%"), 404),
    "a parameter of the path": (asking(f"{SEARCH};x=1"), 404),
    "capitals": (asking("/API/V1/search"), 404),
    "letters that are not encoded": (asking("/?q=zażółć".encode().decode("latin-1")), 400),
    "a blank in the address": (asking("/?q=a b"), 400),
    "a control character in the address": (asking("/?q=\x01"), 400),
    "no path": (asking("api/v1/search"), 400),
    "every path": (asking("*"), 400),
    "a whole address": (asking("http://evil/api/v1/nowhere"), 404),
    "a whole address, with a name": (asking(f"http://a:b@evil{OPENSEARCH}"), 200),
    "a whole address that is none": (asking("http://[::1/about"), 400),
    "another server": (asking("evil:80", method="CONNECT"), 404),
    "a trace": (asking("/", method="TRACE"), 405),
    "a method in small letters": (asking("/", method="get"), 400),
    "a method of 5,000 letters": (asking("/", method="A" * 5_000), 400),
    "HTTP of before versions": (b"GET /\r\n", 400),
    "HTTP of the future": (asking("/", version="3.0"), 400),
    "the beginning of HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "two hosts": (asking(OPENSEARCH, "Host: evil"), 400),
    "a host with a path": (asking(OPENSEARCH, host="evil/x?<script>"), 200),
    "a host with a name": (asking(OPENSEARCH, host="a@evil"), 200),
    "a host with a blank": (asking(OPENSEARCH, host="evil host"), 200),
    "a host with a part that is too long": (asking(OPENSEARCH, host="evil" * 2_000), 200),
    "a host with a part that is empty": (asking(OPENSEARCH, host="evil..example"), 200),
    "a host with accents": (asking(OPENSEARCH, host="\xe9vil" + "\xe9" * 8_000), 200),
    "no host": (asking(OPENSEARCH, host=""), 200),
    "a proxy's words": (
        asking(OPENSEARCH, "X-Forwarded-Host: evil", "X-Forwarded-Prefix: /evil", "Forwarded: host=evil;proto=https"),
        200,
    ),
    "a proxy's scheme": (asking(OPENSEARCH, "X-Forwarded-Proto: https", "X-Forwarded-Ssl: on"), 200),
    "two schemes that contradict each other": (
        asking(OPENSEARCH, "X-Forwarded-Proto: http", "X-Forwarded-Ssl: on"),
        200,
    ),
    "another address": (asking(OPENSEARCH, "X-Original-URL: /metrics", "X-Rewrite-URL: /metrics"), 200),
    "the server's own names": (asking(OPENSEARCH, "PATH_INFO: /metrics", "SCRIPT_NAME: /evil"), 200),
    "a cookie of 8,000 letters": (asking("/", "Cookie: ui=" + "x" * 8_000), 200),
    "a cookie of 9,000 letters": (asking("/", "Cookie: ui=" + "x" * 9_000), 431),
    "900 cookies": (asking("/", "Cookie: " + "; ".join(f"a{number}=b" for number in range(900))), 200),
    "200 headers": (asking("/", *(f"X-{number}: y" for number in range(200))), 431),
    "90 headers of 8,000 letters": (asking("/", *(f"X-{number}: {'y' * 8_000}" for number in range(90))), 200),
    "a header without an end": (asking("/", "X-1: " + "y" * 300_000), 431),
    "a name of 9,000 letters": (asking("/", "X" * 9_000 + ": y"), 431),
    "900 languages": (asking("/", "Accept-Language: " + ",".join(["pl;q=0.1"] * 900)), 200),
    "languages that are none": (asking("/", "Accept-Language: " + ";" * 4_000 + "," * 4_000), 200),
    "800 types": (asking(SEARCH, "Accept: " + ",".join(["a/b;q=0.1"] * 800)), 406),
    "1,100 tags": (asking("/", "If-None-Match: " + ",".join(['W/"x"'] * 1_100)), 200),
    "a day of 5,000 digits": (asking("/", "If-Modified-Since: " + "9" * 5_000), 200),
    "a token of 8,000 letters": (asking(ADDRESS, "Authorization: Bearer " + "x" * 8_000), 404),
    "a header over two lines": (asking("/", "X-A: b\r\n c"), 400),
    "a blank behind a name": (asking("/", "X-A : b"), 400),
    "a header without a value": (asking("/", "XA"), 400),
    "a zero in a header": (asking("/", "X-A: a\x00b"), 400),
    "half an end of a line": (asking("/", "X-A: a\rb"), 400),
    "ends of lines by themselves": (b"GET / HTTP/1.1\nHost: x\n\n", 400),
    "an expectation nobody knows": (posting("Content-Length: 17", "Expect: 200-maybe", body=GOOD), 417),
    "an offer of another protocol": (asking("/", "Upgrade: h2c", "HTTP2-Settings: AAA"), 200),
    "2,000 parameters": (asking(f"{SEARCH}?" + "&".join(["a"] * 2_000)), 400),
    "1,900 queries": (asking("/?" + "&".join(["q=a"] * 1_900)), 200),
    "an address of a megabyte": (asking("/?q=" + "x" * 1_000_000), 414),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("raw")
    (folder / "articles").mkdir()
    (folder / "articles/pay.md").write_text("---\ntitle: Salary\nlang: en\n---\nAsk for a salary that fits.\n")
    karjera(folder / "index", "index", "build", str(folder / "articles"))
    with served(folder / "index", folder / "service", "--error-logfile", str(folder / "errors")) as service:
        yield service


def answered(service: Service, sent: bytes) -> bytes:
    """Return all that comes back for some bytes, until the service closes the connection."""
    host, _, port = service.address.removeprefix("http://").partition(":")
    got = b""
    with socket.create_connection((host, int(port)), PATIENCE_SECONDS) as connection:
        # Who has answered does not read the rest.
        with suppress(OSError):
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while part := connection.recv(65_536):
                got += part
    return got


def statuses(got: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"(?:^|\n)HTTP/1\.[01] (\d{3})", got)]


@pytest.mark.parametrize("case", CASES)
def test_whatever_is_sent_has_one_answer_that_is_no_fault_of_ours(service: Service, case: str) -> None:
    sent, expected = CASES[case]
    got = answered(service, sent)
    assert statuses(got) == [expected], got[:500]
    assert b"evil" not in got
    assert b"root:" not in got
    assert b"Traceback" not in got
    if OPENSEARCH.encode() in sent and expected == 200:
        templates = [
            row.attrib["template"] for row in fromstring(got.partition(b"\r\n\r\n")[2]) if "template" in row.attrib
        ]
        assert len(templates) == 2
        assert all(re.match(r"(http://(localhost|127\.0\.0\.1:\d+))?/(\?ui|sugg)", address) for address in templates)


def test_a_body_is_no_second_request(service: Service) -> None:
    hidden = asking("/nowhere")
    for sent in (
        asking("/healthz", f"Content-Length: {len(hidden)}", body=hidden),
        asking("/healthz", CHUNKED, body=chunks(hidden)),
        posting(CHUNKED, body=b"zz\r\n" + hidden),
    ):
        kept = sent.replace(b"Connection: close\r\n", b"", 1)
        assert 404 not in statuses(answered(service, kept))


def test_who_stops_in_the_middle_of_a_body_is_not_waited_for(tmp_path: Path, service: Service) -> None:
    ours = Path(__file__).parents[3] / "gunicorn.conf.py"
    impatient = tmp_path / "gunicorn.conf.py"
    impatient.write_text(f"{ours.read_text()}\nSTALLED_SECONDS = 1\n")
    index = service.scratch.parent / "index"
    with served(index, tmp_path / "service", "--config", str(impatient)) as hasty:
        host, _, port = hasty.address.removeprefix("http://").partition(":")
        stalled = [socket.create_connection((host, int(port)), PATIENCE_SECONDS) for _ in range(8)]
        for connection in stalled:  # twice as many as there are threads
            connection.sendall(posting("Content-Length: 100", body=b"{"))
        assert until(lambda: status(f"{hasty.address}/healthz") == 200)
        for connection in stalled:
            assert statuses(connection.recv(65_536)) == [400]
            connection.close()


def test_after_all_that_it_goes_on(service: Service) -> None:
    assert status(f"{service.address}/readyz") == 200
    assert not [row for row in service.answers if row[1] == "500"]


def test_of_requests_that_are_none_the_log_says_neither_who_asked_nor_what(service: Service) -> None:
    for case in ("a method of 5,000 letters", "two hosts", "another server", "no path"):
        answered(service, CASES[case][0])
    said = (service.scratch.parent / "errors").read_text()
    assert "Invalid request" in said
    assert not re.search("ip=|127.0.0.1:? Invalid|AAAA|api/v1|evil|Traceback", said)
