"""What waits for a person before one patient's calendar can go on: a decision, a resume, another booking, a missing record.

What is over is not here: a limit broken by doses that were given is a deviation, and belongs to that ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.deviations.assessed import NO_LONGER, with_assessments
from scheduler.calendar.deviations.order_of_trial import out_of_order
from scheduler.calendar.deviations.urgent_reports import UrgentReport, urgent_reports
from scheduler.calendar.engine.findings.holding.holds import last_day_of
from scheduler.calendar.engine.proposals.open_decisions import is_awaiting, waits_for
from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.because import Unknown
from scheduler.calendar.entries.deviation import Deviated
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, HeldPeriod, Kind, Pending, Status
from scheduler.calendar.entries.proposal import Proposal
from scheduler.findings import Finding, Severity
from scheduler.patient.dose_rules.unread.not_recorded import NO_VALUE
from scheduler.protocol.plan.study import Plan
from scheduler.said import SEMICOLONS, Code, Listed, Quoted, Said, Value, listed, own_words, said, said_of
from scheduler.views.coordinator.facts_to_record import facts_to_record
from scheduler.views.coordinator.randomisation_to_record import randomisation_to_record
from scheduler.views.coordinator.supply_to_look_at import supply_to_look_at
from scheduler.views.coordinator.values_to_take import values_to_take
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.views.patients import Patient
from scheduler.views.shapes.shape import Told

ELSEWHERE = (
    "no-record",
    "out-of-window",
    "held-too-long",
    "too-early",
    "beyond-limit",
    "entered-out-of-order",
    "not-randomised-in-time",
)
"""Findings that are told otherwise: as overdue, as a deviation, as the open hold itself, as a break of the trial's order, as
the randomisation to record."""

ASKED = ("start-not-recorded", "amount-asked", "rest-of-a-fraction")
"""Findings that ask for something about a dose that was given."""

OUT_OF_ORDER = "out-of-order"
"""A break of the order of a trial: such lines stand first."""

NOT_RECORDED = "whether "
"""How a reason begins that waits for a record: "whether toripalimab.3 was given"."""


def decisions_of(patient: Patient, on: date) -> Iterator[WorklistLine]:
    """Everything of one patient that waits for a person, on a day."""
    calendar = patient.calendar
    yield from _reports(patient, on)
    yield from _order_of_trial(patient)
    yield from _awaiting(calendar, on)
    yield from _holds(calendar, patient.plan, on)
    for finding in calendar.findings:
        told = finding.code in ELSEWHERE or finding.severity is Severity.NOTE
        if not told and (finding.code in ASKED or not _is_over(calendar, finding)):
            yield _of_finding(calendar, finding, on)
    for day, finding in calendar.findings_to_come:
        if day <= on:
            yield _of_finding(calendar, finding, on)
    yield from values_to_take(patient, on)
    yield from facts_to_record(patient, on)
    yield from randomisation_to_record(patient, on)
    yield from supply_to_look_at(patient, on)
    for pending in calendar.pending:
        if pending.kind is not Kind.PERIOD and _missing_records(pending):
            yield _of_pending(calendar, pending)


def _reports(patient: Patient, on: date) -> Iterator[WorklistLine]:
    """What the sponsor has to know within 24 hours and nobody has reported, with the time that is left."""
    for report in urgent_reports(patient.calendar, patient.course, patient.site.zone_on):
        if report.reported is None:
            left_days = (report.due - on).days
            subject = patient.calendar.subject or ""
            title = said("{what}: a report is due within 24 hours", what=report.what)
            to_do = _to_report(report, on)
            yield WorklistLine(
                subject, None, title, report.due, report.time, None, left_days, "report due", ("report-due",), to_do
            )


def _to_report(report: UrgentReport, on: date) -> Said:
    day = Code(f"{report.due}")
    by = (
        said("the end of {day}", day=day)
        if report.time is None
        else said("{day} {time}", day=day, time=Code(report.time))
    )
    number = Code(f"{report.number}")
    if on <= report.due:
        return said("report it to the sponsor by {by}, and record 'reported' with event {number}", by=by, number=number)
    return said(
        "report it at once: it was due by {by}, and record 'reported' with event {number}", by=by, number=number
    )


def _order_of_trial(patient: Patient) -> Iterator[WorklistLine]:
    """Each break of the order of a trial that nobody has assessed."""
    plan = patient.plan or patient.any_arm
    found = out_of_order(plan, patient.course) if plan is not None else ()
    for each in with_assessments(found, patient.course):
        if each.kind is Deviated.OUT_OF_ORDER and each.importance is None and each.what != NO_LONGER:
            about = each.entry or each.timeline
            title = said("{about}: {what}", about=Code(about), what=each.what) if about else each.what
            to_do = said("correct a date that is wrong; else report it, and record 'deviation assessed'")
            yield _line(patient.calendar, each.entry, title, each.date, "deviation", to_do, (OUT_OF_ORDER,))


def _awaiting(calendar: Calendar, on: date) -> Iterator[WorklistLine]:
    """Doses for which the protocol proposes something and nobody has decided; and what time alone has made it propose."""
    told: dict[str, Entry] = {}
    for entry in calendar.entries:
        before = told.get(entry.timeline)
        # What comes later hangs on the same decision: it is asked for once, for what is taken now, else for what comes next.
        if _waits(calendar, entry, on) and (before is None or _last_waiting(before) < on):
            told[entry.timeline] = entry
    for entry in told.values():
        says = _proposed(calendar, entry.timeline, on)
        to_do = _in_order(said("the investigator decides on the dose"), *says, _NOTHING_CHANGES)
        yield _line(calendar, _id_of(entry), entry.title, entry.date, Flag.AWAITING_DECISION.value, to_do)
    for proposal in proposals_on(calendar, on):
        if proposal.is_open and proposal.leads and proposal.treatment not in told:
            to_do = _in_order(said("the investigator decides"), _says(proposal), _NOTHING_CHANGES)
            title = said("{treatment}: {rule}", treatment=Code(proposal.treatment), rule=own_words(proposal.title))
            yield _line(calendar, proposal.id, title, proposal.raised, Flag.AWAITING_DECISION.value, to_do)


def _waits(calendar: Calendar, entry: Entry, on: date) -> bool:
    """True when the dose of the entry, or of one of its days, waits for a decision that is no order to resume."""
    if entry.status not in (Status.PLANNED, Status.DONE) or not is_awaiting(entry):
        return False
    decision = waits_for(calendar, entry, on)
    return decision is None or decision.hold is None


def _last_waiting(entry: Entry) -> date:
    """The last day that waits for the decision; of a dose that nobody gave it has not passed."""
    days = [run.last_date for run in entry.runs if Flag.AWAITING_DECISION in run.flags]
    return date.max if entry.status is Status.PLANNED or not days else days[-1]


_NOTHING_CHANGES = said("until then nothing is changed")


def _says(proposal: Proposal) -> Said:
    option = Said(proposal.options[0].words, context="option")
    return said("the protocol says: {option} [{proposal}]", option=option, proposal=Code(proposal.id))


def _in_order(*parts: Value) -> Listed:
    """What to do, one after the other."""
    return listed(*parts, how=SEMICOLONS)


def _proposed(calendar: Calendar, treatment: str, on: date) -> Iterator[Said]:
    """What the protocol has for a treatment that waits, the strictest alone, and by which proposal."""
    for proposal in proposals_on(calendar, on):
        if proposal.leads and proposal.treatment == treatment:
            yield _says(proposal)


def _holds(calendar: Calendar, plan: Plan | None, on: date) -> Iterator[WorklistLine]:
    """Every hold that nobody has ended, with the days held of the days that the protocol allows.

    A treatment that is over has nothing left to resume.
    """
    for hold in calendar.holds:
        if hold.start <= on and hold.resumed is None and (hold.ended is None or hold.ended > on):
            yield _of_hold(calendar, hold, last_day_of(plan, hold), on)


def _of_hold(calendar: Calendar, hold: HeldPeriod, last: date | None, on: date) -> WorklistLine:
    held = max(0, (on - (hold.missed or hold.start)).days)
    to_do = _in_order(_to_end(hold, held, last, on), *_waits_for(calendar, hold, on))
    return WorklistLine(
        subject=calendar.subject or "",
        entry=None,
        title=_title_of(hold),
        date=last,
        time=None,
        window=(hold.start, last) if last is not None else None,
        days_left=(last - on).days if last is not None else None,
        status=Status.HELD.value,
        flags=(),
        to_do=to_do,
    )


def _title_of(hold: HeldPeriod) -> Said:
    treatment, start = Code(hold.treatment), Code(f"{hold.start}")
    if not hold.reason:
        return said("{treatment} on hold since {start}", treatment=treatment, start=start)
    return said(
        "{treatment} on hold since {start} ({reason})", treatment=treatment, start=start, reason=Quoted(hold.reason)
    )


def _to_end(hold: HeldPeriod, held: int, last: date | None, on: date) -> Said:
    if last is None:
        return said("{held} days held: resume or discontinue", held=held)
    assert hold.missed is not None
    allowed = (last - hold.missed).days
    if last < on:
        return said(
            "{held} of {allowed} days held: the limit has passed, the investigator decides", held=held, allowed=allowed
        )
    return said(
        "{held} of {allowed} days held: resume by {day}, or discontinue",
        held=held,
        allowed=allowed,
        day=Code(f"{last}"),
    )


def _waits_for(calendar: Calendar, hold: HeldPeriod, on: date) -> Iterator[Value]:
    """What the rules behind a hold ask for before it ends."""
    behind = [proposal for proposal in calendar.proposals if {*proposal.decided_by} & {*hold.events}]
    earliest = max((each.earliest_resume for each in behind if each.earliest_resume is not None), default=None)
    if earliest is not None and earliest > on:
        yield said("earliest resume {day}", day=Code(f"{earliest}"))
    waits_for = dict.fromkeys(words for proposal in behind for words in proposal.resume_waits_for)
    yield from map(said_of, waits_for)


def _is_over(calendar: Calendar, finding: Finding) -> bool:
    """True when the finding's entry was done, was not done or is cancelled: nothing is left to decide there."""
    entry = calendar.entry(finding.entry) if finding.entry is not None else None
    return entry is not None and entry.status is not Status.PLANNED


def _of_finding(calendar: Calendar, finding: Finding, on: date) -> WorklistLine:
    entry = calendar.entry(finding.entry) if finding.entry is not None else None
    return WorklistLine(
        subject=calendar.subject or "",
        entry=_id_of(entry) if entry is not None else finding.entry,
        title=finding.told,
        date=entry.date if entry is not None else None,
        time=entry.clock if entry is not None else None,
        window=entry.window if entry is not None else None,
        days_left=(entry.window[1] - on).days if entry is not None and entry.window is not None else None,
        status=Flag.VALUE_NEEDED.value if finding.code == NO_VALUE else finding.severity.value,
        flags=(finding.code,),
        to_do=finding.what_to_do or said("look at it and put it right"),
    )


def _missing_records(pending: Pending) -> list[str]:
    return [
        reason.what
        for reason in pending.because.set_by
        if isinstance(reason, Unknown) and reason.what.startswith(NOT_RECORDED)
    ]


def _of_pending(calendar: Calendar, pending: Pending) -> WorklistLine:
    what = listed(*(Quoted(each, "en") for each in _missing_records(pending)), how=SEMICOLONS)
    to_do = said("it waits for a record: say {what}", what=what)
    return _line(calendar, pending.id, pending.title, None, "pending", to_do)


def _line(
    calendar: Calendar,
    entry: str | None,
    title: str | Told,
    day: date | None,
    status: str,
    to_do: Told,
    flags: tuple[str, ...] = (),
) -> WorklistLine:
    return WorklistLine(calendar.subject or "", entry, title, day, None, None, None, status, flags, to_do)


def _id_of(entry: Entry) -> str:
    return f"{entry.id}.1" if entry.kind is Kind.ORAL else entry.id
