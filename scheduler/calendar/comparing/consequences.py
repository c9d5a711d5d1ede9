"""What each option of a proposal would do to the calendar, before anybody decides."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.comparing.whatif import Comparison, compare
from scheduler.calendar.entries.proposal import Proposal
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.dose_rules.so_far.options import Option
from scheduler.patient.events import Decided
from scheduler.patient.log import Log, in_force
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site


def consequences(
    version: StudyVersion,
    site: Site,
    log: Log,
    proposal: Proposal,
    option: Option,
    subject: str | None = None,
    until: date | None = None,
    on: date | None = None,
) -> Comparison:
    """The calendar with this option decided, beside the one without, and every difference.

    ``on`` is the day of the decision: without it, the last day that the log speaks of, or the proposal's own where that is later.
    """
    decision = decision_on(log, proposal, option, on)
    before = calendar_of(version, site, log, subject=subject, until=until)
    after = calendar_of(version, site, log.append_unchecked(decision), subject=subject, until=until)
    return compare(version, before, after)


def decision_on(log: Log, proposal: Proposal, option: Option, on: date | None = None) -> Decided:
    """The event that would choose an option."""
    day = on or max((proposal.raised, *(fact.event.on for fact in in_force(log))))
    return Decided(on=day, proposal=proposal.id, action=option.words)
