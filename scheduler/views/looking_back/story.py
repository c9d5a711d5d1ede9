"""A story beside the calendar that its events make: what is expected and what came out, where the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.calendar.entries.because import After, Closed, Event, Reason
from scheduler.calendar.entries.dose_sheet import Sample, clock
from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.findings import Finding
from scheduler.patient.case_file.expectation import Expectation, ExpectedEntry, RunOfDays
from scheduler.protocol.plan.clause import Clause
from scheduler.views.days.spelled_out import DayEntry, spelled_out
from scheduler.views.table import Table

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the story tells it: of which entry (or "log", "findings"), what of it, and both values."""

    entry: str
    what: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.entry}: {self.what} {self.got}, expected {self.expected}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One story, and how it came out.

    ``name`` is its file below the study's stories, ``sentence`` what it tells, ``digest`` the SHA-256 of its text. It has
    ``findings`` where its text, or a text that it names, cannot be used.
    """

    name: str
    sentence: str
    digest: str
    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """True when all is as the story tells it."""
        return not self.differences and not self.findings


def differences(
    expected: Expectation, calendar: Calendar | None, refused: Iterable[str] = ()
) -> tuple[Difference, ...]:
    """All that is not as expected. ``refused`` are the codes of what the log contradicts; then there is no calendar."""
    codes, wanted = sorted(refused), sorted(expected.refused)
    if calendar is None or wanted:
        return () if codes == wanted else (Difference("log", "refused", _list(wanted), _list(codes)),)
    days = {day.id: day for day in spelled_out(calendar)}
    samples = {sample.id: sample for sheet in calendar.sheets for sample in sheet.samples}
    return (
        *(
            found
            for name, entry in expected.entries.items()
            for found in (
                _of_sample(samples.get(name), name, entry) if "@" in name else _of_entry(calendar, days, name, entry)
            )
        ),
        *(found for run in expected.runs for found in _of_run(days, run)),
        *(_there(days[name]) for name in expected.absent if name in days and days[name].status != "cancelled"),
        *_of_findings(calendar, expected.findings),
        *(found for name, because in expected.why.items() for found in _of_reasons(calendar, days, name, because)),
    )


def _list(texts: Iterable[str]) -> str:
    return ", ".join(texts) or NOTHING


def _there(day: DayEntry) -> Difference:
    return Difference(day.id, "date", "absent", str(day.date))


def _of_entry(calendar: Calendar, days: dict[str, DayEntry], name: str, entry: ExpectedEntry) -> Iterator[Difference]:
    if entry.pending:
        if name not in {pending.id for pending in calendar.pending}:
            got = str(days[name].date) if name in days else NOTHING
            yield Difference(name, "date", "pending", got)
    elif name not in days:
        first = next(iter(sorted(entry.model_fields_set)), "date")
        pending = name in {pending.id for pending in calendar.pending}
        yield Difference(name, first, _told(getattr(entry, first)), "pending" if pending else NOTHING)
    else:
        got_all = _of_day(days[name])
        for what in sorted(entry.model_fields_set - {"pending"}):
            wanted, got = _told(getattr(entry, what)), got_all[what]
            if wanted != got:
                yield Difference(name, what, wanted, got)
        if _is_expected_to_stand(entry) and got_all["status"] == Status.CANCELLED:
            yield Difference(name, "status", "not cancelled", got_all["status"])


def _of_sample(sample: Sample | None, name: str, entry: ExpectedEntry) -> Iterator[Difference]:
    """A time point of a sheet: its day, its clock time, what was taken when, and how far off."""
    got = _of_time_point(sample) if sample is not None else {}
    for what in sorted(entry.model_fields_set):
        wanted = _told(getattr(entry, what))
        if wanted != got.get(what, NOTHING):
            yield Difference(name, what, wanted, got.get(what, NOTHING))


def _of_time_point(sample: Sample) -> dict[str, str]:
    planned, taken = sample.planned, sample.taken
    return {
        "date": _told(planned.day if planned is not None else sample.day),
        "time": _told(clock(planned) if planned is not None else None),
        "status": str(sample.standing),
        "taken": _told(clock(taken) if taken is not None else None),
        "off": _told(sample.off),
        "elapsed": _told(sample.elapsed),
    }


def _is_expected_to_stand(entry: ExpectedEntry) -> bool:
    """Who expects a date and says nothing of the status expects that it takes place."""
    return bool(entry.model_fields_set & _DATES) and "status" not in entry.model_fields_set


_DATES = frozenset(("date", "ideal", "window", "time"))


def _told(value: object) -> str:
    """A value as it is compared and shown."""
    if value is None:
        return NOTHING
    if isinstance(value, list):
        return _list(sorted(value))
    return "..".join(str(day) for day in value) if isinstance(value, tuple) else str(value)


def _of_day(day: DayEntry) -> dict[str, str]:
    return {
        "date": _told(day.date),
        "ideal": _told(day.ideal),
        "window": _told(day.window),
        "status": str(day.status),
        "dose": ", ".join(str(dose) for dose in day.doses),
        "over": _list([str(dose.over) for dose in day.doses if dose.over is not None]),
        "flags": _told([str(flag) for flag in day.flags]),
        "time": _told(day.of.clock),
        "taken": NOTHING,
        "off": NOTHING,
        "elapsed": NOTHING,
    }


def _of_run(days: dict[str, DayEntry], run: RunOfDays) -> Iterator[Difference]:
    """The first day that is otherwise: the days after it hardly ever tell more."""
    for name, on in run.days:
        day = days.get(name)
        expected = f"{on} {run.is_}"
        got = f"{day.date} {_dose_or_status(day)}" if day is not None else NOTHING
        if got != expected:
            yield Difference(name, "day", expected, got)
            return


def _dose_or_status(day: DayEntry) -> str:
    return ", ".join(str(dose) for dose in day.doses) if day.status in ("planned", "done") else str(day.status)


def _of_findings(calendar: Calendar, wanted: tuple[str, ...] | None) -> Iterator[Difference]:
    codes = sorted(finding.code for finding in calendar.findings)
    if wanted is not None and codes != sorted(wanted):
        yield Difference("findings", "codes", _list(sorted(wanted)), _list(codes))


def _of_reasons(
    calendar: Calendar, days: dict[str, DayEntry], name: str, wanted: tuple[str, ...]
) -> Iterator[Difference]:
    """The reasons that set it, in the order of telling. Of a protocol's sentence the story may say the first words."""
    entry = calendar.by_id.get(name) or days.get(name)
    got = entry.because.set_by if entry is not None else ()
    if len(got) != len(wanted) or not all(map(_is_told, got, wanted)):
        told = "; ".join(_words(reason) for reason in got)
        yield Difference(name, "why", "; ".join(wanted) or NOTHING, told or NOTHING)


def _is_told(reason: Reason, words: str) -> bool:
    return _words(reason).startswith(words) if isinstance(reason, Clause) else _words(reason) == words


def _words(reason: Reason) -> str:
    match reason:
        case Event(number):
            return f"event {number}"
        case Clause():
            return reason.text
        case After(entry):
            return f"after {entry}"
        case Closed():
            first, last = reason.dates
            return f"closed {first}..{last}"
    return f"not known: {reason.what}"


def table_of_outcomes(outcomes: Iterable[Outcome]) -> Table:
    """A line for each story."""
    rows = tuple((each.name, each.sentence, "passed" if each.passed else "FAILED") for each in outcomes)
    return Table("Stories", ("story", "what it tells", "result"), rows)


def table_of_differences(outcomes: Iterable[Outcome]) -> Table:
    """A line for each thing that is not as a story tells it."""
    rows = tuple(
        (each.name, found.entry, found.what, found.expected, found.got)
        for each in outcomes
        for found in each.differences
    )
    return Table("Expected and got", ("story", "entry", "what", "expected", "got"), rows)
