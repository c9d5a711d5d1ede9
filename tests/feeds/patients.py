"""Patients made by hand: what a calendar holds, written down without the engine that computes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from scheduler.calendar.entries.because import Because, Event
from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Flag, HeldPeriod, Kind, Run, Status
from scheduler.exports.told import in_its_language
from scheduler.languages import Language
from scheduler.views.agenda.item import Agenda
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.agenda.tablets import Size
from scheduler.views.reader.audience import Audience, Detail
from scheduler.vocabulary.dosage_forms import TABLET

KEY = b"a key that is made with the study"
PUBLISHED = datetime(2026, 1, 5, 8, tzinfo=UTC)
ORAL = ("regorafenib", "capecitabine", "drug-a", "drug-b", "period-1")
SIZES = {"regorafenib": Size((Decimal(40),), "mg")}
SHANGHAI = "Asia/Shanghai"
FORTY = Dose(Decimal(40), "mg", -1)
EIGHTY = Dose(Decimal(80), "mg", 0)


def day(text: str) -> date:
    """A date of 2026, written 03-02."""
    return date.fromisoformat(f"2026-{text}")


def recorded(number: int) -> datetime:
    """In these stories event 1 is recorded on 1 March at 10:00 UTC, and every further one a day later."""
    return datetime(2026, 2, 28, 10, tzinfo=UTC) + timedelta(days=number)


def because(*numbers: int) -> Because:
    return Because(tuple(Event(number) for number in numbers), latest=max(numbers, default=0))


def attend(
    entry_id: str,
    kind: Kind,
    on: str,
    *,
    by: Iterable[int] = (),
    status: Status = Status.PLANNED,
    title: str = "",
    at: str | None = None,
    doses: tuple[Dose, ...] = (),
    activities: tuple[str, ...] = (),
    flags: tuple[Flag, ...] = (),
    window: tuple[str, str] | None = None,
) -> Entry:
    timeline, _, n = entry_id.rpartition(".")
    span = None if window is None else (day(window[0]), day(window[1]))
    return Entry(
        entry_id, timeline, int(n), kind, title or f"{timeline} {n}", day(on), span, day(on), at, status, doses,
        activities, flags, because(*by),
    )  # fmt: skip


def run(
    first: int,
    last: int,
    start: str,
    *doses: Dose,
    status: Status = Status.PLANNED,
    by: Iterable[int] = (),
    flags: tuple[Flag, ...] = (),
) -> Run:
    begin = day(start)
    return Run(first, last, begin, begin + timedelta(days=last - first), doses, status, because(*by), flags)


def cycle(
    n: int,
    on: str,
    *runs: Run,
    treatment: str = "regorafenib",
    by: Iterable[int] = (),
    activities: tuple[str, ...] = ("dispense and count tablets",),
    status: Status = Status.PLANNED,
) -> Entry:
    return Entry(
        f"{treatment}.{n}", treatment, n, Kind.ORAL, f"{treatment} cycle {n}", day(on), None, day(on), None, status, (),
        activities, (), because(*by), cycle=n, day=1, runs=runs, resource="clinic" if activities else None,
    )  # fmt: skip


def calendar(*entries: Entry, holds: tuple[HeldPeriod, ...] = (), log: int = 1, **more: Any) -> Calendar:
    return Calendar(
        **{
            "study": "REGO-TORI-RT",
            "version": "1.0",
            "subject": "EXP-001",
            "arm": "experimental",
            "first_dose": day("03-02"),
            "first_dose_given": True,
            "entries": entries,
            "holds": holds,
            "until": day("12-31"),
            "log_length": log,
            "forms": dict.fromkeys(ORAL, TABLET),
            **more,
        }
    )


def held(start: str, resumed: str | None, *events: int, treatment: str = "regorafenib") -> HeldPeriod:
    return HeldPeriod(treatment, day(start), None if resumed is None else day(resumed), "AE 1, hand-foot", events)


def read_by(
    what: Calendar,
    audience: Audience = Audience.PATIENT,
    detail: Detail = Detail.NEUTRAL,
    language: Language = Language.ENGLISH,
    **more: Any,
) -> Agenda:
    """The agenda of a story: at a site in Shanghai, with 40 mg tablets, looked at on 9 March unless the story says otherwise."""
    options: dict[str, Any] = {
        "recorded": {number: recorded(number) for number in range(1, 41)},
        "published": PUBLISHED,
        "key": KEY,
        "zone": SHANGHAI,
        "as_of": day("03-09"),
        "tablets": SIZES,
    }
    return in_its_language(agenda(what, audience, detail, language, **{**options, **more}))


def shown(seen: Agenda) -> list[tuple[str, str]]:
    """What a person reads in a list: the day or days, the time, and the words."""
    lines = []
    for item in seen.items:
        when = f"{item.first:%m-%d}" if item.first == item.last else f"{item.first:%m-%d}..{item.last:%m-%d}"
        if item.time is not None:
            when += f" {item.time:%H:%M}"
        lines.append((when, item.summary))
    return lines


def a_busy_patient() -> Calendar:
    """Two cycles, a hold in the first; infusions, fractions, scans, times of day, a cancelled and a doubtful visit."""
    return calendar(
        cycle(
            1,
            "03-02",
            run(1, 14, "03-02", EIGHTY, status=Status.DONE, by=[2]),
            run(15, 21, "03-16", EIGHTY, status=Status.HELD, by=[2, 6]),
            by=[2],
            status=Status.DONE,
        ),
        attend("toripalimab.1", Kind.INFUSION, "03-02", by=[1, 3], status=Status.DONE, at="09:30",
               doses=(Dose(Decimal(240), "mg"),), activities=("haematology",), title="Toripalimab dose 1"),
        attend("c1d8.1", Kind.VISIT, "03-09", by=[2], window=("03-07", "03-11"), activities=("blood pressure; skin, feet",)),
        attend("c1d15.1", Kind.VISIT, "03-16", by=[2, 7], status=Status.CANCELLED),
        attend("planning-ct.1", Kind.SCAN, "03-13", by=[2], at="14:00"),
        *(attend(f"radiotherapy.{n}", Kind.FRACTION, f"03-{22 + n}", by=[2]) for n in range(1, 6)),
        cycle(2, "03-30", run(1, 21, "03-30", FORTY, by=[2, 8], flags=(Flag.AWAITING_DECISION,)), by=[2, 8]),
        attend("toripalimab.2", Kind.INFUSION, "03-30", by=[3], flags=(Flag.AWAITING_DECISION,), title="Toripalimab dose 2"),
        attend("imaging.1", Kind.SCAN, "04-24", by=[1], flags=(Flag.PROVISIONAL,), title="CT or MRI; RECIST 1.1, iRECIST"),
        attend("survival.1", Kind.CONTACT, "11-02", by=[1]),
        attend("adverse-events.1", Kind.PERIOD, "03-02", by=[2]),
        holds=(held("03-16", "03-30", 6, 8),),
        log=9,
    )  # fmt: skip
