"""Every request is held against the table of roles here, and nowhere else; so is where a change comes from."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeAlias

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from scheduler.languages import Language
from scheduler.store.values import Account, Subject
from scheduler.web.guards.languages import language_of
from scheduler.web.guards.limits import source_of
from scheduler.web.guards.roles import OF_THE_OWN_ACCOUNT, OUT, TABLE, TAKE_FILES, TAKE_LARGE_FILES, Rule
from scheduler.web.guards.same_origin import SAFE, is_from_here
from scheduler.web.guards.server import Server
from scheduler.web.guards.sessions import SignedIn, bearer_token
from scheduler.web.patients import Shown
from scheduler.web.problems import from_elsewhere, not_allowed, not_found, own_account_first, sign_in_first, too_often
from scheduler.web.settings import Settings
from scheduler.web.unsaved import keep_unsaved

FORM_TOKEN = "form_token"
"""The name of the field that every form carries back. A program sends it as the header X-Form-Token."""

_MOST_FIELDS = 600

MINE = "mine"
"""What an address says where only the patients are asked for about whom the person recorded something."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that came with a form: the name that it has where it came from, without a folder, and what is in it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Visit:
    """One request by somebody who may make it. Without anybody signed in, ``signed_in`` is None.

    ``language`` is the one in which pages answer; programs are answered in English. ``files`` came with a form, by its fields.
    """

    request: Request
    server: Server
    signed_in: SignedIn | None
    form: dict[str, str] = field(default_factory=dict)
    language: Language = Language.ENGLISH
    files: dict[str, Brought] = field(default_factory=dict)

    @property
    def who(self) -> SignedIn:
        """Who is signed in. Raises Problem when nobody is."""
        if self.signed_in is None:
            raise sign_in_first()
        return self.signed_in

    def subjects(self) -> tuple[Subject, ...]:
        """The patients that this person may see, in the order of their numbers."""
        account = self.who.account
        return tuple(each for each in self.server.patients.subjects() if account.may_see(each.site))

    def mine(self) -> tuple[Subject, ...]:
        """Those of them about whom this person recorded something."""
        recorded = self.server.store.recorded_by(self.who.account.id)
        return tuple(each for each in self.subjects() if each.subject in recorded)

    def sites(self) -> tuple[str, ...]:
        """The sites whose patients this person may see."""
        account = self.who.account
        return tuple(site.name for site in self.server.patients.study().sites if account.may_see(site.name))

    def subject(self, number: str) -> Subject:
        """The patient of that number. Raises Problem, the same for one that is not there and one of another site."""
        found = self.server.store.subject(number)
        if found is None or not self.who.account.may_see(found.site):
            raise not_found()
        return found

    def shown(self, number: str) -> Shown:
        """The patient of that number with the calendar."""
        return self.server.patients.shown(self.subject(number))

    def page(self, template: str, *, status: int = 200, **told: object) -> Response:
        """A page for this person."""
        response: Response = self.request.app.state.pages.page(self, template, status=status, **told)
        return response


class GuardedRoute(APIRoute):
    """A route that stands in the table of roles. One that does not cannot be made: the server refuses to start."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the guard."""
        inner = super().get_route_handler()
        rules = {method: _rule_of(method, self.path_format) for method in self.methods or ()}

        async def guarded(request: Request) -> Response:
            await admit(request, rules[request.method])
            return await inner(request)

        return guarded


def _rule_of(method: str, path: str) -> Rule:
    try:
        return TABLE[(method, path)]
    except KeyError:
        raise LookupError(f"{method} {path} is not in the table of roles (scheduler/web/guards/roles.py)") from None


async def admit(request: Request, rule: Rule) -> None:
    """Let the request in, and leave with it who makes it. Raises Problem for one that must not be answered."""
    server: Server = request.app.state.server
    program = _is_program(request, rule)
    if not is_from_here(request, server.settings.public_url, silence=program):
        raise from_elsewhere()
    request.state.language = language_of(request, None, server.settings.language)
    signed_in = await run_in_threadpool(server.sessions.find, request)
    if signed_in is not None:
        request.state.language = language_of(request, signed_in.account, server.settings.language)
    key = signed_in.session.token if signed_in else f"address {source_of(request)}"
    if not server.requests.at_hand(key) and not await run_in_threadpool(server.requests.allows, key):
        raise too_often()
    _refuse_large_files_of_others(rule, signed_in)
    form, files = await _form_of(request, rule)
    if rule.roles is not None:
        if signed_in is None:
            raise sign_in_first(await run_in_threadpool(_kept, server, request, form))
        if not rule.allows(signed_in.account.role):
            raise not_allowed()
        if request.method not in SAFE and not program and not signed_in.is_form_token(_form_token(request, form)):
            raise from_elsewhere()
        if rule.path not in OF_THE_OWN_ACCOUNT:
            await _before_the_work(server, request, signed_in)
    if signed_in is not None and form.get("unsaved"):
        # It is on the page again that answers.
        await run_in_threadpool(server.store.drop_unsaved_form, signed_in.account.id, form["unsaved"])
    request.state.visit = Visit(request, server, signed_in, form, request.state.language, files)


def _refuse_large_files_of_others(rule: Rule, signed_in: SignedIn | None) -> None:
    """Raises Problem before anything is read of a large file that somebody brings whom the page is not for."""
    if rule.path in TAKE_LARGE_FILES and signed_in is None:
        raise sign_in_first()
    if rule.path in TAKE_LARGE_FILES and signed_in is not None and not rule.allows(signed_in.account.role):
        raise not_allowed()


async def _before_the_work(server: Server, request: Request, signed_in: SignedIn) -> None:
    """Raises Problem for whoever has to look after the own account first, and where the server's clock may record nothing."""
    if not signed_in.at_provider and comes_first(server.settings, signed_in.account):
        raise own_account_first()
    if request.method not in SAFE:
        await run_in_threadpool(server.timekeeping.before_recording)


def _kept(server: Server, request: Request, form: dict[str, str]) -> str | None:
    """The page of a form that was sent after its session had ended, which is kept for the same account."""
    whose = server.sessions.ended(request) if form and bearer_token(request) is None else None
    if whose is None or not whose.is_form_token(_form_token(request, form)):
        return None
    key = keep_unsaved(server.store, whose.account.id, request.url.path, form, server.clock.now())
    return None if key is None else f"/unsaved/{key}"


def comes_first(settings: Settings, account: Account) -> str | None:
    """What somebody does before anything else: change a password that was given, or set up a second factor that is required."""
    if account.given:
        return "password"
    needed = account.role in settings.roles_with_second_factor
    return "second factor" if needed and account.totp is None and account.reset_by is None else None


def _is_program(request: Request, rule: Rule) -> bool:
    """True for what only a program sends, or a page of this server: a token of its own, or JSON without being signed in; and for
    what the provider of single sign-on says by itself.

    For both a browser asks the server before it lets a page elsewhere send them, and the server never allows it.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return bearer_token(request) is not None or rule.path == OUT or (rule.roles is None and kind == "application/json")


async def _form_of(request: Request, rule: Rule) -> tuple[dict[str, str], dict[str, Brought]]:
    """The fields of a form by name; what is ticked several times under one name stands on several lines. And its files.

    Files are taken where the table of roles says so, and nowhere else.
    """
    if request.method in SAFE or "form" not in request.headers.get("content-type", ""):
        return {}, {}
    data: FormData = await request.form(max_fields=_MOST_FIELDS, max_files=TAKE_FILES.get(rule.path, 0))
    fields: dict[str, str] = {}
    files: dict[str, Brought] = {}
    for name in data:
        values = data.getlist(name)
        fields[name] = "\n".join(value for value in values if isinstance(value, str))
        for value in values:
            if isinstance(value, UploadFile):
                plain = (value.filename or "").replace("\\", "/").rpartition("/")[2][:100]
                files[name] = Brought(plain or "file", await value.read())
                await value.close()
    return fields, files


def _form_token(request: Request, form: dict[str, str]) -> str:
    return form.get(FORM_TOKEN) or request.headers.get("x-form-token", "")


async def _visit(request: Request) -> Visit:
    visit: Visit = request.state.visit
    return visit


Visiting: TypeAlias = Annotated[Visit, Depends(_visit)]
"""What a page's function takes to know who asks."""
