"""One line of JSON for each request: when, which route, what came of it, how long it took. Nothing about anybody.

A route is told by its template (``/subjects/{subject}``), never by its path: a path can hold a patient's number or the token of a
feed. An error is told by its kind and the lines of code that it went through, never by its message, which can hold what people
wrote.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("scheduler.web")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Of libraries only the name and the level are told: their messages are not ours to vouch for."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
        }
        told = getattr(record, "told", None)
        if isinstance(told, dict):
            line |= told
        elif record.name == LOG.name or record.name == "uvicorn.error":
            line["message"] = _message(record) if not record.exc_info else "error in the server"
        else:
            line["from"] = record.name
        if record.exc_info and record.exc_info[1] is not None:
            line |= told_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """What uvicorn says of itself is told whole, and of all else only its form: what it fills in can be an address or a token."""
    form = str(record.msg)
    return record.getMessage() if record.name == LOG.name or form.startswith(_OF_ITSELF) else form


_OF_ITSELF = ("Uvicorn running on", "Started ", "Finished ", "Cancel ", "Waiting for ", "Child process", "Stopping ")


def told_of(error: BaseException) -> dict[str, object]:
    """What may be written down of an error: its kind, and where in the code."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename.rsplit('/site-packages/', 1)[-1]}:{frame.lineno}" for frame in frames[-6:]]
    return {"error": type(error).__name__, "where": where}


def write_json_lines(level: str = "INFO") -> None:
    """Everything that is logged in this process goes to standard error as lines of JSON; uvicorn's access log is silent."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel("WARNING")
    LOG.setLevel(level)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
        logging.getLogger(name).setLevel("INFO")
    access = logging.getLogger("uvicorn.access")
    access.handlers.clear()
    access.propagate = False
    access.disabled = True


def tell(event: str, **told: object) -> None:
    """Write down that something happened. What is told must name no patient, no person and no token."""
    LOG.info(event, extra={"told": {"event": event, **told}})


class RequestLog:
    """Writes a line for each request that goes through it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and write down what came of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 500
        wrong: dict[str, object] = {}

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            wrong = told_of(error)
            raise
        finally:
            route = scope.get("route")
            told = {
                "event": "request",
                "method": scope["method"] if scope["method"] in _METHODS else "other",
                "route": getattr(route, "path", None) or "none",
                "status": status,
                "ms": round((time.perf_counter() - begun) * 1000, 1),
            }
            LOG.log(logging.ERROR if wrong else logging.INFO, "request", extra={"told": told | wrong})


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
