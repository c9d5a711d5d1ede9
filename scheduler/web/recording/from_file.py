"""A list of events that somebody brings in a file: which patients it may be about, and what of it that person may record."""

from __future__ import annotations

from scheduler.findings import Finding, Severity
from scheduler.folder.rows.trying import Entrance, Standing
from scheduler.patient.events import Event
from scheduler.said import Code, Said, said
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.roles import TABLE, may_record, needs_signature
from scheduler.web.showing.downloads import PATIENCE
from scheduler.web.stocks import handing_out


def entrance_of(visit: Visit) -> Entrance:
    """What the rows are held against: the patients and sites that this person may see, and the authority of the role."""
    server = visit.server
    study, sites = server.patients.study(), frozenset(visit.sites())
    account = visit.who.account

    def known(number: str) -> Standing | None:
        subject = server.store.subject(number)
        if subject is None or not account.may_see(subject.site):
            return None
        shown = server.patients.shown(subject)
        return Standing(shown.version, shown.site, shown.log, subject.enrolled_at)

    def may(event: Event | None) -> Finding | None:
        return _refused(account.role, event)

    here = {each.name: each for each in study.sites if each.name in sites}
    return Entrance(known, study.newest, here, server.clock.today, may, lambda: handing_out(server, PATIENCE))


def _refused(role: str, event: Event | None) -> Finding | None:
    if event is None:
        if TABLE[("POST", "/enrol")].allows(role):
            return None
        return _finding("not-yours", said("your role does not take patients into the study"))
    override = event.override is not None
    label = Said(event.kind.label, (), None, "event")
    if needs_signature(event.kind, override):
        hint = said("an investigator records it by itself, with the password")
        return _finding("needs-signature", said("'{event}' is signed here", event=label), hint)
    if not may_record(role, event.kind, override):
        return _finding("not-yours", said("your role does not record '{event}'", event=label))
    return None


def _finding(code: str, what: Said, hint: Said | None = None) -> Finding:
    return Finding.of(code, Severity.ERROR, what, hint or said("leave it out, or ask somebody whose task it is"))


def number_of_rows(rows: int) -> Finding:
    """More rows than a page tries while somebody waits."""
    hint = said("at most {n} rows here: divide the file, or use the command line ({command})", n=rows, command=_COMMAND)
    return Finding.of("too-many-rows", Severity.ERROR, said("the file has too many rows"), hint)


_COMMAND = Code("scheduler import-events")
