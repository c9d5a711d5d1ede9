"""What one patient is in the data sets: rows that the views and the calendar tell, and nothing worked out anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.entries.because import After, Because, Closed, Event, Reason
from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Kind, Pending, Run, Status
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_by
from scheduler.cohorts.schema import COLUMNS, DataSet
from scheduler.identity import Memo
from scheduler.patient.log import Log
from scheduler.patient.replaying.replay import replay
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from scheduler.views.days.attendance import needs_patient, with_tablets_of_its_day
from scheduler.views.days.lengths import minutes_of
from scheduler.views.days.presumed import is_as_needed
from scheduler.views.days.stretches import visits_of
from scheduler.views.looking_back.exposure import in_tenths
from scheduler.views.patients import Patient, patient_on, patient_with
from scheduler.views.pharmacy.dispensing import lines_of_patient
from scheduler.views.pharmacy.open_decisions import marked_where_undecided
from scheduler.views.reasons import reasons_of

Row: TypeAlias = tuple[object, ...]
"""One row without the subject's number, in the order of the schema's columns."""

Words: TypeAlias = dict[object, str]
"""Reasons in words, by what they are."""

_NAMES = [column.name for column in COLUMNS[DataSet.CALENDARS]]
_DATE, _LAST, _TO_DO = map(_NAMES.index, ("date", "window_last", "to_do"))

PENDING = "pending"
"""The status of what nobody can date yet."""


def rows_of(
    version: StudyVersion,
    site: Site,
    log: Log,
    data_sets: frozenset[DataSet],
    on: date | None = None,
    words: Words | None = None,
) -> Mapping[DataSet, list[Row]]:
    """The rows of one patient.

    ``on`` is the day of the ledger of deviations, and the last day that exposure counts; without it the ledger is by the log
    alone, and exposure counts up to the day of the log's last event. ``words`` are those of reasons that were told before, of any
    patient of the study; what is told now comes to them.
    """
    course = replay(log)
    plan = plan_for(version, course)
    # One calendar for all four: what is marked on it as waiting for a decision is no part of what was received.
    calendar = calendar_by(version, plan, site, log, course, subject="")
    marked = calendar_on(calendar, None)
    found: dict[DataSet, list[Row]] = {}
    if DataSet.CALENDARS in data_sets:
        found[DataSet.CALENDARS] = list(_of_calendar(calendar_on(marked, on), {} if words is None else words))
    if DataSet.DISPENSING in data_sets:
        patient = patient_with(calendar, version, plan, site, course)
        found[DataSet.DISPENSING] = list(_of_dispensing(patient, on))
    if DataSet.DEVIATIONS in data_sets:
        found[DataSet.DEVIATIONS] = list(_of_deviations(version, site, log, marked, on))
    if DataSet.EXPOSURE in data_sets:
        found[DataSet.EXPOSURE] = list(_of_exposure(version, site, log, calendar, on))
    return found


def reach_of(rows: Iterable[Row]) -> tuple[int, int]:
    """How many days before the end of its window, and after it, anything to do in a calendar stands at most."""
    early = late = 0
    for row in rows:
        day, last = row[_DATE], row[_LAST]
        if row[_TO_DO] and isinstance(day, date) and isinstance(last, date):
            early, late = max(early, (last - day).days), max(late, (day - last).days)
    return early, late


class _Told:
    """Tells the reasons and doses of one calendar, each in its own words once, however many entries have it.

    ``words`` has those that are the same in every calendar, from patient to patient.
    """

    def __init__(self, calendar: Calendar, words: Words) -> None:
        self._say, self._version, self._words = reasons_of(calendar), calendar.version, words
        self._kinds = calendar.event_kinds
        self._own: dict[int, str] = {}
        self._doses: Memo[tuple[Dose, ...], str] = Memo()
        # Of who moved from one version to another, a sentence may stand in either.
        self._of_all: tuple[type, ...] = (After, Closed) if calendar.earlier_clauses else (After, Closed, Clause)

    def of(self, because: Because) -> str | None:
        """All that set a date, dose or status, as lists tell it."""
        return " ".join(dict.fromkeys(map(self._in_words, because.set_by))) or None

    def doses(self, doses: tuple[Dose, ...]) -> str | None:
        """Doses as lists tell them."""
        return self._doses.of(doses, lambda: "; ".join(f"{dose}{dose.over_time}" for dose in doses)) if doses else None

    def _in_words(self, reason: Reason) -> str:
        # The calendar keeps its reasons, so that no two of them are ever in the same place.
        words = self._own.get(id(reason))
        if words is None:
            words = self._own[id(reason)] = self._told(reason)
        return words

    def _told(self, reason: Reason) -> str:
        key = self._alike(reason)
        words = self._words.get(key) if key is not None else None
        if words is None:
            words = " ".join(map(str, self._say(Because((reason,)))))
            if key is not None:
                self._words[key] = words
        return words

    def _alike(self, reason: Reason) -> object:
        """What reasons of any calendar have in common that are told in the same words; None for one that stands alone."""
        if type(reason) is Event:
            return (Event, reason.number, self._kinds.get(reason.number))
        return (self._version, type(reason), reason) if type(reason) in self._of_all else None


def _of_calendar(calendar: Calendar, words: Words) -> Iterator[Row]:
    told = _Told(calendar, words)
    for entry in calendar.entries:
        needed = _somebody_begins_it(entry)
        for visit in map(with_tablets_of_its_day, visits_of(entry)):
            yield _of_entry(calendar, visit, needed, told)
    for pending in calendar.pending:
        yield _of_pending(calendar, pending, told)


def _somebody_begins_it(entry: Entry) -> bool:
    """False where nothing is to be seen to: it has a record, or is taken as needed and begins on no day."""
    oral = entry.kind is Kind.ORAL
    doses = [dose for run in entry.runs for dose in run.doses] or entry.doses
    if oral and doses and all(is_as_needed([dose]) for dose in doses):
        return False
    return entry.status is Status.PLANNED or (bool(entry.runs) and not oral)


def _of_entry(calendar: Calendar, entry: Entry, needed: bool, told: _Told) -> Row:
    first, last = entry.window or (None, None)
    dose = entry.dose
    attended = needs_patient(entry)
    planned = entry.status is Status.PLANNED and entry.date is not None
    return (
        calendar.arm,
        calendar.version,
        entry.id,
        entry.timeline,
        entry.n,
        entry.kind.value,
        entry.title,
        entry.status.value,
        entry.date,
        entry.clock,
        entry.ideal,
        first,
        last,
        calendar.study_day(entry.date) if entry.date is not None else None,
        entry.cycle,
        told.doses(entry.doses),
        dose.amount if dose is not None else None,
        dose.unit if dose is not None else None,
        dose.level if dose is not None else None,
        [_of_run(run, told) for run in entry.runs] if entry.runs else None,
        entry.resource,
        minutes_of(entry, calendar),
        "; ".join(entry.activities) or None,
        "; ".join(flag.value for flag in entry.flags) or None,
        attended,
        needed and planned and (attended or entry.kind is Kind.ORAL),
        told.of(entry.because),
        entry.because.latest,
    )


def _of_run(run: Run, told: _Told) -> dict[str, object]:
    return {
        "first_day": run.first_day,
        "last_day": run.last_day,
        "first_date": run.first_date,
        "last_date": run.last_date,
        "doses": told.doses(run.doses),
        "status": run.status.value,
        "reasons": told.of(run.because),
    }


def _of_pending(calendar: Calendar, pending: Pending, told: _Told) -> Row:
    first, last = pending.window or (pending.not_before, None)
    said: dict[str, object] = {
        "arm": calendar.arm,
        "version": calendar.version,
        "entry": pending.id,
        "timeline": pending.timeline,
        "kind": pending.kind.value,
        "title": pending.title,
        "status": PENDING,
        "window_first": first,
        "window_last": last,
        "attended": False,
        "to_do": False,
        "reasons": " ".join(filter(None, (pending.rule, told.of(pending.because)))) or None,
        "last_event": pending.because.latest,
    }
    return tuple(said.get(column.name) for column in COLUMNS[DataSet.CALENDARS])


def _of_dispensing(patient: Patient, on: date | None) -> Iterator[Row]:
    for line in marked_where_undecided(patient, lines_of_patient(patient_on(patient, on)), on):
        first, last = line.covers or (None, None)
        yield (
            line.entry,
            line.work.value,
            line.visit,
            line.date,
            line.earliest,
            line.latest,
            line.treatment,
            line.dose,
            line.unit,
            line.level,
            Decimal(line.units) if line.units is not None else None,
            line.packs,
            line.product,
            line.strength,
            line.status.value,
            line.note,
            line.collect,
            line.lot,
            line.expires,
            first,
            last,
        )


def _of_deviations(version: StudyVersion, site: Site, log: Log, calendar: Calendar, on: date | None) -> Iterator[Row]:
    for each in deviations_of(version, site, log, on=on, calendar=calendar):
        yield (
            each.date,
            each.kind.value,
            each.about,
            each.days_off,
            str(each.what),
            each.clause.text if each.clause is not None else None,
            (each.clause.line or None) if each.clause is not None else None,
            list(each.events) or None,
            each.severity,
            each.importance,
            each.cause,
            each.found,
            each.reported,
        )


def _of_exposure(version: StudyVersion, site: Site, log: Log, calendar: Calendar, on: date | None) -> Iterator[Row]:
    until = on or max((record.event.on for record in log.records), default=None)
    if until is None:
        return
    for line in exposure_of(version, site, log, until, calendar=calendar).lines:
        yield (
            line.treatment,
            line.drug,
            line.entry,
            line.n,
            line.start,
            line.status.value,
            until,
            line.delivered,
            line.planned,
            line.unit,
            line.days,
            line.planned_days,
            in_tenths(line.relative_dose_intensity),
            line.dosed,
            line.presumed,
            line.held,
            line.not_taken,
            line.level,
            line.delay,
            list(line.delayed_by) or None,
            list(line.reduced_by) or None,
            line.running,
            line.extra,
            line.double,
        )
