"""What goes wrong, said to a reader in the language of the interface; services get the same in JSON from `api`."""

from dataclasses import dataclass

from flask_babel import gettext

from indexer.errors import IndexMissing
from indexer.generations import REBUILD
from search.errors import BadRequest


@dataclass(frozen=True, slots=True)
class Explained:
    """`detail` is for whoever wrote the address, in English: what came, and what is allowed; or a command to run."""

    title: str
    text: str
    detail: str = ""


def explained(error: Exception, status: int) -> Explained:
    """Return what to tell a reader of an error."""
    if isinstance(error, BadRequest):
        return Explained(
            gettext("This search cannot be carried out"),
            gettext("The address asks for something that is not possible. Your query is still in the field above."),
            str(error),
        )
    if status == 404:
        return Explained(
            gettext("There is no such page"),
            gettext("It may have moved, or the address may have a mistake. Search for what you wanted to read."),
        )
    if isinstance(error, IndexMissing):
        return Explained(
            gettext("There is nothing to search yet"),
            gettext("No index has been built so far. Whoever runs this site makes one with this command:"),
            REBUILD,
        )
    if status == 503:
        return Explained(
            gettext("The search is not ready"),
            gettext("The index cannot be read at the moment. Please try again in a minute."),
        )
    return Explained(gettext("This did not work"), gettext("Please go back and try again."))
