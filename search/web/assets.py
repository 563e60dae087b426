"""Style, script and mark: the static files, held in memory under names that change with their content.

`style.css` is served as `/static/style-<digest>.css`, compressed once, and may be kept for ever; a page names the
digest it was made with. Another digest, of a page made by an older or newer process, gets the file there is, and may
not keep it.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, request, url_for

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class _Asset:
    content: bytes
    compressed: bytes
    digest: str
    type: str


def _read(file: Path) -> _Asset:
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    type = f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed
    return _Asset(content, gzip.compress(content, 9, mtime=0), digest, type)


_ASSETS = {file.name: _read(file) for file in sorted(FOLDER.iterdir())}


@blueprint.get("/static/<stem>-<digest>.<suffix>")
def static(stem: str, digest: str, suffix: str) -> Response:
    """A static file."""
    asset = _ASSETS.get(f"{stem}.{suffix}")
    if asset is None:
        abort(404)
    compressed = request.accept_encodings.quality("gzip") > 0
    response = Response(asset.compressed if compressed else asset.content, content_type=asset.type)
    if compressed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = FOR_EVER if digest == asset.digest else "no-cache"
    return response


@blueprint.app_template_global("asset")
def asset_address(name: str) -> str:
    """Return the address of a static file."""
    stem, _, suffix = name.rpartition(".")
    return url_for("assets.static", stem=stem, digest=_ASSETS[name].digest, suffix=suffix)
