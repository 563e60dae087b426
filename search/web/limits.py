"""How much anybody may ask for: the size of a request, and how many of them.

Requests are counted by client, an address or, of IPv6, the network of 64 bits that one household has; those that bring
the operators' token are counted together, by rates of their own. Where the counts cannot be reached, requests pass: a
search is not to fail for what only protects it. A batch counts as its searches. What a request costs by itself is
bounded elsewhere: the words and hits of a search by settings, what its beginnings and phrases read in `costs.py`, and
what the searches of a batch cost together in `batch.py`.
"""

import time
from ipaddress import IPv6Address, ip_address
from math import ceil

from flask import Flask, current_app, request
from limits import parse
from limits.errors import ConfigurationError, StorageError
from limits.storage import Storage, storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter
from werkzeug.exceptions import RequestEntityTooLarge, RequestURITooLarge, TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from corpus import Settings
from corpus.errors import SettingsError
from search.web.access import brings_token

# Of path and query as they are sent: 100 kB that somebody pasted into the form, each byte percent-encoded, and what
# else an address may have. Of a query the first characters are used, and the answer says so.
MAX_ADDRESS_BYTES = 320_000

# What machines ask all the time, and files that browsers keep.
FREE = ("/healthz", "/readyz", "/metrics", "/static/")

# Counts that are elsewhere are not waited for longer, and left alone so long after an error.
STORE_SECONDS = 0.25
LEFT_ALONE_SECONDS = 5.0

_KEY = "karjera.limits"


def set_up(app: Flask, settings: Settings) -> None:
    """Hold an application to the limits of the settings; raises SettingsError for a store that cannot be used."""
    if settings.trusted_proxies:
        # Not X-Forwarded-Host: a proxy that does not set it hands on what a client made up.
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]
    app.config["MAX_CONTENT_LENGTH"] = settings.max_request_bytes
    app.before_request(_check_size)
    if settings.rate_limit or settings.token_rate_limit:
        counted = app.extensions[_KEY] = RateLimits(settings)
        app.before_request(counted.check)


def count_as(requests: int) -> None:
    """Count the current request, which has been counted as one, as so many; raises TooManyRequests."""
    counted = current_app.extensions.get(_KEY)
    if isinstance(counted, RateLimits):
        counted.count_as(requests)


def _check_size() -> None:
    sent = len(request.environ.get("RAW_URI", "")) or len(request.full_path.encode())
    if sent > MAX_ADDRESS_BYTES:
        raise RequestURITooLarge(
            f"The address has {sent} bytes; allowed are {MAX_ADDRESS_BYTES}. Shorten the query or leave out parameters."
        )
    allowed = current_app.config["MAX_CONTENT_LENGTH"]
    # Where the length is not said, reading ends there.
    if (request.content_length or 0) > allowed:
        raise RequestEntityTooLarge(f"The body has {request.content_length} bytes; allowed are {allowed}.")


class RateLimits:
    """Counts requests, and refuses those above the rates of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client = [parse(rate) for rate in settings.rate_limit]
        self._token = [parse(rate) for rate in settings.token_rate_limit]
        self._ask_again = 0.0
        self._counts = SlidingWindowCounterRateLimiter(_store(settings.rate_limit_store))

    def check(self) -> None:
        """Count the current request; raises TooManyRequests, which says when to come again."""
        if not request.path.startswith(FREE):
            self._count(0, 1)

    def count_as(self, requests: int) -> None:
        """Count the current request, which was counted, as so many; of each rate it takes no more than the whole."""
        self._count(1, requests)

    def _count(self, counted: int, requests: int) -> None:
        if time.monotonic() < self._ask_again:
            return
        operator = brings_token(self._settings)
        key = "token" if operator else client(request.remote_addr)
        try:
            for rate in self._token if operator else self._client:
                more = min(requests, rate.amount) - counted
                if more and not self._counts.hit(rate, key, cost=more):
                    window = self._counts.get_window_stats(rate, key)
                    seconds = max(1, ceil(window.reset_time - time.time()))
                    said = f"Allowed are {rate} for one client" + (f"; this is {requests}." if requests > 1 else ".")
                    raise TooManyRequests(f"{said} Come again in {seconds} s.", retry_after=seconds)
        except StorageError as error:
            self._ask_again = time.monotonic() + LEFT_ALONE_SECONDS
            current_app.logger.error("requests are not counted: KARJERA_RATE_LIMIT_STORE does not answer (%s)", error)


def client(address: str | None) -> str:
    """Return under which name a client is counted, by its address."""
    try:
        known = ip_address(address or "")
    except ValueError:  # of a socket file
        return "unknown"
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped) if known.ipv4_mapped else f"{int(known) >> 64:x}::/64"
    return str(known)


def _store(address: str) -> Storage:
    patience = {"socket_connect_timeout": STORE_SECONDS, "socket_timeout": STORE_SECONDS}
    options = {} if address.startswith("memory") else patience
    try:
        store = storage_from_string(address, wrap_exceptions=True, **options)
    except ConfigurationError as error:
        raise SettingsError(
            f"KARJERA_RATE_LIMIT_STORE cannot be used: {error}. Install karjera with the extra redis, or use memory://."
        ) from None
    assert isinstance(store, Storage)
    return store
