"""Programs that use the API: each is logged in with a token of its own, and sends no cookie."""

from __future__ import annotations

from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from tests.web.people import PASSWORD, Place

REACTION = {
    "on": "2026-05-20",
    "event": "adverse event",
    "ae": 7,
    "term": "Palmar-plantar erythrodysesthesia syndrome",
    "grade": 3,
    "related": ["regorafenib"],
}


class Program:
    """One program."""

    def __init__(self, place: Place, login: str | None = None) -> None:
        self.client = TestClient(place.app, follow_redirects=False)
        if login is not None:
            answer = self.send("/api/session", {"login": login, "password": PASSWORD})
            assert answer.status_code == 201, answer.text
            self.client.headers["authorization"] = f"Bearer {answer.json()['token']}"

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(path, headers=headers)

    def reads(self, path: str) -> Any:
        """What an address answers."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.text)
        assert answer.headers["content-type"] == "application/json"
        return answer.json()

    def send(self, path: str, body: Any, *, method: str = "POST", **headers: str) -> Response:
        named = {name.replace("_", "-"): said for name, said in headers.items()}
        return self.client.request(method, path, json=body, headers=named)

    def records(self, subject: str, *events: dict[str, Any], **more: Any) -> Response:
        """Events about a patient whose log is looked at just before."""
        seen = self.reads(f"/api/subjects/{subject}")["events"]
        return self.send(f"/api/subjects/{subject}/events", {"events": list(events), "seen": seen, **more})


def program(place: Place, role: str, sites: frozenset[str] | None = None) -> Program:
    """A program that is logged in as somebody of that role."""
    login = f"{role}-{len(place.store.accounts())}"
    place.account(role, sites, login)
    return Program(place, login)


def problem_of(answer: Response) -> dict[str, Any]:
    """What a refusal says."""
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == answer.status_code
    return told
