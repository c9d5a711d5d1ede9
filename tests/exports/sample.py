"""A patient made by hand: two cycles of tablets with a hold and a reduction, infusions, fractions, scans, visits, a period."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from scheduler.calendar.entries.because import After, Because, Closed, Event
from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Flag, HeldPeriod, Kind, Pending, Run, Status
from scheduler.findings import Finding, Severity
from scheduler.protocol.plan.clause import Clause
from scheduler.said import Said

NOTHING = Because(())
EVERY_28_DAYS = Because((Clause(22, "28 days ±3 after the previous cycle", ("A2",)), After("regorafenib.1")))
EVERY_21_DAYS = Because(
    (
        Clause(35, "21 days ±3 after the previous dose", ("A4",)),
        Closed(date(2026, 3, 28).toordinal(), date(2026, 3, 29).toordinal(), "weekend"),
    )
)
HELD = Because((Event(5),), latest=5)
REDUCED = Because((Event(6),), latest=6)

FULL = Dose(Decimal("80"), "mg", 0)
LESS = Dose(Decimal("40"), "mg", -1)
INFUSED = Dose(Decimal("240"), "mg", 0)


def say(because: Because) -> tuple[Said, ...]:
    """Reasons in short sentences, enough to tell them apart."""
    sentences = []
    for reason in because.set_by:
        match reason:
            case Clause(line, text):
                sentences.append(f"Line {line}: {text}.")
            case Event(number):
                sentences.append(f"Event {number}.")
            case Closed(_, _, why):
                sentences.append(f"Closed: {why}.")
            case After(entry):
                sentences.append(f"Counts from {entry}.")
    return tuple(map(Said, sentences))


def closed(day: date) -> str | None:
    """Weekends, and the first three days of May."""
    if date(2026, 5, 1) <= day <= date(2026, 5, 3):
        return "Labour Day"
    return "weekend" if day.weekday() >= 5 else None


def run(first: int, last: int, start: date, dose: Dose, status: Status, because: Because = NOTHING) -> Run:
    """Days ``first`` to ``last`` of the cycle that began on ``start``."""
    return Run(
        first, last, start + timedelta(days=first - 1), start + timedelta(days=last - 1), (dose,), status, because
    )


def cycle(
    number: int, start: date, *runs: Run, because: Because = EVERY_28_DAYS, status: Status = Status.PLANNED
) -> Entry:
    """A cycle of tablets with its window of three days either way."""
    return Entry(
        id=f"regorafenib.{number}",
        timeline="regorafenib",
        n=number,
        kind=Kind.ORAL,
        title=f"Regorafenib cycle {number}",
        ideal=start,
        window=(start - timedelta(days=3), start + timedelta(days=3)),
        date=start,
        time=None,
        status=status,
        doses=(),
        activities=("haematology", "dispense and count tablets"),
        flags=(),
        because=because,
        cycle=number,
        runs=runs,
    )


def attendance(
    timeline: str,
    number: int,
    kind: Kind,
    title: str,
    day: date | None,
    window: tuple[date, date] | None = None,
    status: Status = Status.PLANNED,
    ideal: date | None = None,
    doses: tuple[Dose, ...] = (),
    flags: tuple[Flag, ...] = (),
    because: Because = NOTHING,
    time: str | None = None,
    activities: tuple[str, ...] = (),
) -> Entry:
    """Something that happens on one day."""
    return Entry(
        id=f"{timeline}.{number}",
        timeline=timeline,
        n=number,
        kind=kind,
        title=title,
        ideal=ideal or day,
        window=window,
        date=day,
        time=time,
        status=status,
        doses=doses,
        activities=activities,
        flags=flags,
        because=because,
    )


def a_patient() -> Calendar:
    """EXP-001 in its second cycle: held for hand-foot syndrome, resumed at 40 mg."""
    first, second = date(2026, 3, 2), date(2026, 3, 30)
    radiotherapy = (Dose(Decimal("8"), "Gy", None, "hypofractionated"), Dose(Decimal("1.0"), "Gy", None, "low-dose"))
    entries = (
        cycle(
            1,
            first,
            run(1, 14, first, FULL, Status.DONE),
            run(15, 21, first, FULL, Status.HELD, HELD),
            because=Because((Clause(20, "on first dose"), Event(2)), latest=2),
            status=Status.DONE,
        ),
        cycle(2, second, run(1, 21, second, LESS, Status.PLANNED, REDUCED)),
        attendance("toripalimab", 1, Kind.INFUSION, "Toripalimab dose 1", first, None, Status.DONE, doses=(INFUSED,)),
        attendance(
            "toripalimab",
            2,
            Kind.INFUSION,
            "Toripalimab dose 2",
            second,
            (date(2026, 3, 28), date(2026, 3, 31)),
            ideal=date(2026, 3, 28),
            doses=(INFUSED,),
            flags=(Flag.BOOKED,),
            because=EVERY_21_DAYS,
            time="09:30",
            activities=("vital signs", "haematology"),
        ),
        *(
            attendance(
                "radiotherapy",
                number,
                Kind.FRACTION,
                f"Radiotherapy fraction {number}",
                date(2026, 3, 22 + number),
                status=Status.NOT_DONE if number == 2 else Status.DONE,
                doses=radiotherapy,
            )
            for number in range(1, 6)
        ),
        attendance("imaging", 0, Kind.SCAN, "Baseline scan", date(2026, 2, 20), None, Status.DONE),
        attendance(
            "imaging",
            1,
            Kind.SCAN,
            "Scan 1",
            date(2026, 4, 24),
            (date(2026, 4, 17), date(2026, 5, 1)),
            flags=(Flag.OUT_OF_WINDOW,),
        ),
        attendance("c1d8", 1, Kind.VISIT, "Cycle 1 day 8", date(2026, 3, 9), None, Status.CANCELLED),
        attendance(
            "adverse-events",
            1,
            Kind.PERIOD,
            "Adverse event collection",
            first,
            (first, date(2026, 7, 31)),
            flags=(Flag.OPEN_END,),
        ),
    )
    return Calendar(
        study="REGO-TORI-RT",
        version="1.0",
        subject="EXP-001",
        arm="experimental",
        first_dose=first,
        study_days_from=first,
        first_dose_given=True,
        entries=entries,
        pending=(
            Pending(
                "safety-30.1",
                "safety-30",
                Kind.VISIT,
                "Safety visit, 30 days",
                "30 days ±7 after the last dose",
                Because((Clause(77, "30 days ±7 after the last dose", ("A8",)),)),
                date(2026, 5, 19),
            ),
        ),
        findings=(
            Finding(
                "no-record",
                Severity.WARNING,
                "Nobody recorded c1d8.1.",
                "Record it or say not done.",
                None,
                "c1d8.1",
                (3,),
            ),
        ),
        holds=(HeldPeriod("regorafenib", date(2026, 3, 16), second, "AE 1", (5, 6)),),
        until=date(2026, 7, 31),
        log_length=6,
        by_id={entry.id: entry for entry in entries},
    )
