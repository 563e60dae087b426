"""The operators' token: what opens the addresses that change something, and `karjera token`, which makes one.

A token is 256 random bits, so what is kept of it is its SHA-256. A slow hash (scrypt, Argon2) makes it dear to guess
what people think up; nobody guesses 256 bits, and a slow hash would only let strangers keep the service busy with wrong
tokens.
"""

import hmac
import secrets
from hashlib import sha256

import click

from corpus.configuration import PREFIX

_BYTES = 32
_METHOD = "sha256:"


def new_token() -> str:
    """Return a new token: 43 letters, digits, hyphens and underscores."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(token: str) -> str:
    """Return what to keep of a token."""
    return _METHOD + sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def matches(token: str, kept: str) -> bool:
    """Tell whether a token is the one of which this is kept; of an empty one nothing is, and it never is."""
    return bool(kept) and hmac.compare_digest(hash_of(token).encode(), kept.encode())


@click.command("token")
def token_command() -> None:
    """Make a token for operators, and print it, once, with the settings that let it in.

    Nothing is written anywhere. Keep the token; put the two lines that follow into the environment, or those after them
    into the settings file.
    """
    token = new_token()
    named = {"admin_token_hash": hash_of(token), "session_secret": secrets.token_urlsafe(_BYTES)}
    click.echo(f"Token, to keep: {token}\n")
    click.echo("For the settings, as variables:\n")
    for name, value in named.items():
        click.echo(f"{PREFIX}{name.upper()}={value}")
    click.echo("\nor, instead, in the settings file:\n")
    for name, value in named.items():
        click.echo(f'{name} = "{value}"')
