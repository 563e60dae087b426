"""The log: one line a request, and errors under the same request id. It knows no person.

A line says what was asked for by its route, never by its address: no query, no id of an article, no client. What goes
wrong is logged with its traceback, and the message of an exception may quote what came in.

All loggers below `search` write here, to standard error, where systemd and containers take it up. gunicorn has its own.
"""

import logging
import sys
import time
from typing import TextIO

import structlog
from flask import Blueprint, Response, g, has_request_context, request
from structlog.typing import EventDict, Processor, WrappedLogger

from corpus import Settings
from search.web.request_id import request_id

_log = logging.getLogger(__name__)

# A method that there is not is whatever somebody typed.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# What every address that no route has is counted as.
NO_ROUTE = "none"

blueprint = Blueprint("logs", __name__)


def configure(settings: Settings, to: TextIO | None = None) -> None:
    """Write the log as the settings say, to standard error or another file; what was configured before is replaced."""
    handler = _Handler(to or sys.stderr)
    plain = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "logger", "event"], bool_as_flag=False)
    before: list[Processor] = [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        _with_request_id,
        structlog.processors.format_exc_info,
    ]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False) if settings.log_format == "json" else plain,
            ],
        )
    )
    logger = logging.getLogger("search")
    for known in [known for known in logger.handlers if isinstance(known, _Handler)]:
        logger.removeHandler(known)
    logger.addHandler(handler)
    logger.setLevel(settings.log_level.upper())


class _Handler(logging.StreamHandler[TextIO]):
    """Ours, known again when the log is configured anew."""


def _with_request_id(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    if has_request_context():
        event.setdefault("request_id", request_id())
    return event


@blueprint.before_app_request
def _begun() -> None:
    g.begun = time.perf_counter()


def seconds() -> float:
    """Return how long the current request has taken so far."""
    return time.perf_counter() - float(g.get("begun", time.perf_counter()))


def route() -> str:
    """Return the route of the current request, as `/articles/<path:id>`: one of few, whatever was asked for."""
    return request.url_rule.rule if request.url_rule else NO_ROUTE


def method() -> str:
    """Return the method of the current request: one of few, whatever was sent."""
    return request.method if request.method in METHODS else "other"


def write(response: Response) -> None:
    """Write the line of the current request."""
    _log.info(
        "request",
        extra={
            "method": method(),
            "route": route(),
            "status": response.status_code,
            "milliseconds": round(seconds() * 1000, 2),
            "results": g.get("results"),
        },
    )
