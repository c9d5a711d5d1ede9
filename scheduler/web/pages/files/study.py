"""Setting up: what is still to be done before the first patient, and adding an amendment or a site from its file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.calendar.comparing.amendment import what_an_amendment_would_change
from scheduler.calendar.comparing.change import Change
from scheduler.calendar.comparing.whatif import what_other_days_would_change
from scheduler.errors import InvalidText, Refused
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.trying.adding import Added, read_added
from scheduler.said import Said, said
from scheduler.store.values import Act, ProtocolSource
from scheduler.views.chart.naming import Names, names_of
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.pages.files.steps import steps_of
from scheduler.web.patients import Shown
from scheduler.web.problems import not_allowed
from scheduler.web.recording.once import redirect
from scheduler.web.request_log import tell

router = APIRouter(route_class=GuardedRoute)

NO_FILE = said("No file was chosen. Nothing is added.")
MEANWHILE = said("Somebody changed the study meanwhile. Nothing is added yet: look at it again.")


@dataclass(frozen=True, slots=True)
class Moved:
    """One patient whose calendar would be another, every difference, and what people call what has an id."""

    subject: str
    changes: tuple[Change, ...]
    names: Names


@router.get("/setup")
def page(visit: Visiting) -> Response:
    """The list of what is to be done, and the form for a file."""
    return _page(visit, added=visit.request.query_params.get("added", "")[:100] or None)


@router.post("/setup/look")
def look(visit: Visiting) -> Response:
    """All that is to say about the file, and what it would change for the patients. Nothing is added."""
    try:
        name, text = _file(visit)
    except InvalidText as error:
        return _page(visit, findings=error.findings)
    if not text:
        return _page(visit, wrong=NO_FILE)
    return _looked(visit, name, text)


@router.post("/setup/add")
def add(visit: Visiting) -> Response:
    """Add it, as it was looked at."""
    name, text = _file(visit)
    if visit.form.get("confirm") != _digest(visit, text):
        return _looked(visit, name, text, MEANWHILE, 409)
    server = visit.server
    act = Act(visit.who.who, server.clock.now(), visit.form.get("reason", "").strip()[:2000] or None)
    try:
        found = read_added(text, server.patients.study(), name=name)
        _refuse_to_others(visit, found)
        if isinstance(found.source, ProtocolSource):
            server.store.add_protocol(found.source, act)
        else:
            server.store.add_site(found.source, act)
    except (InvalidText, Refused) as error:
        return _page(visit, findings=error.findings, text=text)
    tell("recorded", kind="a text of the study")
    return redirect(f"/setup?added={quote(found.name)}").as_response()


def _looked(visit: Visit, name: str, text: str, wrong: Said | None = None, status: int = 200) -> Response:
    try:
        found = read_added(text, visit.server.patients.study(), name=name)
    except InvalidText as error:
        return _page(visit, findings=error.findings, text=text)
    _refuse_to_others(visit, found)
    moved = [each for each in (_moved(visit, shown, found) for shown in _patients(visit, found)) if each.changes]
    return visit.page(
        "setup_look.html",
        status=status,
        found=found,
        name=name,
        text=text,
        lines=text.splitlines(),
        confirm=_digest(visit, text),
        moved=moved,
        wrong=wrong,
    )


def _refuse_to_others(visit: Visit, found: Added) -> None:
    """Raises Problem where it would change what this person does not look after: all sites, or this one."""
    account = visit.who.account
    mine = account.sites is None or (found.replaces is not None and account.may_see(found.replaces.name))
    if not mine:
        raise not_allowed()


def _patients(visit: Visit, found: Added) -> list[Shown]:
    """Whom it may concern: for a site, those who come there; a new site moves nobody."""
    if found.site is not None and found.replaces is None:
        return []
    return [visit.server.patients.shown(each) for each in visit.subjects()]


def _moved(visit: Visit, shown: Shown, found: Added) -> Moved:
    number, names = shown.subject.subject, names_of(shown.patient)
    if found.version is not None:
        today = visit.server.clock.today(shown.site.zone)
        changed = what_an_amendment_would_change(shown.version, shown.site, shown.log, found.version, today, number)
        return Moved(number, changed.comparison.changes, names)
    other = found.study.site_of(shown.subject, shown.log)
    return Moved(
        number, what_other_days_would_change(shown.version, shown.site, other, shown.log, number).changes, names
    )


def _digest(visit: Visit, text: str) -> str:
    """What was looked at: the text, beside the study as it was then."""
    return hashlib.sha256(f"{visit.server.store.of_the_study()}\n{text}".encode()).hexdigest()


def _file(visit: Visit) -> tuple[str, str]:
    """The file that was chosen, or the text that the page carries since it was. Raises InvalidText for one not in UTF-8."""
    chosen = visit.files.get("file")
    if chosen is None or not chosen.data:
        return visit.form.get("name", "")[:100] or "file", visit.form.get("text", "").replace("\r\n", "\n")
    try:
        text = chosen.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        place, hint = Place(chosen.name, 1, 1), said("save it as UTF-8")
        what = said("this is no text in UTF-8")
        raise InvalidText([Finding.of("not-utf-8", Severity.ERROR, what, hint, place)]) from None
    return chosen.name, text.replace("\r\n", "\n")


def _page(
    visit: Visit,
    *,
    findings: Sequence[Finding] = (),
    text: str = "",
    wrong: Said | None = None,
    added: str | None = None,
) -> Response:
    return visit.page(
        "setup.html",
        status=422 if findings or wrong else 200,
        steps=steps_of(visit),
        findings=findings,
        lines=text.splitlines(),
        wrong=wrong,
        added=added,
        everywhere=visit.who.account.sites is None,
    )
