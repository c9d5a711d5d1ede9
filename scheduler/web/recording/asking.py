"""What is asked before events are recorded, the same of pages, of programs and at an enrolment, and what lets them pass.

What is asked has to be seen: with its reasons a request says the digest of the list that they answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.asking import Question, Strength, as_if_answered, ask, digest_of
from scheduler.findings import Finding
from scheduler.patient.appending import spelled_out
from scheduler.patient.events import Event
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import said
from scheduler.site.site import EVERY_DAY, Site
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.server import Server
from scheduler.web.patients import Shown
from scheduler.web.showing.downloads import PATIENCE
from scheduler.web.stocks import handing_out

SAY_WHY = said("Nothing is recorded yet: this is asked first. Put it right; or say why it stands as it is.")
ASKED_ANEW = said("Nothing is recorded yet: it is no longer what you answered that is asked. Look at it again.")


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions about some events.

    ``digest`` tells this list from another; ``events`` are the events as they would stand with a reason for each.
    """

    questions: tuple[Question, ...]
    digest: str
    events: tuple[Event, ...]

    @property
    def refused(self) -> tuple[Question, ...]:
        """What no reason lets stand."""
        return tuple(each for each in self.questions if each.strength is Strength.REFUSED)

    @property
    def asked(self) -> tuple[Question, ...]:
        """What stands with a reason, also where the reason is given."""
        return tuple(each for each in self.questions if each.strength is Strength.ASKED)

    @property
    def is_open(self) -> bool:
        """True while a reason is missing, or none would help."""
        return any(each.is_open for each in self.questions)

    def is_of_another_list(self, confirm: str | None) -> bool:
        """True where reasons are given for another list than this. ``confirm`` is the digest of what was answered."""
        return confirm is not None and confirm != self.digest

    def lets_pass(self, confirm: str | None) -> bool:
        """True where the events may be recorded: nothing is open, and what was asked has been seen."""
        return not self.is_open and not self.is_of_another_list(confirm) and (confirm is not None or not self.asked)


def asked_about(visit: Visit, shown: Shown, events: Sequence[Event]) -> Asking:
    """What is asked before these events are recorded at the end of that patient's log, today at the site."""
    today = visit.server.clock.today(shown.site.zone)
    subject = shown.subject
    return _asked(
        visit.server, subject.subject, subject.enrolled_at, shown.version, shown.site, shown.log, events, today
    )


def asked_at_enrolment(visit: Visit, site: str, events: Sequence[Event]) -> Asking:
    """What is asked before these are the first events of a patient, under the newest version of the protocol.

    Of a site where this person sees nobody no closed days are told.
    """
    study = visit.server.patients.study()
    known = (study.site(site) if site in visit.sites() else None) or EVERY_DAY
    today = visit.server.clock.today(known.zone)
    return _asked(visit.server, "", site, study.newest, known, Log(), events, today)


def _asked(
    server: Server,
    subject: str,
    first_site: str | None,
    version: StudyVersion,
    site: Site,
    log: Log,
    events: Sequence[Event],
    today: date,
) -> Asking:
    longer, kept = log, []
    for event in events:
        kept.append(spelled_out(version, longer, event))
        longer = longer.append_unchecked(kept[-1])
    questions = ask(version, site, log, kept, today=today)
    questions += handing_out(server, PATIENCE).ask(subject, first_site, log, kept, today=today)
    return Asking(questions, digest_of(questions, log), as_if_answered(kept, questions))


def findings_by_field(asking: Asking) -> dict[str, tuple[Finding, ...]]:
    """What is refused, each beside its field of a form about one event, and all that is asked or said under ``""``."""
    found: dict[str, tuple[Finding, ...]] = {}
    for each in asking.questions:
        name = each.field.removeprefix("with.") if each.strength is Strength.REFUSED else ""
        found[name] = (*found.get(name, ()), each.finding)
    return found


def findings_of(questions: Sequence[Question]) -> tuple[Finding, ...]:
    """The same as findings."""
    return tuple(each.finding for each in questions)
