"""People with accounts on a server with the seed study, each with a browser of their own that runs no script."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from scheduler.clock import Clock
from scheduler.store.interface import Store
from scheduler.store.values import Account, Act, Who
from scheduler.web.guards.passwords import Passwords
from scheduler.web.guards.roles import Role
from scheduler.web.guards.server import Server
from scheduler.web.serving.app import create_app
from scheduler.web.serving.front import Front
from scheduler.web.settings import Settings
from tests.web import compiled_once  # noqa: F401

TODAY = date(2026, 5, 21)
ASKS_AGAIN = 'http-equiv="refresh"'
PASSWORD = "correct horse battery"
HELD = {"event": "held", "on": "2026-05-21", "treatment": "regorafenib", "reason": "AE 2", "by": "Dr Example"}
"""A hold as a form or a program says it, of a patient who has tablets."""

ORDER = {
    "event": "dose changed",
    "on": "2026-05-21",
    "treatment": "regorafenib",
    "level": "-1",
    "dose": "40 mg",
    "reason": "AE 2",
    "by": "Dr Example",
}
"""An order about EXP-003 that is signed."""

QUICK = Settings(argon2_memory_kib=8, argon2_rounds=1, logins_per_minute=1000, requests_per_minute=100_000)
HASHED = Passwords(QUICK).hash(PASSWORD)
SETTING_UP = Act(Who("tests", "the tests", "tests"), datetime(2026, 5, 21, tzinfo=UTC))


def set_up_by(moment: datetime) -> Act:
    """The act of setting up, in a test whose time is earlier too: nothing is recorded by a clock that is behind."""
    return replace(SETTING_UP, at=min(SETTING_UP.at, moment))


class TestTime:
    """A clock that stands until it is moved."""

    __test__ = False

    def __init__(self) -> None:
        self.moment = datetime(2026, 5, 21, 2, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, **parts: int) -> None:
        self.moment += timedelta(**parts)


@dataclass
class Place:
    """The server that a test has to itself."""

    store: Store
    time: TestTime
    settings: Settings = QUICK

    def __post_init__(self) -> None:
        self.app: Front = create_app(
            self.store, settings=self.settings, clock=Clock(self.time.now, self.settings.today)
        )

    def account(self, role: str, sites: frozenset[str] | None = None, login: str | None = None) -> Account:
        name = login or role
        made = Account(f"id-{name}", name, f"Dr {name.title()}", role, HASHED, sites)
        self.store.add_account(made, set_up_by(self.time.moment))
        return made

    def somebody(self, role: str = Role.COORDINATOR, sites: frozenset[str] | None = None) -> Person:
        """A person of that role who is logged in."""
        login = f"{role}-{len(self.store.accounts())}"
        self.account(role, sites, login)
        person = Person(self)
        assert person.log_in(login).status_code == 303
        return person

    def stranger(self) -> Person:
        return Person(self)


class Person:
    """One browser."""

    def __init__(self, place: Place, base: str = "http://testserver") -> None:
        self.browser = TestClient(place.app, base_url=base, follow_redirects=False)
        self.browser.headers["sec-fetch-site"] = "same-origin"

    def log_in(self, login: str, password: str = PASSWORD, **more: str) -> Response:
        return self.browser.post("/login", data={"login": login, "password": password, **more})

    def get(self, path: str) -> Response:
        """A page when it is whole: as long as patients are still being computed, a browser asks again by itself."""
        answer = self.browser.get(path)
        while ASKS_AGAIN in answer.text:
            answer = self.browser.get(path)
        return answer

    def reads(self, path: str) -> str:
        """The text of a page, as a person reads it."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return words_of(answer)

    @property
    def form_token(self) -> str:
        found = re.search(r'name="form_token" value="(\w+)"', self.browser.get("/account").text)
        assert found is not None
        return found.group(1)

    def sends(self, path: str, **fields: str) -> Response:
        """A form, as its own page would send it."""
        return self.browser.post(path, data={"form_token": self.form_token, **fields})

    def form_on(self, page: str, action: str) -> dict[str, str]:
        """What a page's form carries without being filled in, as the browser would send it."""
        found = re.search(rf'(?s)<form method="post" action="{re.escape(action)}".*?</form>', self.get(page).text)
        assert found is not None, (page, action)
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found.group(0)))

    def prints(self, page: str) -> Response:
        """The pharmacy's list, as the page shows it now, is printed."""
        return self.sends("/pharmacy/printed", **self.form_on(page, "/pharmacy/printed"))

    def records(self, subject: str, **fields: str) -> Response:
        """An event by its form: preview, then the button. Gives what the button answers, else what the preview did."""
        password = fields.pop("password", None)
        preview = self.sends(f"/subjects/{subject}/preview", **fields)
        seen = re.search(r'name="seen" value="(\d+)"', preview.text)
        if seen is None:
            return preview
        more = {"password": password} if password is not None else {}
        more |= dict(re.findall(r'name="(confirm)" value="(\w+)"', preview.text))
        return self.sends(f"/subjects/{subject}/record", seen=seen.group(1), **fields, **more)


def words_of(answer: Response) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", " ", answer.text)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def server(place: Place) -> Server:
    """What stands behind the pages of that place."""
    app: Any = place.app.pages
    while not hasattr(app, "state"):
        app = app.app
    found: Server = app.state.server
    return found
