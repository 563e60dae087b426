"""How an answer travels: told apart by its content, not sent twice, compressed, and safe in a browser.

An answer's ETag is a digest of what it says, so a browser that asks again (the back button, a reload) gets 304 for as
long as the index says the same. Nothing secret stands beside what a reader typed, so compressing both is safe.
"""

import gzip

from flask import Response, request

from search.web.interface import current

# Nothing is loaded from elsewhere, no script runs but our file, nobody may frame the pages.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

# Below this a compressed answer is no shorter.
MIN_COMPRESSED_BYTES = 500
# 6 is zlib's own choice between time and size.
LEVEL = 6
_COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml", "application/problem+json",
                 "application/opensearchdescription+xml", "application/x-suggestions+json")  # fmt: skip


def delivered(response: Response) -> Response:
    """Complete any response of the application."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.content_language = current()
        response.vary.update(("Accept-Language", "Cookie"))
    if response.content_encoding or response.direct_passthrough:
        return response
    # Also where nothing is compressed: a 304 says the same as the answer that it stands for (RFC 9110, 15.4.5).
    may_be_compressed = (response.mimetype or "").startswith(_COMPRESSIBLE)
    if may_be_compressed:
        response.vary.add("Accept-Encoding")
    if response.status_code == 200 and not response.cache_control.no_store:
        if not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-cache" if response.mimetype == "text/html" else "no-cache"
        if request.method in ("GET", "HEAD"):  # what was found by a POST cannot be asked for again
            response.add_etag(weak=True)
            response.make_conditional(request)
    if may_be_compressed and response.status_code != 304:
        _compress(response)
    return response


def _compress(response: Response) -> None:
    content = response.get_data()
    if len(content) >= MIN_COMPRESSED_BYTES and request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(content, LEVEL, mtime=0))
        response.content_encoding = "gzip"
