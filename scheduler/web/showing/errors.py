"""What a person reads when something went wrong: a page with a title and what to do, and nothing about the server's inside."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from scheduler.errors import Conflict, InvalidText, Refused, StoreUnavailable, UnknownEntry, UnknownSubject
from scheduler.said import said
from scheduler.web.guards.headers import TooLarge
from scheduler.web.guards.languages import asked_for
from scheduler.web.guards.requests import Visit
from scheduler.web.problems import Problem, findings_in_words, not_found


def answer_errors(app: FastAPI) -> None:
    """Give the application a page for every error."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(UnknownSubject, _missing)
    app.add_exception_handler(UnknownEntry, _missing)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(InvalidText, _refused)
    app.add_exception_handler(Conflict, _refused)
    app.add_exception_handler(StoreUnavailable, _unavailable)
    app.add_exception_handler(TooLarge, _too_large)
    app.add_exception_handler(Exception, _unforeseen)


def page_of(request: Request, problem: Problem) -> Response:
    """The page about a problem; for a page that needs somebody signed in, the way to log in."""
    if problem.status == 401:
        if problem.go_on is not None:
            return RedirectResponse(f"/login?to={quote(problem.go_on, safe='/')}", 303)
        there = quote(request.url.path + (f"?{request.url.query}" if request.url.query else ""), safe="/")
        ask = f"/login?to={there}" if request.method == "GET" and request.url.path != "/" else "/login"
        return RedirectResponse(ask, 303)
    if problem.code == "own-account-first":
        return RedirectResponse("/account", 303)
    # Where the server itself is in trouble, the page asks nothing of it.
    visit: Visit | None = getattr(request.state, "visit", None) if problem.status < 500 else None
    language = getattr(request.state, "language", None) or asked_for(request.headers.get("accept-language", ""))
    response: Response = request.app.state.pages.page(
        visit, "problem.html", status=problem.status, language=language, problem=problem
    )
    response.headers.update(problem.headers)
    return response


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return page_of(request, error)


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return page_of(request, not_found())
    if error.status_code == 405:
        return page_of(
            request, Problem(405, "not-so", said("This page is not used that way"), "", dict(error.headers or {}))
        )
    return page_of(request, Problem(error.status_code, "bad-request", said("The request was not understood")))


async def _not_understood(request: Request, error: Exception) -> Response:
    return page_of(
        request, Problem(422, "not-understood", said("The request was not understood"), said("Go back and try again."))
    )


async def _missing(request: Request, error: Exception) -> Response:
    return page_of(request, not_found())


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused | InvalidText | Conflict)
    return page_of(request, Problem(409, "refused", said("Nothing was recorded"), findings_in_words(error.findings)))


async def _unavailable(request: Request, error: Exception) -> Response:
    title = said("The database does not answer")
    text = said(
        "The database does not answer, so nothing was recorded. Try again in a moment; what you typed is still in the form."
    )
    return page_of(request, Problem(503, "unavailable", title, text, {"Retry-After": "10"}))


async def _too_large(request: Request, error: Exception) -> Response:
    return page_of(request, Problem(413, "too-large", said("The request is too large")))


async def _unforeseen(request: Request, error: Exception) -> Response:
    text = said("Nothing was recorded. The error was written down for those who look after this server.")
    return page_of(request, Problem(500, "error", said("Something went wrong in the server"), text))
