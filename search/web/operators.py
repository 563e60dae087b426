"""Who is an operator: the seam between what operators may see and what tells that a request is an operator's.

Whatever guards the service (a token, a session) registers a function at `app.extensions[CHECK]`. While nobody has,
there are no operators, and what is theirs is not there.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, current_app

# Where an application keeps the function that tells whether the current request is an operator's.
CHECK = "karjera.is_operator"

P = ParamSpec("P")
Answer = TypeVar("Answer")


def is_operator() -> bool:
    """Tell whether the current request is an operator's."""
    check: Callable[[], bool] | None = current_app.extensions.get(CHECK)
    return check is not None and check()


def signed_in(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """Return a view that is there for operators only; for others it is 404, as an address that there is not."""

    @wraps(view)
    def guarded(*arguments: P.args, **named: P.kwargs) -> Answer:
        if not is_operator():
            abort(404)
        return view(*arguments, **named)

    return guarded
