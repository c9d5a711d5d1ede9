"""When the pharmacy's list was printed last, and what it said then.

A print is a note in the log with the period and how far each patient's log had come: the list of that moment follows from it, as
every past state does, and is computed again when somebody asks what changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from scheduler.source import Data
from scheduler.store.interface import Store
from scheduler.store.values import Act
from scheduler.views.dispensing import dispensing_list, lines_of_patient
from scheduler.views.dispensing_line import DispensingLine
from scheduler.views.patients import patient_of
from scheduler.web.patients import Patients, Shown

PRINTED = "dispensing list printed"
LINES = "dispensing lines"


@dataclass(frozen=True, slots=True)
class Print:
    """One print: its period, whose it was, and the length of each patient's log."""

    first: date
    last: date
    at: datetime
    by: str
    lengths: Mapping[str, int]


class Prints:
    """Remembers the last print for each set of sites, and looks only at what was recorded since it looked last."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen = 0
        self._last: dict[str, Print] = {}
        self._lock = Lock()

    def last(self, sites: frozenset[str] | None) -> Print | None:
        """The last print by somebody who sees these sites."""
        with self._lock:
            if self._store.head().number > self._seen:
                for record in self._store.records(after=self._seen):
                    self._seen = record.number
                    if record.kind == PRINTED:
                        said = json.loads(record.body)
                        self._last[said["sites"]] = _print(said, record.at, record.who.name)
            return self._last.get(_scope(sites))

    def note(self, sites: frozenset[str] | None, first: date, last: date, shown: Iterable[Shown], act: Act) -> None:
        """Record that the list was printed."""
        lengths: dict[str, Data] = {each.subject.subject: each.log.length for each in shown}
        body: dict[str, Data] = {
            "from": first.isoformat(),
            "to": last.isoformat(),
            "sites": _scope(sites),
            "lengths": lengths,
        }
        self._store.note(PRINTED, body, act)


def kept_lines(patients: Patients, shown: Shown) -> tuple[DispensingLine, ...]:
    """All lines of one patient, worked out once."""
    return patients.once(shown, LINES, lambda: tuple(lines_of_patient(shown.patient)))


def printed_lines(printed: Print, shown: Iterable[Shown], patients: Patients) -> tuple[DispensingLine, ...]:
    """All lines of the list as it was printed."""
    lengths = printed.lengths
    then = {each.subject.subject: each for each in shown if each.subject.subject in lengths}
    return dispensing_list(
        [each.patient for each in then.values()],
        printed.first,
        printed.last,
        lines_of=lambda patient: _as_printed(then[patient.subject], lengths[patient.subject], patients),
    ).everything


def _as_printed(shown: Shown, length: int, patients: Patients) -> tuple[DispensingLine, ...]:
    if length == shown.log.length:
        return kept_lines(patients, shown)
    log, number = shown.log.until(length), shown.subject.subject

    def lines() -> tuple[DispensingLine, ...]:
        return tuple(lines_of_patient(patient_of(shown.version, shown.site, log, subject=number)))

    return patients.once(shown, ("printed", length), lines)


def _print(said: dict[str, Any], at: datetime, by: str) -> Print:
    return Print(date.fromisoformat(said["from"]), date.fromisoformat(said["to"]), at, by, said["lengths"])


def _scope(sites: frozenset[str] | None) -> str:
    return "all sites" if sites is None else ", ".join(sorted(sites))
