"""The same against a provider that others made and certified: npm's oidc-provider, on Node.

It is where OIDC_PROVIDER says, as `npm install --prefix FOLDER oidc-provider` puts it there; .ci/run does that.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from urllib.parse import parse_qs, urljoin

import pytest
from httpx2 import Client, Response

from scheduler.store.opening import open_store
from scheduler.web.guards.at_provider.accounts import PROVED
from tests.web.people import ORDER, QUICK, Person, Place, TestTime, words_of
from tests.web.single_sign_on.small_provider import CLIENT, SECRET
from tests.web.single_sign_on.test_single_sign_on import account_at, previewed, returns, told

FOLDER = os.environ.get("OIDC_PROVIDER")
NODE = shutil.which("node")
REQUIRED = os.environ.get("REQUIRE_OIDC_PROVIDER") == "1"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not REQUIRED and (NODE is None or FOLDER is None), reason="no OIDC_PROVIDER, the folder of npm's oidc-provider"
    ),
]


class ThisTime(TestTime):
    """The computer's own time: the provider goes by it."""

    def __init__(self) -> None:
        self.begun = datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture(scope="module")
def sent_by_itself() -> Iterator[tuple[str, Queue[str]]]:
    """An address that the provider can reach, and the tokens that it sends there."""
    sent: Queue[str] = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            sent.put(parse_qs(body)["logout_token"][0])
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/out", sent
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def issuer(sent_by_itself: tuple[str, Queue[str]]) -> Iterator[str]:
    assert NODE is not None, "no Node here"
    assert FOLDER is not None, "OIDC_PROVIDER names no folder"
    script = str(Path(__file__).with_name("real_provider.mjs"))
    with subprocess.Popen(
        [NODE, script, FOLDER, SECRET, sent_by_itself[0]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line.startswith("http://"), "oidc-provider did not start"
        yield line
        process.kill()


@pytest.fixture
def place(seed_database: Path, tmp_path: Path, issuer: str) -> Iterator[Place]:
    path = Path(shutil.copy(seed_database, tmp_path / "study.db"))
    settings = QUICK.model_copy(
        update={
            "public_url": "http://testserver",
            "sso_issuer": issuer,
            "sso_client": CLIENT,
            "sso_secret": SECRET,
            "sso_name": "Example Hospital",
            "sso_roles": "doctors=investigator, staff=coordinator",
            "sso_sites": "shanghai=Shanghai, everywhere=*",
        }
    )
    made = Place(open_store(path), ThisTime(), settings)
    yield made
    made.store.close()


class AtProvider:
    """One browser at the provider: it fills in every form that it is shown there."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.browser = Client()
        self.typed: list[str] = []

    def goes(self, address: str, login: str) -> str:
        """To that address, and through its forms, until it sends the browser away: there."""
        for _ in range(20):
            if not address.startswith(self.issuer):
                return address
            answer = self.browser.get(address)
            if answer.status_code == 200:
                action = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
                assert action is not None, answer.text
                prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
                fields = {"prompt": prompt[1] if prompt else "", "login": login, "password": "any"}
                self.typed.append(fields["prompt"])
                answer = self.browser.post(urljoin(address, action[1]), data=fields)
            address = urljoin(address, answer.headers["location"])
        raise AssertionError(address)


def goes_on(page: Response) -> str:
    """Where the page that signs goes on to, when it does."""
    seconds, _, address = page.headers["refresh"].partition("; url=")
    time.sleep(int(seconds))
    return address


def logs_in(place: Place, there: AtProvider, login: str) -> Person:
    person = place.stranger()
    address = there.goes(person.browser.get("/login/provider?to=/agenda").headers["location"], login)
    answer = returns(person, address)
    assert answer.status_code == 303, words_of(answer)
    assert answer.headers["location"] == "/agenda"
    return person


def test_a_person_logs_in_signs_and_logs_out(place: Place, issuer: str) -> None:
    there = AtProvider(issuer)
    person = logs_in(place, there, "ada")
    made = account_at(place, "ada")
    assert (made.role, made.sites, made.name) == ("investigator", frozenset({"Shanghai"}), "Dr ada")
    assert person.get("/subjects/EXP-003").status_code == 200
    # Who is known there is let in without being asked again, and is asked again to sign.
    there.typed.clear()
    logs_in(place, there, "ada")
    assert "login" not in there.typed
    going = person.browser.post("/subjects/EXP-003/sign", data=previewed(person))
    address = there.goes(goes_on(going), "ada")
    assert "login" in there.typed
    back = returns(person, address)
    assert back.status_code == 303, words_of(back)
    page = person.get(back.headers["location"])
    shown = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    assert person.browser.post("/subjects/EXP-003/record", data=shown).status_code == 303
    *_, record = place.store.records(subject="EXP-003")
    assert (record.who.name, record.kind, record.signed is not None) == ("Dr ada", ORDER["event"], True)
    assert len(told(place, PROVED)) == 1
    out = person.sends("/logout").headers["refresh"].partition("url=")[2]
    assert there.browser.get(out).status_code == 200
    assert person.browser.get("/").status_code == 303


def test_who_logs_out_there_is_out_here(place: Place, issuer: str, sent_by_itself: tuple[str, Queue[str]]) -> None:
    there = AtProvider(issuer)
    person, elsewhere = logs_in(place, there, "ada"), logs_in(place, AtProvider(issuer), "ada")
    page = there.browser.get(f"{issuer}/session/end")
    xsrf = re.search(r'name="xsrf" value="(\w+)"', page.text)
    assert xsrf is not None
    there.browser.post(f"{issuer}/session/end/confirm", data={"xsrf": xsrf[1], "logout": "yes"})
    token = sent_by_itself[1].get(timeout=30)
    provider = place.stranger().browser
    del provider.headers["sec-fetch-site"]
    assert provider.post("/login/provider/out", data={"logout_token": token}).status_code == 200
    assert [each.browser.get("/").status_code for each in (person, elsewhere)] == [303, 303]


def test_another_person_does_not_sign_and_a_visitor_is_not_let_in(place: Place, issuer: str) -> None:
    person = logs_in(place, AtProvider(issuer), "ada")
    before = place.store.log("EXP-003").length
    going = person.browser.post("/subjects/EXP-003/sign", data=previewed(person))
    address = AtProvider(issuer).goes(goes_on(going), "bob")
    assert returns(person, address).status_code == 403
    assert place.store.log("EXP-003").length == before
    visitor = place.stranger()
    address = AtProvider(issuer).goes(visitor.browser.get("/login/provider").headers["location"], "vic")
    assert "no group of yours there has a role here" in words_of(returns(visitor, address))


def test_code_is_worth_nothing_in_another_browser(place: Place, issuer: str) -> None:
    person, thief = place.stranger(), place.stranger()
    address = AtProvider(issuer).goes(person.browser.get("/login/provider").headers["location"], "ada")
    own = AtProvider(issuer).goes(thief.browser.get("/login/provider").headers["location"], "bob")
    code = re.search(r"code=([^&]+)", address)
    assert code is not None
    assert returns(thief, re.sub(r"code=[^&]+", code[0], own)).status_code == 403
    assert place.store.accounts() == ()
    assert returns(person, address).status_code == 303
    assert [each.login for each in place.store.accounts()] == ["ada"]
