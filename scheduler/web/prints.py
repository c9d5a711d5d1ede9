"""When the pharmacy's list was printed last, and what it said then.

A print is a note in the log with the period and how far each patient's log had come in the list that was shown. That list
follows from it, as every past state does, and is computed again when somebody asks what changed. What was recorded between the
look at the list and the note is not on the paper, so it counts as a change.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from scheduler.local_times import day_at
from scheduler.patient.events import SiteTransferred
from scheduler.patient.log import in_force
from scheduler.said import said
from scheduler.source.node import Data
from scheduler.store.interface import Store
from scheduler.store.values import Act, Head, Kind, Once, Record
from scheduler.views.patients import Patient, patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list, lines_of_patient
from scheduler.views.pharmacy.dispensing_line import DispensingLine
from scheduler.web.patients import Following, Patients, Shown
from scheduler.web.problems import Problem

PRINTED = "dispensing list printed"
LINES = "dispensing lines"
ALL_SITES = "all sites"
BETWEEN_SITES = ", "


@dataclass(frozen=True, slots=True)
class Print:
    """One print: its period, whose it was, and the length of each patient's log.

    ``head`` is the number of the last record when the list was made.
    """

    first: date
    last: date
    at: datetime
    by: str
    head: int
    lengths: Mapping[str, int]


class Prints:
    """Remembers the last print for each set of sites, and looks only at what was recorded since it looked last."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen = 0
        self._last: dict[str, Print] = {}
        self._lock = Lock()

    def last(self, sites: frozenset[str] | None) -> Print | None:
        """The newest list that was printed by somebody who sees these sites: the one with most in it, whenever it was noted."""
        with self._lock:
            if self._store.head().number > self._seen:
                for record in self._store.records(after=self._seen):
                    self._seen = record.number
                    if record.kind == PRINTED:
                        said = json.loads(record.body)
                        found, known = _print(said, record), self._last.get(said["sites"])
                        if known is None or found.head >= known.head:
                            self._last[said["sites"]] = found
            return self._last.get(_scope(sites))

    def note(
        self,
        sites: frozenset[str] | None,
        first: date,
        last: date,
        shown: Iterable[Shown],
        act: Act,
        head: Head,
        once: Once | None = None,
    ) -> None:
        """Record that the list was printed which was made when ``head`` was the last record.

        ``shown`` are the patients as they are now. Raises Problem when no list of this study can have been made at that head.
        """
        body: dict[str, Data] = {
            "from": first.isoformat(),
            "to": last.isoformat(),
            "sites": _scope(sites),
            "head": head.number,
            "lengths": self._lengths(sites, shown, head),
        }
        self._store.note(PRINTED, body, act, once=once)

    def _lengths(self, sites: frozenset[str] | None, shown: Iterable[Shown], head: Head) -> dict[str, Data]:
        """How far the logs had come of the patients who were at these sites then."""
        known = {each.subject.subject: each for each in shown}
        lengths = {subject: each.log.length for subject, each in known.items()}
        for record in self._records_after(head):
            subject = record.subject
            if subject is None or subject not in lengths:
                continue
            if record.kind == Kind.SUBJECT_ENROLLED:
                del lengths[subject]
            elif record.event is not None:
                lengths[subject] = min(lengths[subject], record.event - 1)
        # A patient who came from another site was not on the list: without a length, every line is marked.
        return {
            subject: length
            for subject, length in lengths.items()
            if sites is None or _site_then(known[subject], length) in sites
        }

    def _records_after(self, head: Head) -> Iterator[Record]:
        """What was recorded after that head. Raises Problem where the log never had it."""
        # A number beyond the log never reaches the database: it may be larger than a database can compare.
        if head.number > self._store.head().number:
            raise unknown_list()
        records = self._store.records(after=head.number - 1)
        last = next(records, None)
        if last is None or Head(last.number, last.hash) != head:
            raise unknown_list()
        return records


def unknown_list() -> Problem:
    """The same for all that cannot be a list of this study: nothing tells which heads the log has had."""
    text = said("The list that was printed is not known here. Show the list anew, print it, and say so from there.")
    return Problem(422, "unknown-list", said("The print was not noted"), text)


def kept_lines(patients: Patients, shown: Shown, days: tuple[date, date] | None = None) -> tuple[DispensingLine, ...]:
    """All lines of one patient, or those of some days, worked out once."""
    return patients.once(shown, lines_of_days(days), lambda: tuple(lines_of_patient(shown.patient, days)))


def lines_of_days(days: tuple[date, date] | None) -> Hashable:
    """By what the lines of these days are known, or those of all days."""
    return LINES if days is None else (LINES, *days)


def printed_lines(printed: Print, shown: Iterable[Shown], patients: Patients) -> tuple[DispensingLine, ...]:
    """All lines of the list as it was printed."""
    lengths = printed.lengths
    then = {each.subject.subject: each for each in shown if each.subject.subject in lengths}
    zone = next((each.site.zone for each in then.values()), "UTC")
    return dispensing_list(
        [_patient_then(each, lengths[number], patients) for number, each in then.items()],
        printed.first,
        printed.last,
        lines_of=lambda patient: _as_printed(then[patient.subject], lengths[patient.subject], patients),
        on=max(printed.first, day_at(printed.at, zone)),
    ).everything


def lines_as_printed(printed: Print, patients: Patients) -> Following:
    """The lines of each patient as they were printed; of one who has come since, those of now."""

    def name(shown: Shown) -> Hashable:
        length = printed.lengths.get(shown.subject.subject, shown.log.length)
        return LINES if length == shown.log.length else ("printed", length)

    def work(shown: Shown) -> object:
        return _as_printed(shown, printed.lengths.get(shown.subject.subject, shown.log.length), patients)

    return Following(name, work)


def _as_printed(shown: Shown, length: int, patients: Patients) -> tuple[DispensingLine, ...]:
    if length == shown.log.length:
        return kept_lines(patients, shown)
    then = _patient_then(shown, length, patients)
    return patients.once(shown, ("printed", length), lambda: tuple(lines_of_patient(then)))


def _patient_then(shown: Shown, length: int, patients: Patients) -> Patient:
    """The patient when the log was that long: a hold of today was none of the list of yesterday."""
    if length == shown.log.length:
        return shown.patient
    log, number = shown.log.until(length), shown.subject.subject
    return patients.once(
        shown, ("patient then", length), lambda: patient_of(shown.version, shown.site, log, subject=number)
    )


def _site_then(shown: Shown, length: int) -> str | None:
    """Where the patient was when the log was that long."""
    if length == shown.log.length:
        return shown.subject.site
    facts = in_force(shown.log.until(length))
    sites = [fact.event.site for fact in facts if isinstance(fact.event, SiteTransferred)]
    return sites[-1] if sites else shown.subject.enrolled_at


def _print(said: dict[str, Any], record: Record) -> Print:
    return Print(
        first=date.fromisoformat(said["from"]),
        last=date.fromisoformat(said["to"]),
        at=record.at,
        by=record.who.name,
        # A note without a head is of the list as it was when it was noted.
        head=said.get("head", record.number - 1),
        lengths=said["lengths"],
    )


def _scope(sites: frozenset[str] | None) -> str:
    return ALL_SITES if sites is None else BETWEEN_SITES.join(sorted(sites))
