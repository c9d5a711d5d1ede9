"""EX: what was given at the site, and what was taken at home.

One dose of SDTM is an administration; a report of tablets here has the amount of a whole day. A dose of 0 is no dose: of a
placebo it says that what was given has none of the drug, and of anything else it is left to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.frequency import days_between, doses_a_day
from scheduler.said import Code, Quoted, listed, said
from scheduler.source.node import Data
from scheduler.standards.sdtm.codelists import FREQUENCIES, UNITS
from scheduler.standards.sdtm.exposure import treatment_name
from scheduler.standards.sdtm_in.reading import Read, Subject, Written, assumed, carried, event, noted, plainly, wrong
from scheduler.standards.sdtm_in.records import Record
from scheduler.standards.sdtm_in.report import Note
from scheduler.standards.sdtm_in.visits import At, at_of

_OFTEN = {term: words for words, term in FREQUENCIES.items()} | {"QHS": "once daily", "Q12H": "twice daily"}
_UNITS = {term.casefold(): word for word, term in UNITS.items()}


@dataclass(frozen=True, slots=True)
class Exposure:
    """A record with its treatment, the drug of it where the treatment gives several, and its days, both included."""

    record: Record
    line: Timeline
    drug: str | None
    first: date
    last: date


def exposures_of(subject: Subject) -> list[Exposure | Read]:
    """The records of EX in their order; one that is of no treatment or of no day, or there twice, is read already."""
    found: list[Exposure | Read] = []
    first: dict[frozenset[tuple[str, object]], int] = {}
    for record in subject.records.get("EX", ()):
        same = frozenset(cell for cell in record.has.items() if cell[0] != "EXSEQ")
        number = first.setdefault(same, record.number)
        found.append(_exposure(record, subject) if number == record.number else _again(record, number))
    return found


def _again(record: Record, other: int) -> Read:
    return wrong(
        record,
        said(
            "it says the same as record {number}: one dose that is written twice, or a second dose of that time, "
            "which a person has to record",
            number=other,
        ),
    )


def days_of(exposures: Sequence[Exposure | Read]) -> dict[str, tuple[tuple[date, date], ...]]:
    """The days on which something was given or taken, by treatment."""
    found: dict[str, tuple[tuple[date, date], ...]] = {}
    for each in exposures:
        if isinstance(each, Exposure):
            found[each.line.name] = (*found.get(each.line.name, ()), (each.first, each.last))
    return found


def doses_of(subject: Subject, exposures: Sequence[Exposure | Read], visits: Mapping[date, list[At]]) -> Iterator[Read]:
    """What each record says. ``visits`` are those of SV by their day: they say which dose it was, or which cycle began."""
    begun = {at.line.name for several in visits.values() for at in several if at.is_dose and at.n == 1}
    counted: dict[str, dict[date, int]] = {}
    for each in sorted((one for one in exposures if isinstance(one, Exposure)), key=lambda one: one.first):
        days = counted.setdefault(each.line.name, {})
        days.setdefault(each.first, len(days) + 1)
    reads: list[Read] = []
    for one in exposures:
        if isinstance(one, Read):
            reads.append(one)
        elif _at_home(one.line):
            first = min(counted[one.line.name])
            reads.append(_taken(one, begins=one.first == first and one.line.name not in begun))
            begun |= {one.line.name} if one.first == first else set()
        else:
            reads.append(_given(one, subject, visits.get(one.first, []), counted[one.line.name][one.first]))
    yield from _together(reads)


def _together(reads: Sequence[Read]) -> Iterator[Read]:
    """Records of several drugs of one dose are one event: it stands with the first of them."""
    by_dose: dict[tuple[Data, ...], list[Read]] = {}
    for read in reads:
        for one in read.events:
            if one["event"] == "given":
                key = (one["on"], one.get("at"), one["treatment"], one["n"], one.get("day"))
                by_dose.setdefault(key, []).append(read)
    for read in reads:
        several = next((found for found in by_dose.values() if len(found) > 1 and read in found), None)
        if several is None or not all("amounts" in each.events[0] for each in several):
            yield read
        elif read is several[0]:
            amounts: list[Data] = [amount for each in several for amount in _amounts(each.events[0])]
            yield replace(read, events=({**read.events[0], "amounts": amounts},))
        else:
            yield replace(
                read,
                events=(),
                notes=(*read.notes, said("it is said with record {number}", number=several[0].record.number)),
            )


def _amounts(written: Written) -> list[Data]:
    amounts = written["amounts"]
    return amounts if isinstance(amounts, list) else []


def _exposure(record: Record, subject: Subject) -> Exposure | Read:
    name = record.text("EXTRT")
    plan = subject.plan
    lines = plan.treatments() if plan is not None else ()
    found = [(line, drug) for line in lines for drug in _drugs(line) if name.casefold() in _names(line, drug)]
    if not found:
        what = (
            said(
                "the protocol gives no '{treatment}' in the arm '{arm}'", treatment=Quoted(name), arm=Code(subject.arm)
            )
            if subject.arm is not None
            else said("the protocol gives no '{treatment}'", treatment=Quoted(name))
        )
        return wrong(record, what)
    if len(found) > 1:
        return carried(
            record,
            said(
                "'{treatment}' is given by several treatments, and the record does not say which",
                treatment=Quoted(name),
            ),
        )
    ((line, drug),) = found
    first, last = record.day("EXSTDTC"), record.day("EXENDTC")
    if first is None or (record.text("EXENDTC") and last is None):
        return carried(
            record,
            said(
                "its days are not known: '{first}' to '{last}'",
                first=Quoted(record.text("EXSTDTC")),
                last=Quoted(record.text("EXENDTC")),
            ),
        )
    if last is None and _at_home(line) and record.text("EXDOSFRQ") != "ONCE":
        return carried(record, said("it has no last day: EXENDTC is missing"))
    last = last or first
    if last < first:
        return wrong(
            record, said("it ends on {last}, before it begins on {first}", last=Code(str(last)), first=Code(str(first)))
        )
    if not _at_home(line) and last != first:
        return carried(
            record,
            said(
                "{treatment} is given at the site, and the record is of several days: {first} to {last}",
                treatment=Code(line.name),
                first=Code(str(first)),
                last=Code(str(last)),
            ),
        )
    return Exposure(record, line, drug, first, last)


def _at_home(line: Timeline) -> bool:
    return line.kind == "oral"


def _drugs(line: Timeline) -> list[str | None]:
    drugs = list(dict.fromkeys(give.name for give in line.gives))
    return [*drugs] if len(drugs) > 1 else [None]


def _names(line: Timeline, drug: str | None) -> set[str]:
    names = [treatment_name(line, drug), *([drug] if drug is not None else [line.name, line.title])]
    return {name.casefold() for name in names}


def _amount(each: Exposure) -> tuple[str | None, Note | None] | Read:
    """The amount of one administration with its unit as it is written here, and what it rests on."""
    record = each.record
    no_number = [
        said("{name} is '{written}'", name=Code(name), written=Quoted(record.text(name)))
        for name in ("EXDOSE", "EXDOSTOT")
        if record.text(name)
    ]
    if no_number:
        return carried(record, said("{names}, which is no number", names=listed(*no_number)))
    amount, unit = record.amount("EXDOSE"), record.text("EXDOSU")
    own = {give.unit for give in each.line.gives}
    unit = _UNITS.get(unit.casefold(), unit)
    if amount is None:
        return None, said("it says no amount: it is read as the amount in force")
    if amount == 0 and unit not in own:
        return None, said(
            "EXDOSE is 0 {unit} of the drug: it is read as the amount in force of {treatment}",
            unit=Quoted(unit),
            treatment=Code(each.line.name),
        )
    if amount == 0:
        return carried(record, said("a dose of 0 is no dose: record what was not given, and why"))
    if not unit:
        return carried(record, said("EXDOSE is {amount}, and has no unit", amount=Code(f"{amount:f}")))
    return f"{amount:f} {unit}", None


def _taken(each: Exposure, *, begins: bool) -> Read:
    found = _amount(each)
    if isinstance(found, Read):
        return found
    amount, note = found
    often = each.record.text("EXDOSFRQ")
    times = _times_a_day(each, often)
    total, whole = each.record.amount("EXDOSTOT"), each.record.text("EXDOSU")
    if total is not None and whole:
        amount, note = f"{total:f} {_UNITS.get(whole.casefold(), whole)}", None
    elif amount is not None and times is None:
        unknown = (
            said("how much a day is not known: EXDOSFRQ is {often}", often=Quoted(often))
            if often
            else said("how much a day is not known: EXDOSFRQ is missing")
        )
        return carried(each.record, unknown)
    elif amount is not None and times is not None and times > 1:
        unit = amount.partition(" ")[2]
        dose = each.record.amount("EXDOSE")
        assert dose is not None
        amount = f"{dose * times:f} {unit}"
        note = said("EXDOSE is one dose: {often} makes it {amount} a day", often=Quoted(often), amount=Code(amount))
    name = each.line.name
    events: list[Written] = []
    if begins:
        time = each.record.time("EXSTDTC") if each.first == each.last else None
        events.append(event(each.first, "cycle started", time, treatment=name, cycle=1))
    dates = {"from": each.first.isoformat(), "to": each.last.isoformat()}
    events.append(event(each.last, "taken", treatment=name, **dates, amount=amount))
    read = plainly(each.record, *events) if note is None else assumed(each.record, note, *events)
    return noted(read, said("no visit says where cycle 1 began: it is the first day of EX")) if begins else read


def _times_a_day(each: Exposure, often: str) -> int | None:
    """How many doses a day had; None where some days had none, or nobody knows. Without a word, as the treatment has it."""
    words = {_OFTEN.get(often)} if often else {give.frequency for give in each.line.gives}
    times = {doses_a_day(word) for word in words if word is not None and days_between(word) is None}
    return times.pop() if len(times) == 1 else None


def _given(each: Exposure, subject: Subject, visits: Sequence[At], order: int) -> Read:
    found = _amount(each)
    if isinstance(found, Read):
        return found
    amount, note = found
    at = _entry(each, subject) or next((visit for visit in visits if visit.line.name == each.line.name), None)
    n, day = (at.n, at.day) if at is not None else (order, None)
    many: dict[str, Data] = {"amounts": [f"{amount} {each.drug}"]} if each.drug else {"amount": amount}
    many = {} if amount is None else many
    happened = event(
        each.first,
        "given",
        each.record.time("EXSTDTC"),
        treatment=each.line.name,
        n=n,
        day=day if day != 1 else None,
        **many,
    )
    read = plainly(each.record, happened) if note is None else assumed(each.record, note, happened)
    counted = said(
        "no visit or link says which dose it was: by its day it is number {number} of {treatment}",
        number=order,
        treatment=Code(each.line.name),
    )
    return read if at is not None else noted(read, counted)


def _entry(each: Exposure, subject: Subject) -> At | None:
    """The dose that a link names, or the visit of the record itself."""
    for name in ("EXLNKID", "EXREFID"):
        link = each.record.text(name)
        linked = at_of(subject, link.removesuffix(f".{each.drug}") if each.drug else link)
        if linked is not None and linked.line.name == each.line.name:
            return linked
    number = each.record.amount("VISITNUM")
    by_number = [
        at_of(subject, own) for own in subject.visits if subject.numbers.of(own) == number and number is not None
    ]
    labelled = subject.version.trial_visits
    return next((at for at in by_number if at and at.line.name == each.line.name and at.line.name in labelled), None)
