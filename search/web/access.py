"""Who may do what an operator may: whoever brings the operators' token.

Without a token in the settings nobody is an operator, and the operators' addresses are none (404).
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from corpus import Settings
from search.tokens import matches
from search.web.current import engine

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

# More is no token of ours; it is not even hashed.
MAX_TOKEN_CHARS = 200


def brings_token(settings: Settings) -> bool:
    """Tell whether the current request has the operators' token, as `Authorization: Bearer …`."""
    given = request.authorization
    return given is not None and given.type == "bearer" and is_token(given.token or "", settings)


def is_token(text: str, settings: Settings) -> bool:
    """Tell whether a text is the operators' token."""
    return len(text) <= MAX_TOKEN_CHARS and matches(text, settings.admin_token_hash)


def with_token(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let only requests with the token reach a view: 401 without it."""

    @wraps(view)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        if not brings_token(engine().settings):
            raise Unauthorized(
                "This address is for operators. Send their token as `Authorization: Bearer TOKEN`.",
                www_authenticate=WWWAuthenticate("bearer", {"realm": "karjera"}),
            )
        return view(*args, **kwargs)

    return guarded
