"""Taking a patient into the study: the number, the site, and what is known on that day, all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scheduler.findings import Finding, Severity
from scheduler.patient.events import Event
from scheduler.said import Code, said
from scheduler.store.checked_recording import NUMBER, enrol
from scheduler.store.values import Act, Enrolment, Once, Record
from scheduler.web.guards.requests import Visit
from scheduler.web.request_log import tell


def what_is_wrong(visit: Visit, subject: str, site: str) -> Iterator[Finding]:
    """What speaks against a patient of that number at that site."""
    if not re.fullmatch(NUMBER, subject):
        hint = said("letters, digits, hyphens and points, at most 40, such as EXP-007; never a name or initials")
        yield Finding.of("bad-subject", Severity.ERROR, said("this is no number of a subject"), hint)
    elif visit.server.store.subject(subject) is not None:
        what = said("there is a patient {subject} already", subject=Code(subject))
        yield Finding.of("subject-there", Severity.ERROR, what, said("give the next number"))
    if site not in visit.sites():
        yield Finding.of("no-site", Severity.ERROR, said("the site is missing"), said("choose where the patient comes"))


def next_numbers(visit: Visit) -> tuple[str, ...]:
    """The next free number of each series that the patients here have: EXP-006 after EXP-005. No series is begun."""
    series: dict[str, str] = {}
    for each in visit.subjects():
        found = re.fullmatch(r"(.*?)([0-9]{1,9})", each.subject)
        if found is not None and int(found[2]) >= int(series.get(found[1], "0")):
            series[found[1]] = found[2]
    return tuple(_free(visit, start, last) for start, last in sorted(series.items()))


def _free(visit: Visit, start: str, last: str) -> str:
    """Past the numbers of patients whom this person does not see, too: nobody can take one of these."""
    number = int(last) + 1
    while visit.server.store.subject(found := f"{start}{number:0{len(last)}}") is not None:
        number += 1
    return found


def take_in(visit: Visit, subject: str, site: str, events: Sequence[Event], once: Once | None) -> tuple[Record, ...]:
    """Record it. Raises Refused when somebody else took the number meanwhile."""
    server = visit.server
    study = server.patients.study()
    act = Act(visit.who.who, server.clock.now())
    records = enrol(server.store, study, Enrolment(subject, site, study.newest.digest), events, act=act, once=once)
    tell("enrolled")
    return records
