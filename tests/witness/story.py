"""Three patients, two sites, two versions of the protocol: what a witness is made of, in the order in which it was recorded.

Each line is a moment (UTC) and what somebody did then. The moments stand still: a clock is an argument here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

Written = dict[str, Any]

BY = "Dr Example"


def at(text: str) -> datetime:
    """``2026-03-09 10:00`` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(on: str, event: str, **more: Any) -> Written:
    """An event as people write it. ``from_`` and ``with_`` are ``from`` and ``with``."""
    return {"on": on, "event": event, **{key.rstrip("_"): value for key, value in more.items()}}


RADIOTHERAPY = {"treatment": "radiotherapy", "unit": "Gy", "by": BY}

EXP_101: dict[str, list[Written]] = {
    "2026-03-06 07:00": [
        day("2026-02-24", "consented"),
        day("2026-02-26", "visit done", entry="screening.1"),
        day("2026-02-27", "visit done", entry="imaging.0"),
        day("2026-03-05", "screened", by=BY),
        day("2026-03-06", "randomised", arm="experimental"),
    ],
    "2026-03-09 03:00": [
        day(
            "2026-03-09", "dispensed", treatment="regorafenib", cycle=1, quantity=56, lot="R2511A", expires="2027-10-31"
        ),
        day("2026-03-09", "cycle started", treatment="regorafenib", cycle=1),
        day("2026-03-09", "given", at="10:30", treatment="toripalimab", n=1),
        day("2026-03-09", "booked", entry="c1d8.1", to="2026-03-16", at="09:00"),
    ],
    "2026-03-23 08:00": [
        day("2026-03-16", "visit done", entry="c1d8.1"),
        day("2026-03-23", "visit done", entry="c1d15.1"),
        day("2026-03-23", "visit done", entry="planning-ct.1"),
        day("2026-03-23", "prescribed", course="hypofractionated", per_fraction=8, **RADIOTHERAPY),
        day("2026-03-23", "prescribed", course="low-dose", per_fraction=1, **RADIOTHERAPY),
    ],
    "2026-04-03 09:00": [
        day(f"2026-{on}", "given", treatment="radiotherapy", n=n)
        for n, on in enumerate(("03-30", "03-31", "04-01", "04-02", "04-03"), 1)
    ],
    "2026-04-07 04:00": [
        day("2026-04-07", "returned", treatment="regorafenib", cycle=1, quantity=14),
        day(
            "2026-04-07", "dispensed", treatment="regorafenib", cycle=2, quantity=56, lot="R2511A", expires="2027-10-31"
        ),
        day("2026-04-07", "cycle started", treatment="regorafenib", cycle=2),
        day("2026-04-08", "given", treatment="toripalimab", n=2),
    ],
    "2026-04-08 09:00": [
        day(
            "2026-04-08",
            "corrected",
            number=23,
            reason="written a day late",
            with_=day("2026-04-07", "given", at="10:00", treatment="toripalimab", n=2),
        ),
    ],
    "2026-04-15 08:00": [
        day(
            "2026-04-15",
            "adverse event",
            ae=1,
            term="Palmar-plantar erythrodysesthesia syndrome",
            grade=3,
            onset="2026-04-14",
            related=["regorafenib"],
        ),
        day("2026-04-15", "held", treatment="regorafenib", reason="AE 1", by=BY),
    ],
    "2026-04-29 08:00": [
        day("2026-04-21", "visit done", entry="c2d15.1"),
        day("2026-04-28", "given", at="10:00", treatment="toripalimab", n=3),
        day("2026-04-29", "regraded", ae=1, grade=1),
        day("2026-04-29", "unscheduled visit", activities=["skin"], reason="AE 1"),
    ],
    "2026-05-06 02:00": [
        day("2026-05-06", "returned", treatment="regorafenib", cycle=2, quantity=40),
        day("2026-05-06", "resumed", treatment="regorafenib", level=-1, dose="40 mg", by=BY),
        day(
            "2026-05-06", "dispensed", treatment="regorafenib", cycle=3, quantity=28, lot="R2602C", expires="2028-01-31"
        ),
        day("2026-05-06", "cycle started", treatment="regorafenib", cycle=3),
    ],
    "2026-05-19 06:00": [
        day("2026-05-19", "given", at="10:00", treatment="toripalimab", n=4),
        day("2026-05-19", "booked", entry="regorafenib.4.1", to="2026-06-03", at="08:30"),
        day("2026-05-19", "booked", entry="toripalimab.5", to="2026-06-09", at="10:00"),
    ],
    "2026-05-20 06:00": [
        day("2026-05-20", "rebooked", entry="regorafenib.4.1", to="2026-06-04", at="14:15", reason="a journey"),
        day("2026-05-20", "medicine started", name="urea cream"),
    ],
    "2026-05-20 06:30": [day("2026-05-20", "struck", number=39, reason="of another patient")],
}

CTL_102: dict[str, list[Written]] = {
    "2026-05-12 07:00": [
        day("2026-05-06", "consented"),
        day("2026-05-08", "visit done", entry="screening.1"),
        day("2026-05-12", "visit done", entry="imaging.0"),
    ],
    "2026-05-20 08:00": [
        day("2026-05-20", "screened", by=BY),
        day("2026-05-20", "randomised", arm="control"),
        day("2026-05-20", "first dose planned", to="2026-05-22"),
        day("2026-05-20", "booked", entry="regorafenib.1.1", to="2026-05-22", at="08:30"),
    ],
}

EXP_103: dict[str, list[Written]] = {
    "2026-04-07 08:00": [
        day("2026-03-24", "consented"),
        day("2026-03-26", "visit done", entry="screening.1"),
        day("2026-03-27", "visit done", entry="imaging.0"),
        day("2026-04-03", "screened", by=BY),
        day("2026-04-07", "randomised", arm="experimental"),
    ],
    "2026-04-08 05:00": [
        day(
            "2026-04-08", "dispensed", treatment="regorafenib", cycle=1, quantity=56, lot="R2511A", expires="2027-10-31"
        ),
        day("2026-04-08", "cycle started", treatment="regorafenib", cycle=1),
        day("2026-04-08", "given", at="11:00", treatment="toripalimab", n=1),
    ],
    "2026-04-27 08:00": [
        day("2026-04-22", "visit done", entry="c1d15.1"),
        day("2026-04-27", "consented"),
        day("2026-04-27", "moved to version", version="1.1"),
        day("2026-04-27", "site transferred", site="Beijing"),
    ],
    "2026-05-11 08:00": [
        day("2026-04-29", "given", treatment="radiotherapy", n=1),
        day("2026-04-30", "not done", entry="radiotherapy.2", reason="machine down"),
        day("2026-05-11", "delayed", treatment="toripalimab", n=2, until="2026-05-25", reason="fever"),
    ],
    "2026-05-21 01:00": [
        day("2026-05-21", "discontinued", treatment="toripalimab", reason="adverse event", by=BY),
    ],
}

PATIENTS = {
    "EXP-101": ("2026-03-01 08:00", EXP_101),
    "CTL-102": ("2026-05-06 02:00", CTL_102),
    "EXP-103": ("2026-03-24 02:00", EXP_103),
}


def recorded() -> Iterator[tuple[datetime, str, list[Written]]]:
    """Who had what recorded, in the order of the moments."""
    acts = [(at(moment), subject, events) for subject, (_, log) in PATIENTS.items() for moment, events in log.items()]
    yield from sorted(acts, key=lambda act: act[:2])
