"""Requests to every route, with whatever stands in paths, queries, forms and JSON: no error in the server, no traceback."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from starlette.testclient import TestClient

from scheduler.folder.founding.seed import seed_study
from scheduler.folder.importing import import_study
from scheduler.store.opening import open_store
from scheduler.web.guards.roles import TABLE, Role
from tests.fuzz.kinds import event_of
from tests.fuzz.mutations import ODD
from tests.web.people import PASSWORD, SETTING_UP, Person, Place, TestTime

ROLES = (Role.ADMIN, Role.COORDINATOR, Role.INVESTIGATOR, Role.PHARMACIST, Role.MONITOR)
NAMES = [
    "subject",
    "event",
    "on",
    "at",
    "treatment",
    "entry",
    "n",
    "cycle",
    "reason",
    "by",
    "from",
    "to",
    "until",
    "site",
    "arm",
    "resource",
    "kind",
    "who",
    "after",
    "before",
    "limit",
    "page",
    "list",
    "all",
    "language",
    "audience",
    "detail",
    "form_token",
    "seen",
    "confirm",
    "password",
    "level",
    "dose",
    "of",
    "number",
    "head",
    "query",
    "q",
    "view",
    "month",
    "action",
    "override",
    "login",
]
VALUES = (
    "EXP-001",
    "EXP-003",
    "CTL-002",
    "2026-05-21",
    "2026-06-18",
    "held",
    "given",
    "visit done",
    "regorafenib",
    "toripalimab",
    "toripalimab.2",
    "Shanghai",
    "patient",
    "en",
    "1",
    "12",
    "true",
    PASSWORD,
)
PARTS: dict[str, tuple[str, ...]] = {
    "subject": ("EXP-001", "EXP-003", "CTL-002", "NOBODY"),
    "form": ("csv", "xlsx", "json", "ics", "pdf", "exe"),
    "number": ("1", "2", "999999999999999999999", "-1", "x"),
    "proposal": ("1", "B1.99"),
}
KNOWN_STATUSES = frozenset((*range(200, 209), *range(300, 309), *range(400, 452), 503))


class Routes:
    """A server with the seed study, and somebody of each role who asks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        store = open_store(folder / "seed.db")
        import_study(seed_study(), store, SETTING_UP)
        store.close()
        self._turn = 0
        self._begin()

    def _begin(self) -> None:
        """Afresh, so that one request can be sent again alone: what others changed does not matter for long."""
        self._turn += 1
        self.place = Place(
            open_store(Path(shutil.copy(self._folder / "seed.db", self._folder / f"{self._turn}.db"))), TestTime()
        )
        self.people: dict[Role, Person] = {}

    def __call__(self, chance: Random) -> str:
        """Send one request; the hundreds of its status."""
        role = chance.choice(ROLES)
        method, template = chance.choice(sorted(TABLE))
        path = re.sub(r"\{(\w+)\}", lambda found: quote(_part(found[1], chance), safe=""), template)
        query = {chance.choice(NAMES): _word(chance) for _ in range(chance.choice((0, 0, 1, 2, 4)))}
        more: dict[str, Any] = {"params": query}
        person = self._person(role)
        if method not in ("GET", "HEAD"):
            more |= self._body(template, person, chance)
        browser = TestClient(self.place.app, follow_redirects=False, raise_server_exceptions=False)
        browser.headers["sec-fetch-site"] = "same-origin"
        browser.cookies = person.browser.cookies
        answer = browser.request(method, path, **more)
        said = answer.content.decode("utf-8", "replace")
        if answer.status_code not in KNOWN_STATUSES or "Traceback (most recent call last)" in said:
            raise AssertionError(f"{method} {template} answers {answer.status_code} to {path!r} {more!r}")
        return f"{answer.status_code // 100}xx"

    def _person(self, role: Role) -> Person:
        """Somebody of that role who is logged in; in a fresh place where somebody has locked all out."""
        known = self.people.get(role)
        if known is None or known.browser.get("/account").status_code != 200:
            try:
                known = self.people[role] = self.place.somebody(role)
            except AssertionError:
                self.place.store.close()
                self._begin()
                known = self.people[role] = self.place.somebody(role)
        return known

    def _body(self, template: str, person: Person, chance: Random) -> dict[str, Any]:
        fields: dict[str, Any] = {chance.choice(NAMES): _word(chance) for _ in range(chance.randrange(8))}
        if template.startswith("/api/"):
            headers = {"x-form-token": person.form_token}
            sent: Any = chance.choice(
                (fields, {"events": [event_of(chance)]}, {"events": [event_of(chance)], "seen": 1}, [], None)
            )
            if chance.random() < 0.2:
                return {"content": chance.choice(ODD).encode("utf-8", "replace"), "headers": headers}
            return {"content": _as_json(sent), "headers": headers | {"content-type": "application/json"}}
        if chance.random() < 0.6:
            fields |= {key: str(value) for key, value in event_of(chance).items() if isinstance(value, str | int)}
        sent_fields = {key: str(value).encode("utf-8", "replace").decode() for key, value in fields.items()}
        return {"data": sent_fields | {"form_token": person.form_token}}


def _part(name: str, chance: Random) -> str:
    return chance.choice(PARTS.get(name, VALUES)) if chance.random() < 0.8 else _sendable(chance.choice(ODD))[:2000]


def _word(chance: Random) -> str:
    return chance.choice(VALUES) if chance.random() < 0.7 else _sendable(chance.choice(ODD))[:5000]


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _as_json(sent: Any) -> bytes:
    return json.dumps(sent, default=str).encode("utf-8")


@contextmanager
def routes() -> Iterator[Callable[[Random], str]]:
    """The server is thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        made = Routes(Path(folder))
        yield made
        made.place.store.close()
