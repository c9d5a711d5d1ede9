"""Taking a patient into the study: the number, the site, and what is known on that day, all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scheduler.findings import Finding, Severity
from scheduler.patient.events import Event
from scheduler.store.recording import NUMBER, enrol
from scheduler.store.values import Act, Enrolment, Once, Record
from scheduler.web.guards.requests import Visit
from scheduler.web.request_log import tell


def what_is_wrong(visit: Visit, subject: str, site: str) -> Iterator[Finding]:
    """What speaks against a patient of that number at that site."""
    if not re.fullmatch(NUMBER, subject):
        hint = "letters, digits, hyphens and points, at most 40, such as EXP-007; never a name or initials"
        yield Finding("bad-subject", Severity.ERROR, "this is no number of a subject", hint)
    elif visit.server.store.subject(subject) is not None:
        yield Finding("subject-there", Severity.ERROR, f"there is a patient {subject} already", "give the next number")
    if site not in visit.sites():
        yield Finding("no-site", Severity.ERROR, "the site is missing", "choose where the patient comes")


def take_in(visit: Visit, subject: str, site: str, events: Sequence[Event], once: Once | None) -> tuple[Record, ...]:
    """Record it. Raises Refused when somebody else took the number meanwhile."""
    server = visit.server
    study = server.patients.study()
    act = Act(visit.who.who, server.clock.now())
    records = enrol(server.store, study, Enrolment(subject, site, study.newest.digest), events, act=act, once=once)
    tell("enrolled")
    return records
