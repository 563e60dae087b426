"""What goes wrong, said to a reader in the language of the interface; services get the same in JSON from `api`."""

from dataclasses import dataclass

from flask_babel import gettext

from search.errors import BadRequest


@dataclass(frozen=True, slots=True)
class Explained:
    """`detail` is for whoever wrote the address, in English: what came, and what is allowed."""

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
    if status == 503:
        return Explained(
            gettext("The search is not ready"),
            gettext("The index cannot be read at the moment. Please try again in a minute."),
        )
    return Explained(gettext("This did not work"), gettext("Please go back and try again."))
