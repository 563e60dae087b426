"""What goes wrong, said to a reader in the language of the interface; services get the same in JSON from `api`."""

from dataclasses import dataclass

from flask_babel import gettext

from indexer.errors import IndexMissing
from indexer.generations import REBUILD
from search.errors import BadRequest
from search.web.request_id import request_id


@dataclass(frozen=True, slots=True)
class Explained:
    """`detail` is for whoever wrote the address, in English: what came, and what is allowed; or a command to run.

    `request_id` is there where an operator may want to know it.
    """

    title: str
    text: str
    detail: str = ""
    request_id: str = ""


def explained(error: Exception, status: int) -> Explained:
    """Return what to tell a reader of an error."""
    if isinstance(error, BadRequest):
        return Explained(
            gettext("This search cannot be carried out"),
            gettext("The address asks for something that is not possible. Your query is still in the field above."),
            str(error),
        )
    if isinstance(error, IndexMissing):
        return Explained(
            gettext("There is nothing to search yet"),
            gettext("No index has been built so far. Whoever runs this site makes one with this command:"),
            REBUILD,
        )
    match status:
        case 404:
            return Explained(
                gettext("There is no such page"),
                gettext("It may have moved, or the address may have a mistake. Search for what you wanted to read."),
            )
        case 405:
            return Explained(
                gettext("This page can only be read"),
                gettext("It was asked in a way that it does not know. Search for what you wanted to read."),
            )
        case 413 | 414:
            return Explained(
                gettext("That is too much at once"),
                gettext("What was sent is longer than can be answered. Please ask with fewer words."),
            )
        case 429:
            return Explained(gettext("Too many requests at once"), gettext("Please wait a minute and try again."))
        case 500:
            return Explained(
                gettext("Something went wrong here"),
                gettext("It was not your doing. Please try again in a minute."),
                request_id=request_id(),
            )
        case 503:
            return Explained(
                gettext("The search is not ready"),
                gettext("The index cannot be read at the moment. Please try again in a minute."),
                request_id=request_id(),
            )
    return Explained(gettext("This did not work"), gettext("Please go back and try again."))
