"""What a server hands over of a request, as an application can take it: a host that is one, a body that may break off.

The server lets both through as they come; unseen, either would be a fault of ours.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from flask import Flask
from gunicorn.http.errors import ParseException

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def set_up(app: Flask) -> None:
    """Have an application see what comes in like this."""
    app.wsgi_app = Incoming(app.wsgi_app)  # type: ignore[method-assign]


class Incoming:
    """An application behind what is put right of a request."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        if not is_host(environ.get("HTTP_HOST", "")):
            environ["HTTP_HOST"] = ""  # as where none was said: addresses are without one
        environ["wsgi.input"] = Body(environ["wsgi.input"])
        return self._application(environ, start_response)


class Stream(Protocol):
    """What a body is read from."""

    def read(self, size: int = ..., /) -> bytes:
        """Return some of it, nothing at its end."""


class Body:
    """What comes as the body of a request. Chunks that are none end it as the end of the connection does."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Read some of it; raises OSError where it breaks off."""
        try:
            return self._stream.read(size)
        except ParseException as error:
            raise OSError(f"the body breaks off: {error}") from None


def is_host(text: str) -> bool:
    """Tell whether a host can be bound to: routing fails where it has a label that is empty or too long."""
    try:
        text.lower().encode("idna")
    except UnicodeError:
        return False
    return True
