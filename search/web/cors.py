"""Which other sites' pages may read the JSON API in a browser: those of the settings, and nothing but the API.

Neither cookies nor the operators' token are let through: what the API says to everybody is all that another site gets.
The rules are those of https://fetch.spec.whatwg.org/#http-cors-protocol.
"""

from flask import Flask, Response, request

from corpus import Settings
from search.web.current import engine

PREFIX = "/api/"
EVERY = "*"

# How long a browser remembers what it was allowed.
MAX_AGE_SECONDS = 3600
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match, X-Request-Id",
    "Access-Control-Max-Age": str(MAX_AGE_SECONDS),
}
_EXPOSED = "ETag, Retry-After, Server-Timing, X-Request-Id"


def set_up(app: Flask, settings: Settings) -> None:
    """Let the origins of the settings read the API; without any, nothing is said of it."""
    if settings.cors_origins:
        app.after_request(_allow)


def _allow(response: Response) -> Response:
    if not request.path.startswith(PREFIX):
        return response
    allowed = engine().settings.cors_origins
    if EVERY not in allowed:
        response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if not origin or not (EVERY in allowed or origin in allowed):
        return response
    response.headers["Access-Control-Allow-Origin"] = EVERY if EVERY in allowed else origin
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers.update(_PREFLIGHT)
    return response
