"""What the page of one patient shows, worked out before any template: the same for every reader, so it is made once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup as Safe

from scheduler.calendar.comparing.change import Change
from scheduler.calendar.comparing.consequences import decision_on
from scheduler.calendar.comparing.whatif import compare
from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.entry import Kind, Status
from scheduler.calendar.entries.proposal import Proposal, State
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.exports.month_sheets import month_sheets
from scheduler.exports.picture.drawing import picture, strips
from scheduler.findings import Finding, Severity
from scheduler.folder.closed import closed_days
from scheduler.patient.dose_rules.options import Option
from scheduler.patient.events import Corrected, Event, Struck
from scheduler.patient.log import families
from scheduler.views.days.spelled_out import DayEntry, in_runs
from scheduler.views.reasons import reasons_of
from scheduler.views.table_of_dates import Say, in_order_of_days
from scheduler.web.patients import Shown
from scheduler.web.showing.rendering import as_it_is

_NEXT_DAYS = 4
_LOOKED_BACK = timedelta(days=21)
_LOOKED_AHEAD = timedelta(days=70)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a proposal, with what it would change on the calendar."""

    option: Option
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal with its options and the words of the events that it rests on."""

    proposal: Proposal
    choices: tuple[Choice, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of dates."""

    of: DayEntry
    why: tuple[str, ...]
    since: str | None

    @property
    def is_open(self) -> bool:
        """True when somebody still has to record what became of it."""
        return self.of.status is Status.PLANNED and self.of.is_visit and self.of.date is not None


@dataclass(frozen=True, slots=True)
class Parts:
    """The calendar of one patient in the parts that the page shows."""

    coming: tuple[tuple[date, tuple[DayEntry, ...]], ...]
    picture: Safe
    strips: Safe
    months: Safe
    earlier: tuple[Line, ...]
    around: tuple[Line, ...]
    later: tuple[Line, ...]
    periods: tuple[Line, ...]
    pending: tuple[tuple[object, tuple[str, ...]], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the log in words.

    ``stands``: it is in force. ``by`` are those that corrected or struck it, ``about`` is the one that it corrects or strikes.
    """

    number: int
    event: Event
    words: str
    stands: bool
    by: tuple[int, ...]
    about: int | None

    @property
    def can_be_changed(self) -> bool:
        """True when it can be corrected or struck: it says something, and that is in force."""
        return self.stands and not isinstance(self.event, Struck)


def calendar_parts(shown: Shown, today: date) -> Parts:
    """The calendar as the page shows it on a day."""
    calendar = shown.patient.calendar
    say = reasons_of(calendar)
    closed = closed_days(shown.site)
    lines = in_order_of_days(in_runs(calendar))
    dated = [_line(line, say, today) for line in lines if line.kind is not Kind.PERIOD]
    first, last = today - _LOOKED_BACK, today + _LOOKED_AHEAD
    return Parts(
        coming=tuple(_coming(lines, today)),
        picture=as_it_is(picture(calendar, closed, today)),
        strips=Safe("").join(as_it_is(strip) for strip in strips(calendar, closed, today)),
        months=as_it_is(month_sheets(calendar, closed, today)),
        earlier=tuple(line for line in dated if line.of.date is not None and _last(line.of) < first),
        around=tuple(
            line for line in dated if line.of.date is None or (line.of.date <= last and _last(line.of) >= first)
        ),
        later=tuple(line for line in dated if line.of.date is not None and line.of.date > last),
        periods=tuple(_line(line, say, today) for line in lines if line.kind is Kind.PERIOD),
        pending=tuple((each, say(each.because)) for each in calendar.pending),
        findings=_worst_first(calendar.findings),
    )


def _last(line: DayEntry) -> date:
    return line.until or line.date or date.max


def _worst_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    order = list(Severity)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))


def _line(line: DayEntry, say: Say, today: date) -> Line:
    since = None
    if line.status is Status.PLANNED and line.date is not None and _last(line) < today:
        since = "presumed taken" if line.kind is Kind.ORAL else "not recorded"
    return Line(line, tuple(say(line.because)), since)


def _coming(lines: list[DayEntry], today: date) -> Iterator[tuple[date, tuple[DayEntry, ...]]]:
    due = [
        line for line in lines if line.is_visit and line.status is Status.PLANNED and line.date and line.date >= today
    ]
    for number, (day, parts) in enumerate(groupby(due, key=lambda line: line.date or today)):
        if number == _NEXT_DAYS:
            return
        yield day, tuple(parts)


def proposals_of(shown: Shown, today: date) -> tuple[Proposed, ...]:
    """The proposals that stand on a day: the open ones with what each option would change, then the decided ones."""
    found = sorted(proposals_on(shown.patient.calendar, today), key=lambda each: (not each.is_open, not each.leads))
    return tuple(_proposed(shown, each, today) for each in found if each.state is not State.CONTINUE)


def _proposed(shown: Shown, proposal: Proposal, today: date) -> Proposed:
    words = tuple(
        f"event {number}: {what_happened(record.event)}"
        for number in proposal.events
        if (record := shown.log.record(number)) is not None
    )
    options = proposal.options if proposal.is_open else ()
    return Proposed(proposal, tuple(Choice(each, changes_by(shown, proposal, each, today)) for each in options), words)


def changes_by(shown: Shown, proposal: Proposal, option: Option, today: date) -> tuple[Change, ...]:
    """What would change if that option were decided today."""
    decision = decision_on(shown.log, proposal, option, max(today, proposal.raised))
    longer = shown.log.append_unchecked(decision)
    after = calendar_of(shown.version, shown.site, longer, subject=shown.subject.subject)
    return compare(shown.version, shown.patient.calendar, after).changes


def history_of(shown: Shown) -> tuple[Told, ...]:
    """All events of the log in words, the newest first."""
    stands: dict[int, bool] = {}
    by: dict[int, tuple[int, ...]] = {}
    for family in families(shown.log):
        struck = family.struck()
        latest = family.latest().number
        for record in (family.first, *family.amendments):
            is_text = not isinstance(record.event, Struck)
            stands[record.number] = record.number not in struck and (not is_text or record.number == latest)
            by[record.number] = tuple(
                other.number
                for other in family.amendments
                if other.number != record.number and _about(other.event) == record.number
            )
        if family.first.number in struck:
            stands |= {
                record.number: False
                for record in (family.first, *family.amendments)
                if isinstance(record.event, Corrected)
            }
    return tuple(
        Told(
            record.number,
            record.event,
            what_happened(record.event),
            stands.get(record.number, True),
            by.get(record.number, ()),
            _about(record.event),
        )
        for record in reversed(shown.log.records)
    )


def _about(event: Event) -> int | None:
    return event.number if isinstance(event, Corrected | Struck) else None
