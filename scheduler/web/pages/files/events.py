"""Many at once: a list of patients and events from a file, each row tried first, then all of it recorded or nothing."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from scheduler.errors import Conflict, InvalidText, Refused
from scheduler.exports.told import table_in
from scheduler.findings import Finding
from scheduler.folder.rows.grid import Grid, read_grid
from scheduler.folder.rows.records import ENROLLED
from scheduler.folder.rows.taking import record_trial, refuse_again
from scheduler.folder.rows.templates import template_of
from scheduler.folder.rows.trying import Outcome, Trial, try_rows
from scheduler.patient.events.kind import EventKind
from scheduler.said import Said, said
from scheduler.source.node import Data
from scheduler.store.values import Act, Kind, Record
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import TABLE, needs_signature
from scheduler.web.pages.files.one_at_a_time import one_at_a_time
from scheduler.web.problems import Problem, not_found
from scheduler.web.recording.event_kinds import groups_for
from scheduler.web.recording.from_file import entrance_of, number_of_rows
from scheduler.web.recording.once import Answer, Sent, kept, once, redirect, sent_by_form
from scheduler.web.request_log import tell
from scheduler.web.showing.downloads import Form, list_as_file

router = APIRouter(route_class=GuardedRoute)

MOST_ROWS = 1_000
LARGEST = 600_000
"""Bytes of a file that goes back and forth with its page."""

NO_FILE = said("No file was chosen. Nothing is recorded.")
MEANWHILE = said("Somebody recorded something meanwhile. Nothing of yours is recorded yet: look at it again.")
NOT_ALL = said("Nothing is recorded yet: some rows cannot be recorded as they are.")


@router.get("/import")
def ask(visit: Visiting, done: int = 0) -> Response:
    """Choose a file, or take an empty one for a kind of event."""
    return _form(visit, done=_imported(visit, done))


@router.get("/import/template.{form}")
def template(visit: Visiting, form: Form, kind: Annotated[str, Query(max_length=60)] = ENROLLED) -> Response:
    """An empty list for a kind of event; as a workbook with what each column means."""
    tables = template_of(kind)
    if tables is None:
        raise not_found()
    to_fill_in, columns = tables
    return list_as_file(form, f"{kind}-list", to_fill_in, to_fill_in, table_in(columns, visit.language))


@router.post("/import/look")
def look(visit: Visiting) -> Response:
    """What would become of each row. Nothing is recorded."""
    name, data = _file(visit)
    if not data:
        return _form(visit, wrong=NO_FILE)
    try:
        with one_at_a_time():
            return _page(visit, _tried(visit, name, data), data)
    except InvalidText as error:
        return _form(visit, findings=error.findings)


@router.post("/import/record")
def record(visit: Visiting) -> Response:
    """Record every row, or nothing."""
    sent = sent_by_form(visit)
    return once(visit, sent, lambda: _record(visit, sent))


def _record(visit: Visit, sent: Sent | None) -> Response:
    name, data = _file(visit)
    try:
        with one_at_a_time():
            trial = _tried(visit, name, data)
            if trial.digest != visit.form.get("confirm"):
                return _page(visit, trial, data, MEANWHILE, 409)
            if not trial.accepts:
                return _page(visit, trial, data, NOT_ALL, 422)
            server = visit.server
            act = Act(visit.who.who, server.clock.now())
            records = record_trial(server.store, server.patients.study(), trial, act, once=kept(sent, _done))
    except InvalidText as error:
        return _form(visit, findings=error.findings)
    except Conflict:
        with one_at_a_time():
            return _page(visit, _tried(visit, name, data), data, MEANWHILE, 409)
    except Refused as error:
        return _form(visit, findings=error.findings)
    tell("recorded", kind=f"{len(records)} records of a file")
    return _done(records).as_response()


def _done(records: Sequence[Record]) -> Answer:
    return redirect(f"/import?done={records[0].number}")


def _imported(visit: Visit, number: int) -> dict[str, Data] | None:
    """What the record says of a file that this person imported."""
    head = visit.server.store.head().number
    found = next(iter(visit.server.store.records(after=number - 1)), None) if 0 < number <= head else None
    if found is None or found.kind != Kind.FILE_IMPORTED or found.who.id != visit.who.account.id:
        return None
    said: dict[str, Data] = json.loads(found.body)
    return said


def _tried(visit: Visit, name: str, data: bytes) -> Trial:
    grid = read_grid(data, name=name)
    _not_too_many(grid)
    refuse_again(visit.server.store, grid)
    return try_rows(grid, entrance_of(visit))


def _not_too_many(grid: Grid) -> None:
    if len(grid.rows) > MOST_ROWS:
        raise InvalidText([number_of_rows(MOST_ROWS)])


def _file(visit: Visit) -> tuple[str, bytes]:
    """The file that was chosen, or that the page carries since it was."""
    chosen = visit.files.get("file")
    if chosen is not None and chosen.data:
        if len(chosen.data) > LARGEST:
            text = said("At most {n} bytes: divide the file, or use the command line.", n=LARGEST)
            raise Problem(413, "too-large", said("The file is too large"), text)
        return chosen.name, chosen.data
    try:
        data = base64.b64decode(visit.form.get("content", ""), validate=True)
    except (binascii.Error, ValueError):
        data = b""
    return visit.form.get("name", "")[:100] or "file", data


def _form(
    visit: Visit,
    *,
    findings: Sequence[Finding] = (),
    wrong: Said | None = None,
    done: dict[str, Data] | None = None,
) -> Response:
    return visit.page(
        "import.html",
        status=422 if findings or wrong else 200,
        findings=findings,
        wrong=wrong,
        done=done,
        kinds=_kinds(visit),
        enrols=TABLE[("POST", "/enrol")].allows(visit.who.account.role),
        most=MOST_ROWS,
    )


def _kinds(visit: Visit) -> tuple[EventKind, ...]:
    """What this person may record from a file: what is signed is recorded by itself."""
    groups = groups_for(visit.who.account.role)
    return tuple(kind for group in groups for kind in group.kinds if not needs_signature(kind))


def _page(visit: Visit, trial: Trial, data: bytes, wrong: Said | None = None, status: int = 200) -> Response:
    open_rows = [each for each in trial.rows if each.outcome is not Outcome.ACCEPTED]
    return visit.page(
        "import_rows.html",
        status=status,
        trial=trial,
        open_rows=open_rows,
        accepted=[each for each in trial.rows if each.outcome is Outcome.ACCEPTED],
        counts=[(each, trial.number(each)) for each in Outcome],
        content=base64.b64encode(data).decode("ascii"),
        wrong=wrong,
    )
