"""One request records once, however often it is sent: by a second click, or by a program that did not get its answer.

What a request is called by, its key, comes with it: a form carries a hidden one, a program sends `Idempotency-Key`. The answer is
kept in the transaction that records, so that there is never the one without the other. What recorded nothing takes no key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from starlette.responses import Response

from scheduler.errors import SchedulerError
from scheduler.said import said
from scheduler.store.values import Once, Record, digest_of
from scheduler.web.guards.requests import FORM_TOKEN, Visit
from scheduler.web.problems import Problem
from scheduler.web.request_log import tell

KEY_FIELD = "once"
"""The name of the hidden field that a form's key is in."""

_AS_IT_IS = ":/%#?=@[]!$&'()*+,;"
"""What stands in an address as it is (RFC 3986, 2.2)."""

_NOT_ASKED = frozenset({FORM_TOKEN, KEY_FIELD, "password"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to a request that recorded something."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_text(self) -> str:
        """As it is kept."""
        kept = {"status": self.status, "headers": dict(self.headers), "body": self.body}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> Answer:
        """As it was kept."""
        kept = json.loads(text)
        return cls(kept["status"], kept["body"], kept["headers"])

    def as_response(self) -> Response:
        """As it is sent."""
        return Response(self.body, self.status, self.headers, "application/json" if self.body else None)


def redirect(address: str) -> Answer:
    """The page to go to after a form recorded something. What a header cannot say, such as a site's Chinese name, is encoded."""
    return Answer(303, headers={"Location": quote(address, safe=_AS_IT_IS)})


@dataclass(frozen=True, slots=True)
class Sent:
    """A request: whose it is, what it is called by, and what it asks for. Of key and content only digests."""

    account: str
    key: str
    digest: str


def kept(sent: Sent | None, answer: Callable[[Sequence[Record]], Answer]) -> Once | None:
    """What the store keeps of a request with what it records; nothing of one without a key."""
    return Once(sent.account, sent.key, sent.digest, lambda records: answer(records).as_text()) if sent else None


def sent_by_program(visit: Visit, key: str | None, body: str) -> Sent | None:
    """A program's request; None without a key. ``body`` is what it asks for, without a password."""
    return None if key is None else Sent(visit.who.account.id, digest_of(key), digest_of(_asked(visit, body)))


def sent_by_form(visit: Visit) -> Sent | None:
    """A form's request. The same form filled in otherwise, after going back to it, is another request."""
    key = visit.form.get(KEY_FIELD)
    if not key:
        return None
    asked = {name: said for name, said in visit.form.items() if name not in _NOT_ASKED}
    digest = digest_of(_asked(visit, json.dumps(asked, sort_keys=True)))
    return Sent(visit.who.account.id, digest_of(f"{key} {digest}"), digest)


def _asked(visit: Visit, body: str) -> str:
    # A digest of a password would be quicker to guess than the password's own.
    return f"{visit.request.method} {visit.request.url.path}\n{body}"


def once(visit: Visit, sent: Sent | None, record: Callable[[], Response]) -> Response:
    """What recording answers, or what was answered when this request was recorded before.

    Raises Problem when something else was recorded under that key.
    """
    if sent is None:
        return record()
    found = _answered(visit, sent)
    if found is not None:
        return found
    try:
        response = record()
    except (SchedulerError, Problem):
        # The same request may have been recorded since it was looked for: then that is what stands in the way.
        found = _answered(visit, sent)
        if found is None:
            raise
        return found
    return response if response.status_code < 400 else _answered(visit, sent) or response


def _answered(visit: Visit, sent: Sent) -> Response | None:
    server = visit.server
    found = server.store.answered(sent.account, sent.key, server.clock.now())
    if found is None:
        return None
    if found.digest != sent.digest:
        text = said(
            "Something else was recorded under this key. Nothing more was recorded. Give each request a key of its own."
        )
        raise Problem(422, "key-used", said("The key is used already"), text)
    tell("answered again")
    return Answer.read(found.answer).as_response()
