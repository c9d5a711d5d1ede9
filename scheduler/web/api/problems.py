"""What went wrong, as problem details (RFC 9457): a type that programs can tell apart, a sentence for people, all findings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response

from scheduler.asking import Question
from scheduler.errors import Conflict, InvalidText, Refused, StoreUnavailable, UnknownEntry, UnknownSubject
from scheduler.findings import Finding, Severity
from scheduler.said import Said
from scheduler.views.shapes.finding import Finding as ToldFinding
from scheduler.views.shapes.finding import tell_findings
from scheduler.views.shapes.question import tell_questions
from scheduler.views.shapes.shape import for_json
from scheduler.web.api.shapes.problem import Problem as Details
from scheduler.web.guards.headers import TooLarge
from scheduler.web.problems import Problem
from scheduler.web.recording.asking import Asking

MEDIA_TYPE = "application/problem+json"
TYPES = "urn:scheduler:problem:"
"""What the type of every problem begins with; a stable code follows."""

_WORDS = {
    "not-found": ("Not found", "It is not there, or it belongs to a site that your account does not include."),
    "sign-in": ("Log in first", "Send the token that POST /api/session gives as 'Authorization: Bearer ...'."),
    "from-elsewhere": (
        "The request was refused",
        "Nothing was recorded. Send a token as 'Authorization: Bearer ...'; a page of this server sends its X-Form-Token.",
    ),
}
"""Problems of the pages that a program reads otherwise."""


@dataclass
class Told(Problem):
    """A problem with members of its own. ``findings`` are all that is wrong; the path of each is where in the body.

    ``events`` is how many events the log has now, where it has moved on; ``asking`` is what is asked first.
    """

    findings: tuple[Finding, ...] = ()
    events: int | None = None
    asking: Asking | None = None


def refused(findings: Iterable[Finding]) -> Told:
    """An event that contradicts the log, an order that the protocol forbids, a number that is taken: nothing in the body."""
    text = "Nothing was recorded. The findings say what is wrong and what to do."
    return Told(
        422,
        "refused",
        "It contradicts what is recorded",
        text,
        findings=tuple(replace(each, path=None) for each in findings),
    )


def refused_when_asked(asking: Asking, others: Iterable[Finding] = (), *, inside: str | None = None) -> Told:
    """What no reason lets stand, beside what else is wrong; with all questions, so that all is put right at once.

    ``inside`` is the key of the body that the events are under, None where there are none.
    """
    told = refused(others)
    told.findings += tuple(replace(each.finding, path=_path(each, inside)) for each in asking.refused)
    told.asking = asking
    return told


def _path(question: Question, inside: str | None) -> tuple[str | int, ...] | None:
    """Where in the body a question's field is."""
    return None if inside is None else (inside, question.index, *question.field.split("."))


def asked_first(asking: Asking, confirm: str | None) -> Told:
    """What is likely a slip, or dangerous: it is recorded with a reason, by somebody who has seen this list."""
    if asking.is_of_another_list(confirm):
        text = "Nothing was recorded. Something else is asked now than what 'confirm' is the digest of: read the questions again."
    else:
        text = (
            "Nothing was recorded. Put it right; or, where it is as it was sent, send it again with the reason in the field that "
            "'answer' names, and with the digest as 'confirm'."
        )
    return Told(409, "asked", "Something is asked first", text, asking=asking)


def not_understood(findings: Iterable[Finding]) -> Told:
    """A body, or a part of the address, that says something else than what is asked for."""
    text = "The findings say what is wrong and what to do."
    return Told(422, "not-understood", "The request was not understood", text, findings=tuple(findings))


def one_wrong(code: str, message: Said | str, hint: str | None = None) -> Told:
    """A request with one thing wrong."""
    return not_understood([Finding(code, Severity.ERROR, str(message), hint)])


def wrong_password() -> Problem:
    """The password that signs is not the person's, or the account is locked."""
    text = "The password is wrong, or the account is locked for some minutes. Nothing was recorded."
    return Problem(403, "wrong-password", "The password is wrong", text)


def as_response(problem: Problem) -> Response:
    """The problem as an answer."""
    title, text = _WORDS.get(problem.code, (problem.title, problem.text))
    told = Details(type=TYPES + problem.code, title=str(title), status=problem.status, detail=str(text) or None)
    if isinstance(problem, Told):
        told = replace(told, events=problem.events, findings=_findings(problem))
        if problem.asking is not None:
            asked = tell_questions(problem.asking.questions)
            told = replace(told, questions=asked, digest=problem.asking.digest)
    headers = dict(problem.headers)
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(as_bytes(told), problem.status, headers, MEDIA_TYPE)


def as_bytes(told: object) -> bytes:
    """JSON in UTF-8; a letter that UTF-8 does not have is escaped."""
    return json.dumps(told, ensure_ascii=False, default=for_json).encode("utf-8", "backslashreplace")


def _findings(problem: Told) -> tuple[ToldFinding, ...] | None:
    told = zip(tell_findings(problem.findings), problem.findings, strict=True)
    return tuple(replace(each, pointer=_pointer(finding.path)) for each, finding in told) or None


def _pointer(path: tuple[str | int, ...] | None) -> str | None:
    """A path as a JSON pointer in a fragment (RFC 6901, 6)."""
    if path is None:
        return None
    return "/".join(("#", *(str(step).replace("~", "~0").replace("/", "~1") for step in path)))


def answer_errors(app: FastAPI) -> None:
    """Give the application problem details for every error."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(UnknownSubject, _missing)
    app.add_exception_handler(UnknownEntry, _missing)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(InvalidText, _refused)
    app.add_exception_handler(Conflict, _conflict)
    app.add_exception_handler(StoreUnavailable, _unavailable)
    app.add_exception_handler(TooLarge, _too_large)
    app.add_exception_handler(Exception, _unforeseen)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return as_response(error)


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return as_response(Problem(404, "not-found", ""))
    if error.status_code == 405:
        allowed = {"Allow": ", ".join(sorted(_methods_at(request)))}
        return as_response(Problem(405, "not-so", "This is not done with that method", "", allowed))
    headers = dict(error.headers or {})
    return as_response(Problem(error.status_code, "bad-request", "The request was not understood", "", headers))


def _methods_at(request: Request) -> set[str]:
    """Every method that the path takes: its routes are one for each (RFC 9110, 10.2.1)."""
    routes = (route for route in request.app.routes if isinstance(route, APIRoute))
    return {method for route in routes if route.path_regex.match(request.url.path) for method in route.methods or ()}


async def _not_understood(request: Request, error: Exception) -> Response:
    """Only of what stands in the address and the headers: bodies are read by `bodies`. What was typed there is not repeated."""
    assert isinstance(error, RequestValidationError)
    findings = [
        Finding(
            "bad-parameter", Severity.ERROR, f"{each['loc'][-1]}: {_said(each)}", (each.get("ctx") or {}).get("hint")
        )
        for each in error.errors()
    ]
    return as_response(not_understood(findings))


def _said(details: Mapping[str, Any]) -> str:
    return _PLAIN.get(details["type"], "cannot be used here")


_PLAIN = {
    "missing": "this is needed",
    "not-a-date": "expected a date",
    "int_parsing": "expected a whole number",
    "greater_than_equal": "too small",
    "less_than_equal": "too large",
    "string_too_long": "too long",
}


async def _missing(request: Request, error: Exception) -> Response:
    return as_response(Problem(404, "not-found", ""))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused | InvalidText)
    return as_response(refused(error.findings))


async def _conflict(request: Request, error: Exception) -> Response:
    assert isinstance(error, Conflict)
    status = 412 if "if-match" in request.headers else 409
    return as_response(moved_on(status, error.length, error.findings))


def moved_on(status: int, length: int, findings: Iterable[Finding] = ()) -> Told:
    """Somebody else recorded something since: 412 for who said by If-Match what was seen, else 409.

    ``length`` is how many events the log has now.
    """
    text = "Nothing was recorded. Read what is new, and send it again if it still holds."
    found = tuple(findings)
    return Told(status, "log-moved-on", "The log has moved on", text, findings=found, events=length)


async def _unavailable(request: Request, error: Exception) -> Response:
    text = "Nothing was recorded. Try again in a moment."
    return as_response(Problem(503, "unavailable", "The database does not answer", text, {"Retry-After": "10"}))


async def _too_large(request: Request, error: Exception) -> Response:
    return as_response(TOO_LARGE)


TOO_LARGE = Problem(413, "too-large", "The request is too large")


async def _unforeseen(request: Request, error: Exception) -> Response:
    text = "The error was written down for those who look after this server."
    return as_response(Problem(500, "error", "Something went wrong in the server", text))
