"""What a coordinator has to look at on a day: who comes, which windows close, what has no record, what waits for a person.

An entry may be on two lists, which ask different things: a visit due today whose window closes today is on both.

- *due*: planned from today up to the last day looked ahead to.
- *closing*: not recorded yet, and the last allowed day is today or within the days looked ahead.
- *overdue*: the date has passed and nobody recorded anything. Attendances are never presumed. A day of tablets is, so of a
  cycle only the start can be overdue.
- *decisions*: what a person has to decide, correct or record before the calendar can go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from scheduler.calendar.engine.dosing.cycle_days import gives_on_day
from scheduler.calendar.engine.dosing.dose_in_force import doses_on, omitting
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.placing.by_version import place_by_version
from scheduler.calendar.engine.placing.place import place
from scheduler.calendar.engine.proposals.open_decisions import waits_for
from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Status
from scheduler.patient.replaying.begun_cycles import first_dosing_day
from scheduler.protocol.plan.dosing.give import Give, choice_in_short, in_short, unit_of
from scheduler.protocol.plan.study import Plan
from scheduler.said import Code, Listed, Said, Value, listed, said, said_as, text_of
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.activities_apart import activities_apart
from scheduler.views.coordinator.decisions import OUT_OF_ORDER, decisions_of
from scheduler.views.coordinator.worklist_line import COLUMNS, WorklistLine
from scheduler.views.days.attendance import needs_patient, with_tablets_of_its_day
from scheduler.views.days.presumed import is_as_needed
from scheduler.views.days.stretches import visits_of
from scheduler.views.patients import Patient, patient_on
from scheduler.views.shapes.shape import Shape
from scheduler.views.table import Table

AHEAD_DAYS = 7
"""How far a coordinator looks ahead: the week."""

Entries: TypeAlias = list[tuple[Patient, Entry]]

_TO_DO = {
    Kind.ORAL: said("start the cycle and record its first day"),
    Kind.INFUSION: said("give and record the infusion"),
    Kind.INJECTION: said("give and record the injection"),
    Kind.FRACTION: said("give and record the fraction"),
    Kind.SCAN: said("do and record the scan"),
    Kind.LABORATORY: said("take and record the tests"),
    Kind.CONTACT: said("call and record the contact"),
}

_AND = said_as("between the members of a list", " and ")
_OR = said_as("between the members of a list", " or ")


@dataclass(frozen=True, slots=True)
class Worklist(Shape):
    """The work of a day. An entry may be on two lists, which ask different things."""

    study: str
    """The study."""
    on: date
    """The day."""
    ahead_days: int
    """How many days it looks ahead."""
    due: tuple[WorklistLine, ...]
    """Planned from that day on."""
    closing: tuple[WorklistLine, ...]
    """Not recorded yet, and the window closes soon."""
    overdue: tuple[WorklistLine, ...]
    """The date has passed and nobody recorded anything."""
    decisions: tuple[WorklistLine, ...]
    """What a person has to decide, correct or record."""

    @property
    def lists(self) -> tuple[tuple[str, tuple[WorklistLine, ...]], ...]:
        """The four lists with their names, as the JSON has them."""
        return (
            ("due", self.due),
            ("closing", self.closing),
            ("overdue", self.overdue),
            ("decisions", self.decisions),
        )

    def table(self) -> Table:
        """All four lists as one, the list's name in the first column; what is due is told by today and later."""
        rows = tuple((self._name(name, line), *line.cells()) for name, lines in self.lists for line in lines)
        title = said("{study} worklist, {on}", study=Code(self.study), on=Code(f"{self.on}"))
        return Table(text_of(title), ("list", *COLUMNS), rows)

    def _name(self, name: str, line: WorklistLine) -> str:
        if name != "due":
            return name
        return "due today" if line.date == self.on else "due later"


def worklist(patients: Iterable[Patient], on: date, ahead_days: int = AHEAD_DAYS) -> Worklist:
    """The work of the day ``on``, with what is due or closes up to ``ahead_days`` later, each list by day and patient."""
    known = tuple(patient_on(each, on) for each in patients)
    ahead = on + timedelta(days=ahead_days)
    entries = [(each, _when_it_begins(each.plan, entry)) for each in known for entry in _open_entries(each.calendar)]
    return Worklist(
        study=known[0].calendar.study if known else "",
        on=on,
        ahead_days=ahead_days,
        due=_in_order(
            (*_due(entries, on, ahead), *(line for each in known for line in activities_apart(each, on, ahead)))
        ),
        closing=_in_order(_closing(entries, on, ahead)),
        overdue=_in_order(_overdue(entries, on)),
        decisions=_in_order(line for patient in known for line in decisions_of(patient, on)),
    )


def worklists_together(parts: Iterable[Worklist], study: str, on: date, ahead_days: int = AHEAD_DAYS) -> Worklist:
    """Worklists of single patients as one list. A patient's own is kept while nothing is recorded about the patient."""
    known = tuple(parts)
    return Worklist(
        study=study,
        on=on,
        ahead_days=ahead_days,
        due=_in_order(line for part in known for line in part.due),
        closing=_in_order(line for part in known for line in part.closing),
        overdue=_in_order(line for part in known for line in part.overdue),
        decisions=_in_order(line for part in known for line in part.decisions),
    )


def _open_entries(calendar: Calendar) -> Iterator[Entry]:
    """What asks for somebody and has no record: no periods, nothing done, not done or cancelled."""
    for entry in calendar.entries:
        # What is taken as needed has no day on which anybody has to begin it.
        doses = [dose for run in entry.runs for dose in run.doses] or entry.doses
        if _is_oral(entry) and doses and all(is_as_needed([dose]) for dose in doses):
            continue
        # Only the days of an infusion or injection have a status of their own.
        if entry.status is not Status.PLANNED and (_is_oral(entry) or not entry.runs):
            continue
        for visit in map(with_tablets_of_its_day, visits_of(entry)):
            if visit.status is Status.PLANNED and visit.date is not None and (needs_patient(visit) or _is_oral(visit)):
                yield visit


def _when_it_begins(plan: Plan | None, entry: Entry) -> Entry:
    """Tablets of days 8-14 in the cycle of another treatment are begun on day 8: on day 1 nobody has anything to record."""
    line = plan.timelines.get(entry.timeline) if plan is not None else None
    if line is None or line.follows is None or not entry.runs or entry.date is None:
        return entry
    later = entry.runs[0].first_date - entry.date
    if first_dosing_day(line, entry.counts_as) == 1 or not later:
        return entry
    window = entry.window and (entry.window[0] + later, entry.window[1] + later)
    return entry._replace(date=entry.date + later, window=window)


def _is_oral(entry: Entry) -> bool:
    return entry.kind is Kind.ORAL


def _due(entries: Entries, on: date, ahead: date) -> Iterator[WorklistLine]:
    for patient, entry in entries:
        if entry.date is not None and on <= entry.date <= ahead:
            yield _line(patient.calendar, entry, on, _to_do(patient.plan, entry))


def _closing(entries: Entries, on: date, ahead: date) -> Iterator[WorklistLine]:
    for patient, entry in entries:
        if entry.window is not None and on <= entry.window[1] <= ahead:
            to_do = _before_it_closes(_to_do(patient.plan, entry), entry.window[1], on)
            yield _line(patient.calendar, entry, on, to_do)


def _before_it_closes(to_do: Said, last: date, on: date) -> Said:
    if last == on:
        return said("the window closes today: {to_do}, or book another day inside it", to_do=to_do)
    return said("the window closes on {day}: {to_do}, or book another day inside it", day=Code(f"{last}"), to_do=to_do)


def _overdue(entries: Entries, on: date) -> Iterator[WorklistLine]:
    for patient, entry in entries:
        if entry.date is None or entry.date >= on:
            continue
        to_do = _to_record(patient.calendar, entry, on)
        if doses := _to_prescribe(patient.plan, entry):
            to_do = said(
                "{to_do}; before it is given or recorded as given, the investigator prescribes {doses}: record 'prescribed'",
                to_do=to_do,
                doses=doses,
            )
        yield _line(patient.calendar, entry, on, _with_dose_of_today(patient, entry, on, to_do))


def _with_dose_of_today(patient: Patient, entry: Entry, on: date, to_do: Said) -> Said:
    """What who starts a cycle on the day takes by the orders up to it, where its days are told with another dose.

    Nothing more on a day of a hold, or before a decision: then nobody starts it.
    """
    plan, calendar = patient.plan, patient.calendar
    if plan is None or not entry.runs or entry.id not in calendar.before_orders or waits_for(calendar, entry, on):
        return to_do
    held = [hold for hold in calendar.holds if hold.treatment == entry.timeline and hold.start <= on]
    if any(hold.over is None or on < hold.over for hold in held):
        return to_do
    ev = Evaluation(plan, EVERY_DAY, patient.course, place_by_version if plan.earlier else place)
    line = ev.place(plan.timelines[entry.timeline], entry.n).line if plan.earlier else plan.timelines[entry.timeline]
    if omitting(ev, line, on.toordinal()) is not None:
        return said("{to_do}; the drug is left out at its dose level now: nobody starts it", to_do=to_do)
    now, _ = doses_on(ev, line, entry.n, entry.runs[0].first_day, on.toordinal())
    if now == entry.runs[0].doses or len(now) != 1 or now[0].amount is None or now[0].needs:
        return to_do
    return said("{to_do}; who starts it now takes {dose}", to_do=to_do, dose=dose_in_words(now[0]))


def _to_record(calendar: Calendar, entry: Entry, on: date) -> Said:
    window, decision = entry.window, waits_for(calendar, entry, on)
    if decision is not None and decision.hold is not None:
        return said(
            "record it as done or not done; {treatment} is on hold since {day}: until it is resumed, nothing is given",
            treatment=Code(entry.timeline),
            day=Code(f"{decision.hold.start}"),
        )
    if decision is not None:
        return said("record it as done or not done; nothing is given before the decision")
    if window is None:
        return said("record it as done or not done")
    last = Code(f"{window[1]}")
    if window[1] >= on:
        return said("record it as done or not done, or book another day up to {day}", day=last)
    return said("record it as done or not done; the window closed on {day}", day=last)


def _to_do(plan: Plan | None, entry: Entry) -> Said:
    words = _TO_DO.get(entry.kind, said("see the patient and record the visit"))
    if doses := _to_prescribe(plan, entry):
        words = said(
            "the investigator prescribes {doses}: record 'prescribed', then {to_do}",
            doses=doses,
            to_do=words,
        )
    return said("{to_do}, after the decision", to_do=words) if Flag.AWAITING_DECISION in entry.flags else words


def _to_prescribe(plan: Plan | None, entry: Entry) -> Listed | None:
    """The drugs or courses of a dose that nobody has prescribed yet, each with what is chosen from; None where there are none."""
    line = plan.timelines.get(entry.timeline) if plan is not None else None
    if line is None or not any(give.prescribed for give in line.gives):
        return None
    days = [(run.first_day, run.doses) for run in entry.runs] or [(entry.day or 1, entry.doses)]
    choices = [
        _choice(give)
        for day, doses in days
        for give, dose in zip(gives_on_day(line, entry.counts_as, day), doses, strict=False)
        if give.prescribed and dose.amount is None and not dose.needs
    ]
    return listed(*dict.fromkeys(choices), how=_AND) if choices else None


def _choice(give: Give) -> Value:
    """carboplatin (AUC 5-6); drug (175 mg or 263 mg); a drug alone, where the protocol leaves its amount to the prescriber."""
    if give.amount is None:
        return Code(give.name)
    return said("{drug} ({range})", drug=Code(give.name), range=_range(give, give.amount))


def _range(give: Give, lowest: Decimal) -> Value:
    unit = unit_of(give)
    if give.offered:
        return listed(*(Code(in_short(each, unit)) for each in give.offered), how=_OR)
    return Code(in_short(lowest, unit) if give.high is None else choice_in_short(give))


def _line(calendar: Calendar, entry: Entry, on: date, to_do: Said) -> WorklistLine:
    return WorklistLine(
        subject=calendar.subject or "",
        entry=_id_of(entry),
        title=entry.title,
        date=entry.date,
        time=entry.clock,
        window=entry.window,
        days_left=(entry.window[1] - on).days if entry.window is not None else None,
        status=entry.status.value,
        flags=tuple(flag.value for flag in entry.flags),
        to_do=to_do,
    )


def _id_of(entry: Entry) -> str:
    """The id that the calendar has for it: of a cycle, that of its first dosing day."""
    if entry.runs:
        return f"{entry.id}.{entry.runs[0].first_day}"
    return f"{entry.id}.1" if _is_oral(entry) else entry.id


def _in_order(lines: Iterable[WorklistLine]) -> tuple[WorklistLine, ...]:
    """By day, then by time and patient; what has no date comes last. A break of the order of a trial stands first."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                OUT_OF_ORDER not in line.flags,
                line.date is None,
                line.date or date.max,
                line.time or "",
                line.subject,
                line.entry or "",
            ),
        )
    )
