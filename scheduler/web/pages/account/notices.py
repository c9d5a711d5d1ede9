"""What there is to notice for this person, how the person wants to be told, and for an admin which letters were not taken."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from scheduler.notices.noticed import KINDS, Kind
from scheduler.said import Said, said
from scheduler.store.beside.outbox import Letter, Telling
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import Role
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.telling.mailing import is_address
from scheduler.web.telling.noticing import KINDS_OF, noticed_for
from scheduler.web.telling.rounds import AT_ONCE, DAILY, NEVER

router = APIRouter(route_class=GuardedRoute)

WAYS = {NEVER: said("never"), DAILY: said("once a day"), AT_ONCE: said("at once")}
_MOST_LETTERS = 50


@router.get("/notices")
def page(visit: Visiting) -> Response:
    """The page."""
    return _page(visit)


@router.post("/notices")
def choose(visit: Visiting) -> Response:
    """How this person is told from now on."""
    form, account = visit.form, visit.who.account
    how, address = form.get("how", NEVER), form.get("address", "").strip()
    if how not in WAYS:
        return _page(visit, said("Choose how you are told."))
    if how != NEVER and not is_address(address):
        return _page(visit, said("Write an address of mail, such as name@hospital.example."))
    asked = form.get("kinds", "").splitlines()
    kinds = tuple(kind.value for kind in KINDS_OF.get(account.role, ()) if kind.value in asked)
    visit.server.store.set_telling(Telling(account.id, address if is_address(address) else "", how, kinds))
    return RedirectResponse("/notices?changed=1", 303)


def _page(visit: Visit, wrong: Said | None = None) -> Response:
    server, account = visit.server, visit.who.account
    found, missing = noticed_for(server, account, PATIENCE)
    kinds = KINDS_OF.get(account.role, ())
    telling = server.store.telling(account.id)
    form = visit.form
    return visit.page(
        "notices.html",
        status=422 if wrong else 200,
        notices={kind: tuple(each for each in found if each.kind is kind) for kind in kinds},
        kinds={kind: KINDS[kind] for kind in kinds},
        ways=WAYS,
        chosen=form.get("how") or (telling.how if telling is not None else NEVER),
        address_given=form.get("address") or (telling.address if telling is not None else ""),
        ticked=frozenset(_ticked(form.get("kinds"), telling, kinds)),
        is_sent=server.settings.smtp_host is not None,
        letters=_letters(visit) if account.role == Role.ADMIN else None,
        changed="changed" in visit.request.query_params,
        wrong=wrong,
        refresh=missing or None,
        missing=missing,
    )


def _ticked(said_now: str | None, telling: Telling | None, kinds: tuple[Kind, ...]) -> tuple[str, ...]:
    if said_now is not None:
        return tuple(said_now.splitlines())
    return telling.kinds if telling is not None else tuple(kind.value for kind in kinds)


def _letters(visit: Visit) -> tuple[tuple[Letter, str], ...]:
    """The newest letters, each with whose it is: those that were not taken first."""
    names = {account.id: account.name for account in visit.server.store.accounts()}
    found = sorted(visit.server.store.letters(), key=lambda letter: letter.error is None)
    return tuple((letter, names.get(letter.account, letter.account)) for letter in found[:_MOST_LETTERS])
