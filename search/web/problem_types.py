"""What can go wrong over HTTP: one row a kind of problem, documented at the address that is its `type` (RFC 9457)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A row of the table: `name` is the end of its address, `meaning` what happened and what to do about it."""

    name: str
    status: int
    title: str
    meaning: str


_ROWS = (
    ProblemType(
        "invalid-parameters",
        400,
        "Parameters cannot be used",
        "One or more parameters are unknown, missing, or have a value that is not allowed. `errors` names each of "
        "them, with what came and what is allowed. No text in `q` is such an error, though half of a surrogate pair "
        "(`\\ud800`) is no text. Ask again with the parameters put right.",
    ),
    ProblemType(
        "malformed-body",
        400,
        "The body is not JSON",
        "The body of the request cannot be read as JSON in UTF-8. `detail` says where reading stopped.",
    ),
    ProblemType(
        "not-an-operator",
        401,
        "The address is for operators",
        "Nothing is said here to who is none. Send the operators' token, which `karjera token` makes, as "
        "`Authorization: Bearer TOKEN`.",
    ),
    ProblemType(
        "no-such-article",
        404,
        "There is no such article",
        "No article of the index has this id. It may have been removed, or the id may have a mistake; ids are those "
        "that a search answers.",
    ),
    ProblemType(
        "not-found",
        404,
        "There is nothing at this address",
        "The address has no meaning here. The addresses there are stand in `/api/v1/openapi.json`.",
    ),
    ProblemType(
        "method-not-allowed",
        405,
        "This method is not allowed",
        "The address is right, and the method is not. The header `Allow` names those that are.",
    ),
    ProblemType(
        "not-acceptable",
        406,
        "The answer is JSON",
        "The header `Accept` of the request excludes `application/json`, and there is no other form of this answer.",
    ),
    ProblemType(
        "already-running",
        409,
        "A build or sync is running",
        "There is one build or sync at a time. `run` says how the one that runs goes; ask again when it has ended.",
    ),
    ProblemType(
        "nothing-to-sync",
        409,
        "There is nothing to sync",
        "There is no index, or what it was built from is not there any more. `detail` says which, and what to do.",
    ),
    ProblemType(
        "body-too-large",
        413,
        "The body is too large",
        "The body of the request has more bytes than are allowed. Send fewer requests in one batch.",
    ),
    ProblemType(
        "address-too-long",
        414,
        "The address is too long",
        "The address has more characters than are allowed. Shorten the query, or send it in a batch.",
    ),
    ProblemType(
        "unsupported-media-type",
        415,
        "The body has to be JSON",
        "The header `Content-Type` of a request with a body has to be `application/json`.",
    ),
    ProblemType(
        "too-many-requests",
        429,
        "Too many requests",
        "So many requests came from one client that this one is refused; a batch counts as its searches. The header "
        "`Retry-After` says in how many seconds to ask again.",
    ),
    ProblemType(
        "internal-error",
        500,
        "Something went wrong here",
        "The request is right and the service failed to answer it. The operator's log has the reason beside the "
        "`request_id`.",
    ),
    ProblemType(
        "index-unavailable",
        503,
        "The search is not ready",
        "There is no index that can be read at the moment, as before the first build. Ask again after the seconds of "
        "`Retry-After`; if it stays so, tell the operator.",
    ),
)

# name -> its row, in the order of their status.
PROBLEM_TYPES: dict[str, ProblemType] = {row.name: row for row in _ROWS}

# status -> the kind of problem it is, where nothing more is known.
BY_STATUS: dict[int, ProblemType] = {
    row.status: row for row in _ROWS if row.name not in ("malformed-body", "no-such-article", "nothing-to-sync")
}
