"""What a story expects of its calendar, as people write it below ``expect`` and ``why``.

    expect:
      toripalimab.2: 2026-03-30                          # the date alone
      imaging.1: {ideal: 2026-05-03, window: 2026-04-26..2026-05-10, flags: [booked]}
      regorafenib.1.15-21: {dates: 2026-05-25..2026-05-31, is: held}
      safety-90.1: {pending: true}
      absent: [toripalimab.36]
      findings: [no-open-day]                            # all codes of the calendar's findings
    why:
      toripalimab.2: [21 days ±3 after dose 1, event 4]

A story about a log that the program must not take says ``expect: {refused: unknown-level}`` and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, Field, TypeAdapter, model_validator

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity
from scheduler.source.node import Node, Step
from scheduler.source.validation import validate
from scheduler.written import IsoDate, Written, fault

_RANGE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_RUN = re.compile(r"(?P<cycle>[A-Za-z][\w-]*\.[0-9]+)\.(?P<first>[0-9]{1,4})(?:-(?P<last>[0-9]{1,4}))?")
_HINT = "write the first and the last day, both included: 2026-03-28..2026-03-31"

T = TypeVar("T")


def _read_range(value: object) -> tuple[date, date]:
    found = _RANGE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise fault("not-a-range", f"{str(value)[:60]!r} is no range of dates", hint=_HINT)
    try:
        first, last = (date.fromisoformat(day) for day in found.groups())
    except ValueError:
        raise fault("not-a-range", f"one of the days {value} is not in the calendar", hint=_HINT) from None
    if last < first:
        raise fault("not-a-range", f"the range {value} runs backwards", hint=_HINT)
    return first, last


Range = Annotated[tuple[date, date], BeforeValidator(_read_range)]
Codes = Annotated[list[str], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class ExpectedEntry(Written):
    """One entry of the calendar; what is not named here may be anything. A date alone stands for ``{date: ...}``."""

    date: IsoDate | None = None
    """Where it is planned, booked or was done."""
    ideal: IsoDate | None = None
    """The protocol's date."""
    window: Range | None = None
    """The first and the last allowed day: 2026-03-28..2026-03-31."""
    status: Literal["planned", "done", "held", "not done", "cancelled", "taken", "not taken"] | None = None
    """Where it stands; a time point of a sheet is planned, taken or not taken."""
    dose: str | None = None
    """The dose as calendars show it: 120 mg."""
    over: str | None = None
    """Over how long it is given: 30 minutes."""
    flags: list[str] | None = None
    """All its flags, in any order."""
    time: str | None = None
    """The local time of a booking; of a time point of a sheet, such as pk.1@0.5h, that which follows from the dose."""
    taken: str | None = None
    """Of a time point of a sheet: the local time at which it was taken."""
    off: int | None = None
    """Of a time point of a sheet: how many minutes after its time it was taken, or below 0 before it."""
    elapsed: int | None = None
    """Of a time point of a sheet: the true minutes from the dose until it was taken."""
    pending: Literal[True] | None = None
    """It cannot be dated yet."""

    @model_validator(mode="before")
    @classmethod
    def _date_alone(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"date": value}


class ExpectedRun(Written):
    """Dosing days of one cycle that follow each other: ``regorafenib.1.15-21``."""

    dates: Range
    """The first and the last date; as many days as the entry's name says."""
    is_: str = Field(alias="is")
    """What these days are: a dose such as 120 mg, or held, not done, cancelled."""


@dataclass(frozen=True, slots=True)
class RunOfDays:
    """Dosing days by their ids, each with its date, that are all the same."""

    days: tuple[tuple[str, date], ...]
    is_: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """All that a story expects. ``findings`` is None where it says nothing of them; ``refused`` are codes."""

    entries: Mapping[str, ExpectedEntry] = field(default_factory=dict)
    runs: tuple[RunOfDays, ...] = ()
    absent: tuple[str, ...] = ()
    findings: tuple[str, ...] | None = None
    refused: tuple[str, ...] = ()
    why: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_expectation(story: Node) -> Expectation:
    """What a story's text expects. Raises InvalidText with every fault at once, also where it expects nothing."""
    return _Reader(story).read()


class _Reader:
    """Reads the parts one by one, and goes on after a fault."""

    def __init__(self, story: Node) -> None:
        self.story = story
        self.faults: list[Finding] = []

    def read(self) -> Expectation:
        expect = self.story.children.get("expect")
        names = list(expect.keys) if expect is not None else []
        if expect is None or not names:
            self._fault(
                "expects-nothing", "this story expects nothing", "say under 'expect' what must come out", "expect"
            )
            raise InvalidText(self.faults)
        runs = [name for name in names if "dates" in expect.children[name].keys]
        expected = Expectation(
            entries={
                name: entry
                for name in names
                if name not in (*runs, *_RESERVED) and (entry := self._as(ExpectedEntry, "expect", name)) is not None
            },
            runs=tuple(run for name in runs if (run := self._run(name)) is not None),
            absent=self._codes("expect", "absent") or (),
            findings=self._codes("expect", "findings"),
            refused=self._codes("expect", "refused") or (),
            why=self._as(TypeAdapter(dict[str, tuple[str, ...]]), "why") or {},
        )
        if self.faults:
            raise InvalidText(self.faults)
        return expected

    def _as(self, model: type[T] | TypeAdapter[T], *path: Step) -> T | None:
        """The part of the text at this path; None where there is none, or a fault in it."""
        try:
            node = self.story.at(*path)
        except KeyError:
            return None
        try:
            return validate(node, model)
        except InvalidText as error:
            self.faults += error.findings
            return None

    def _codes(self, *path: Step) -> tuple[str, ...] | None:
        codes = self._as(_CODES, *path)
        return None if codes is None else tuple(codes)

    def _run(self, name: str) -> RunOfDays | None:
        said = self._as(ExpectedRun, "expect", name)
        named = _RUN.fullmatch(name)
        if named is None:
            hint = "name the cycle and its days, such as regorafenib.1.15-21"
            self._fault("not-a-run", f"'{name}' names no days of a cycle", hint, "expect", name)
        if said is None or named is None:
            return None
        first, last = int(named["first"]), int(named["last"] or named["first"])
        start, end = said.dates
        if (end - start).days != last - first:
            message = f"{name} has {last - first + 1} days, and {start}..{end} has {(end - start).days + 1}"
            self._fault("other-days", message, "put one of them right", "expect", name)
            return None
        days = (f"{named['cycle']}.{day}" for day in range(first, last + 1))
        return RunOfDays(tuple((day, start + timedelta(days=n)) for n, day in enumerate(days)), said.is_)

    def _fault(self, code: str, message: str, hint: str, *path: Step) -> None:
        self.faults.append(Finding(code, Severity.ERROR, message, hint, self.story.key_place(*path)))


_RESERVED = ("absent", "findings", "refused")
_CODES: TypeAdapter[list[str]] = TypeAdapter(Codes)
