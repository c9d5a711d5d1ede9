"""SV: visits that took place, and those that did not.

A visit is found by its name and its number together. By its number alone it is found where the protocol itself says what its
visits are called in SDTM: numbers that this program made are another count than a sponsor's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from scheduler.protocol.plan.study import Role, Timeline
from scheduler.said import Code, Quoted, said
from scheduler.source.node import Data
from scheduler.standards.sdtm_in.reading import Read, Subject, assumed, carried, event, no_day, noted, plainly, wrong
from scheduler.standards.sdtm_in.records import Record


@dataclass(frozen=True, slots=True)
class At:
    """Where a visit stands: its id, its treatment or visit, its number, and the day of its cycle."""

    id: str
    line: Timeline
    n: int
    day: int | None

    @property
    def is_dose(self) -> bool:
        """True for the day of a dose, or the first day of a cycle at home."""
        return self.line.role is Role.TREATMENT


def visits_of(subject: Subject, dosed: Mapping[str, tuple[tuple[date, date], ...]]) -> Iterator[tuple[Read, At | None]]:
    """What each record says, with the visit that it is of. ``dosed`` are the days of EX, by treatment."""
    for record in subject.records.get("SV", ()):
        found = _visit(record, subject)
        if isinstance(found, At):
            yield _took_place(record, found, subject, dosed), found
        else:
            yield found, None


def at_of(subject: Subject, visit_id: str) -> At | None:
    """Where a visit stands by its id, such as toripalimab.2 or regorafenib.1.8."""
    name, _, rest = visit_id.partition(".")
    plan = subject.plan
    plans = [plan] if plan is not None else list(subject.version.arms.values())
    line = next((each.timelines[name] for each in plans if name in each.timelines), None)
    parts = rest.split(".")
    if line is None or not parts[0].isdigit():
        return None
    return At(visit_id, line, int(parts[0]), int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else None)


def _visit(record: Record, subject: Subject) -> At | Read:
    number, title = record.amount("VISITNUM"), record.text("VISIT")
    by_number = [each for each in subject.visits if number is not None and subject.numbers.of(each) == number]
    by_title = [each for each, visit in subject.visits.items() if visit.called.casefold() == title.casefold()]
    both = [each for each in by_number if each in by_title]
    labelled = [each for each in by_number if each.partition(".")[0] in subject.version.trial_visits]
    if both or (len(by_title) == 1 and not labelled):
        found = (both or by_title)[0]
    elif labelled and not by_title:
        found = labelled[0]
    elif labelled or len(by_title) > 1:
        return wrong(
            record,
            said(
                "VISITNUM {number} and VISIT '{title}' are two visits of the protocol",
                number=Code(str(number)),
                title=Quoted(title),
            ),
        )
    else:
        return _unplanned(record, bool(by_number))
    at = at_of(subject, found)
    return (
        at
        if at is not None
        else carried(record, said("{visit} is no visit that can be recorded by its number", visit=Code(found)))
    )


def _unplanned(record: Record, other: bool) -> Read:
    title, what = record.text("VISIT"), record.text("SVUPDES")
    if record.text("SVPRESP") == "Y" or record.amount("VISITDY") is not None or (other and not what):
        return carried(record, said("the protocol has no visit '{title}' of that number", title=Quoted(title)))
    day = record.day("SVSTDTC")
    if day is None:
        return carried(record, no_day(record, "SVSTDTC"))
    done: list[Data] = [part for part in what.split("; ") if part]
    more: dict[str, Data] = {"activities": done} if done else {"reason": title or None}
    happened = event(day, "unscheduled visit", record.time("SVSTDTC"), **more)
    if what or title.upper().startswith("UNSCHEDULED"):
        return plainly(record, happened)
    return assumed(
        record,
        said("'{title}' is no visit of the protocol: it is read as an unscheduled one", title=Quoted(title)),
        happened,
    )


def _took_place(record: Record, at: At, subject: Subject, dosed: Mapping[str, tuple[tuple[date, date], ...]]) -> Read:
    if record.text("SVOCCUR") == "N":
        return _did_not(record, at, subject)
    day = record.day("SVSTDTC")
    if day is None:
        return carried(record, no_day(record, "SVSTDTC"))
    if at.is_dose:
        read = _dose(record, at, day, dosed.get(at.line.name, ()))
    else:
        read = plainly(record, event(day, "visit done", record.time("SVSTDTC"), entry=f"{at.line.name}.{at.n}"))
    last = record.day("SVENDTC")
    if read.events and last is not None and last != day:
        read = noted(read, said("it lasted until {day}, and is recorded on its first day", day=Code(str(last))))
    title, number = record.text("VISIT"), record.amount("VISITNUM")
    planned = subject.visits[at.id].called
    if planned.casefold() != title.casefold():
        read = noted(
            read,
            said(
                "VISIT is '{title}', and by its number it is '{planned}'", title=Quoted(title), planned=Quoted(planned)
            ),
        )
    elif subject.numbers.of(at.id) != number:
        read = noted(
            read,
            said(
                "VISITNUM is {number}, and by its name it is number {own}",
                number=Code(str(number)),
                own=Code(str(subject.numbers.of(at.id))),
            ),
        )
    return read


def _dose(record: Record, at: At, day: date, days: tuple[tuple[date, date], ...]) -> Read:
    if not any(first <= day <= last for first, last in days):
        return carried(
            record,
            said(
                "it is the day of {visit}, and EX has no dose of {treatment} on it",
                visit=Code(at.id),
                treatment=Code(at.line.name),
            ),
        )
    if not at.line.has_days or at.line.kind != "oral":
        return plainly(record)
    begun: dict[str, Any] = {"treatment": at.line.name, "cycle": at.n}
    if at.line.follows is not None and at.line.follows.has_days:
        begun["day"] = at.day
    return plainly(record, event(day, "cycle started", record.time("SVSTDTC"), **begun))


def _did_not(record: Record, at: At, subject: Subject) -> Read:
    planned = subject.visits[at.id].day
    if planned is None or subject.reference is None:
        return carried(
            record, said("{visit} was not done, and no day is known on which to record that", visit=Code(at.id))
        )
    if at.is_dose:
        return carried(record, said("{visit} is the day of a dose: EX says what was given", visit=Code(at.id)))
    try:
        day = subject.reference + timedelta(days=planned - (planned > 0))
    except OverflowError:
        return carried(
            record,
            said(
                "{visit} was not done, and RFSTDTC is {day}: no planned day is known",
                visit=Code(at.id),
                day=Code(str(subject.reference)),
            ),
        )
    happened = event(day, "not done", entry=f"{at.line.name}.{at.n}", reason=record.text("SVREASOC") or None)
    return assumed(record, said("it was not done: it is recorded on its planned day"), happened)
