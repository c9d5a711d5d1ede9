"""Assessments of the tumour in their order: the scan that each was read from, which iUPD is open, which iCPD confirms it.

RECIST 1.1 calls progression at once. iRECIST calls it unconfirmed (iUPD) until the next assessment: it is confirmed (iCPD), or
the tumour has shrunk and the bar is reset, so that only a new iUPD can be confirmed. An assessment that cannot be read (NE)
changes neither. Sources: Eisenhauer et al., Eur J Cancer 2009;45:228 (RECIST 1.1); Seymour et al., Lancet Oncol 2017;18:e143
(iRECIST).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from scheduler.dates import Day
from scheduler.patient.events import Response
from scheduler.patient.log import Fact

RESETS = frozenset({"iCR", "iPR", "iSD", "non-iCR/non-iUPD"})
"""What takes an unconfirmed progression back."""

READ_WITHIN = 28
"""Days after a scan in which an assessment that names none may have been read from it."""

Scan = tuple[Day, str]
"""The day on which a scan was done, and its entry."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment and the day of its scan.

    ``iupd`` is the unconfirmed progression that is open by then, itself included; for an iCPD, the one that it confirms.
    ``reset`` is true where it takes such a one back.
    """

    fact: Fact
    criteria: str
    assessment: str
    scan_day: Day
    scan: str | None
    iupd: Assessed | None = None
    reset: bool = False

    @property
    def progressed(self) -> Day:
        """The day that progression has where this says so: PD its own day, an iCPD the scan of the iUPD that it confirms."""
        if self.assessment == "iCPD":
            return (self.iupd or self).scan_day
        return self.fact.day

    @property
    def behind(self) -> tuple[Fact, ...]:
        """The facts that say so."""
        return (self.fact,) if self.iupd is None else (self.iupd.fact, self.fact)


def assessments_in_order(responses: Iterable[Fact], scans: Iterable[Scan]) -> Iterator[Assessed]:
    """The assessments in the order in which they count, by all criteria."""
    done = tuple(scans)
    open_iupd: Assessed | None = None
    for fact in responses:
        event = cast(Response, fact.event)
        day, scan = scan_of(fact, done)
        assessed = Assessed(fact, event.criteria, event.assessment, day, scan)
        if event.assessment == "iUPD":
            open_iupd = open_iupd or assessed
            yield assessed if open_iupd is assessed else _with(assessed, open_iupd)
        elif event.assessment in RESETS:
            yield _with(assessed, None, reset=open_iupd is not None)
            open_iupd = None
        else:
            yield _with(assessed, open_iupd if event.assessment == "iCPD" else None)


def scan_of(fact: Fact, scans: Iterable[Scan]) -> tuple[Day, str | None]:
    """The scan that an assessment was read from, with its day.

    It is the scan that the assessment names, else the last one in the four weeks before it, else none: then its own day counts.
    """
    on = fact.day
    named = cast(Response, fact.event).entry
    recent = [scan for scan in scans if named in (None, scan[1]) and on - READ_WITHIN <= scan[0] <= on]
    return max(recent, default=(on, None), key=lambda scan: (scan[0], scan[1] or ""))


def _with(assessed: Assessed, iupd: Assessed | None, *, reset: bool = False) -> Assessed:
    return Assessed(
        assessed.fact, assessed.criteria, assessed.assessment, assessed.scan_day, assessed.scan, iupd, reset
    )
