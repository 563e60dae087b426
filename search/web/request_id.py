"""The id of a request, by which an answer, an error and a line of the log are known to belong together.

It is taken from the `X-Request-Id` of whoever asks (a proxy in front, another service), if that is well formed, else
made; every answer has it as a header, and every problem in its body. It identifies a request, never who asks.
"""

import re
from uuid import uuid4

from flask import Blueprint, Response, request

HEADER = "X-Request-Id"
# What proxies and tracing libraries make (UUIDs, hexadecimal, base64url), and nothing that could end a line of a log.
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_KEY = "karjera.request_id"

blueprint = Blueprint("request_id", __name__)


def request_id() -> str:
    """Return the id of the current request."""
    known = request.environ.get(_KEY)
    if known is None:
        given = request.headers.get(HEADER, "")
        known = request.environ[_KEY] = given if WELL_FORMED.fullmatch(given) else uuid4().hex
    return str(known)


@blueprint.after_app_request
def _said(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    return response
