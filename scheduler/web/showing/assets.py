"""The style sheet, the script and the sign of the pages: our own, each under a name that changes with what is in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.types import Receive, Scope, Send

from scheduler.exports.pages.environment import style_sheet

PREFIX = "/static/"
_FOLDER = Path(__file__).parents[1] / "static"
_TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".svg": b"image/svg+xml",
}


def _texts(*names: str) -> str:
    """Several files as one: a page asks for one style sheet and one script."""
    return "".join((_FOLDER / name).read_text("utf-8") for name in names)


@dataclass(frozen=True, slots=True)
class _Asset:
    data: bytes
    kind: bytes


class Assets:
    """Answers requests for ``/static/``. A browser keeps what it has got: another content has another name."""

    def __init__(self) -> None:
        self._by_path: dict[str, _Asset] = {}
        self._paths: dict[str, str] = {}
        self._add("style.css", style_sheet() + _texts("style.css", "icons.css", "doing.css", "looks.css"))
        self._add("script.js", _texts("script.js", "doing.js"))
        self._add("icon.svg", (_FOLDER / "icon.svg").read_text("utf-8"))

    def _add(self, name: str, text: str) -> None:
        data = text.encode("utf-8")
        stem, dot, ending = name.partition(".")
        path = f"{PREFIX}{stem}.{hashlib.sha256(data).hexdigest()[:12]}.{ending}"
        self._paths[name] = path
        self._by_path[path] = _Asset(data, _TYPES[dot + ending])

    def path(self, name: str) -> str:
        """Where a page finds it."""
        return self._paths[name]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The asset, or 404."""
        asset = self._by_path.get(scope["path"]) if scope["method"] in ("GET", "HEAD") else None
        headers = [(b"x-content-type-options", b"nosniff"), (b"cross-origin-resource-policy", b"same-origin")]
        if asset is None:
            headers += [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
            await send({"type": "http.response.start", "status": 404, "headers": headers})
            await send({"type": "http.response.body", "body": b"There is no such file."})
            return
        headers += [
            (b"content-type", asset.kind),
            (b"content-length", str(len(asset.data)).encode()),
            (b"cache-control", b"public, max-age=31536000, immutable"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": asset.data if scope["method"] == "GET" else b""})
