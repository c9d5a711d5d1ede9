"""Signing at the provider of single sign-on: the form is kept, its owner proves who that is, and sees again what is signed."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.said import said
from scheduler.web.guards.at_provider.going import SIGN, begin
from scheduler.web.guards.requests import GuardedRoute, Visiting
from scheduler.web.pages.account.at_provider import going
from scheduler.web.pages.patient.event_form import asked_of, preview_page
from scheduler.web.problems import not_found
from scheduler.web.recording.authority import refuse_to_others
from scheduler.web.unsaved import keep_unsaved

router = APIRouter(route_class=GuardedRoute)


@router.post("/subjects/{subject}/sign")
def sign(visit: Visiting, subject: str) -> Response:
    """To the provider with what is to be signed, which waits here."""
    shown = visit.shown(subject)
    if not visit.who.at_provider:
        raise not_found()
    number = shown.subject.subject
    path = f"/subjects/{number}/sign"
    key = keep_unsaved(visit.server.store, visit.who.account.id, path, visit.form, visit.server.clock.now())
    if key is None:
        raise not_found()
    return going(visit, begin(visit, SIGN, key), said("Prove there once more who you are. Nothing is recorded yet."))


@router.get("/subjects/{subject}/signed/{key}")
def signed(visit: Visiting, subject: str, key: str) -> Response:
    """What is signed, as it stands now, with the button that records it."""
    mine = visit.server.store.unsaved_forms(visit.who.account.id, visit.server.clock.now())
    kept = next((each for each in mine if each.key == key and each.path.split("/")[2] == subject), None)
    if kept is None:
        raise not_found()
    asked = asked_of(visit, visit.shown(subject), kept.fields)
    entered = asked.entered(visit.server.clock.today(asked.shown.site.zone).isoformat())
    if entered.event is None:
        raise not_found()
    refuse_to_others(visit.who.account.role, asked.shown, entered.event)
    return preview_page(visit, asked, entered.event, proof=key)
