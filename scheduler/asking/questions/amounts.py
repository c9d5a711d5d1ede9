"""Amounts that were given or taken, beside the one that was in force: none, ten times as much, or simply another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.deviations.wrong_doses import clause_of
from scheduler.calendar.engine.dosing.parts import still_due
from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Dose, Entry
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.cut_log import as_ordered
from scheduler.patient.events import Given, Taken, parse_amount
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.give import in_short
from scheduler.protocol.sentences.dosing.giving import convert
from scheduler.said import Code, Listed, Said, Value, listed, said, said_as

_AND = said_as("between the members of a list", " and ")
_TENFOLD, _OVERDOSE = 10, 2


@dataclass(frozen=True, slots=True)
class _Compared:
    """What is said, and what was in force; ``times`` is how many times that it is.

    ``times`` is None where the units do not compare, and where nothing is due. ``is_rest`` is true of the rest of a fraction
    that was given in part: ``due`` is what is left of it. ``of`` is how many fractions the record is of: ``due`` is that of all.
    """

    stated: Said | Code
    treatment: str
    due: Dose
    times: Decimal | None
    clause: Clause | None
    is_rest: bool = False
    of: int = 1

    @property
    def beside(self) -> Said:
        """What it is compared with, in words."""
        if self.of > 1:
            return said("the dose of {number} fractions, {due}", number=self.of, due=dose_in_words(self.due))
        if self.is_rest:
            return said("what is left of the fraction, {due}", due=dose_in_words(self.due))
        return said("the dose in force, {due}", due=dose_in_words(self.due))


def amount_of_zero(candidate: Candidate) -> Iterator[Told]:
    """Nothing was given: then it was not given, and the log has a word for that."""
    event = candidate.event
    if not isinstance(event, Given | Taken) or not _is_nothing(event):
        return
    hint = (
        said("record 'not taken' with the days")
        if isinstance(event, Taken)
        else said("record 'not done' with its entry")
    )
    parts = (f"{in_short(amount, unit)} {name}" for amount, unit, name in _parts(event))
    amount = event.amount or ", ".join(parts)
    yield Told(
        said("{amount} of {treatment} is no dose", amount=Code(amount), treatment=Code(event.treatment)),
        _field(candidate),
        hint,
    )


def _is_nothing(event: Given | Taken) -> bool:
    if event.amount is not None:
        return parse_amount(event.amount)[0] == 0
    parts = _parts(event)
    return bool(parts) and all(amount == 0 for amount, _, _ in parts)


def _parts(event: Given | Taken) -> tuple[tuple[Decimal, str, str], ...]:
    return tuple(event.parts) if isinstance(event, Given) and event.amounts else ()


def tenfold_amount(candidate: Candidate) -> Iterator[Told]:
    """A decimal point at the wrong place, or a danger."""
    for each in _differing(candidate):
        if each.times and (each.times >= _TENFOLD or each.times <= Decimal(1) / _TENFOLD):
            told: dict[str, Value] = {"stated": each.stated, "treatment": Code(each.treatment), "due": each.beside}
            what = (
                said(
                    "{stated} of {treatment} is {times} times {due}", times=Code(f"{each.times.normalize():f}"), **told
                )
                if each.times >= _TENFOLD
                else said("{stated} of {treatment} is a tenth or less of {due}", **told)
            )
            yield Told(what, _field(candidate), _look(candidate, each), each.clause)


def other_amount(candidate: Candidate) -> Iterator[Told]:
    """Another amount than the one in force."""
    for each in _differing(candidate):
        if each.times is None and each.due.amount:
            told: dict[str, Value] = {"stated": each.stated, "treatment": Code(each.treatment), "due": each.beside}
            what = said("{stated} of {treatment} cannot be compared with {due}", **told)
            yield Told(what, _field(candidate), said("write it in {unit}", unit=Code(f"{each.due.unit}")), each.clause)
        elif not each.times or Decimal(1) / _TENFOLD < each.times < _TENFOLD:
            what = said(
                "{stated} of {treatment} is not {due}",
                stated=each.stated,
                treatment=Code(each.treatment),
                due=each.beside,
            )
            yield Told(what, _field(candidate), _look(candidate, each), each.clause)


def begins_again(candidate: Candidate) -> Iterator[Told]:
    """A dose without its amount that is another one of the protocol on the day it was given than on the day it was planned."""
    event = candidate.event
    if not isinstance(event, Given) or event.is_stated:
        return
    entry = candidate.calendar_with(event, event.on + timedelta(days=1)).entry(event.entries[0])
    planned = candidate.calendar.entry(event.entries[0])
    if entry is None or entry.in_count is None or (planned is not None and planned.doses == entry.doses):
        return
    if planned is None or planned.counts_as != entry.counts_as:
        due = _all_of(entry.doses)
        since = (
            said("{days} days after {last}", days=entry.in_count.days, last=Code(f"{entry.in_count.last}"))
            if entry.in_count.rule
            else said("on that day")
        )
        what = said(
            "{since} {treatment} is due as dose {number} of the protocol, {due}",
            since=since,
            treatment=Code(event.treatment),
            number=entry.counts_as,
            due=due
            if planned is None or not planned.doses
            else said("{due}, not {planned}", due=due, planned=_all_of(planned.doses)),
        )
        clause = clause_of(candidate.treatment(event.treatment), entry.doses[0], entry.because) if entry.doses else None
        yield Told(what, "amount", said("write the amount that was given"), clause)


def amount_of_which(candidate: Candidate) -> Iterator[Told]:
    """One amount for an entry of several drugs or courses: it says nothing about any of them."""
    event = candidate.event
    if not isinstance(event, Given | Taken) or event.amount is None:
        return
    for doses, because in _by_day(candidate, event):
        if len(doses) > 1:
            what = said(
                "{amount} does not say of which: {doses} of {treatment} are due",
                amount=Code(f"{event.amount}"),
                doses=_all_of(doses),
                treatment=Code(f"{event.treatment}"),
            )
            each = ", ".join(str(dose.amount or 0) + f" {dose.unit} {dose.of}" for dose in doses)
            hint = said(
                "leave the amount out where it was as planned; else say it of each, as in 'amounts: [{each}]'",
                each=Code(f"{each}"),
            )
            yield Told(what, "amount", hint, clause_of(candidate.treatment(event.treatment), doses[0], because))
            return


def _all_of(doses: tuple[Dose, ...]) -> Listed:
    return listed(*map(dose_in_words, doses), how=_AND)


def _field(candidate: Candidate) -> str:
    return "amounts" if getattr(candidate.event, "amounts", ()) else "amount"


def _look(candidate: Candidate, each: _Compared) -> Said:
    hint = said("leave the amount out where it was {due}", due=Code(f"{each.due}"))
    if each.is_rest:
        hint = said("look at the amounts of all its sessions")
    elif each.of > 1:
        hint = said(
            "the amount is that of all {number} fractions: {hint}, and record each by itself where they differed",
            number=each.of,
            hint=hint,
        )
    elif (of := _fractions_in(candidate, each)) is not None:
        hint = said(
            "where the record is of {number} fractions, write 'fractions: {number}'; {hint}", number=of, hint=hint
        )
    too_much = not each.due.amount or (each.times is not None and each.times >= _OVERDOSE)
    return said("{hint}; an overdose is reported as the protocol says", hint=hint) if too_much else hint


def _fractions_in(candidate: Candidate, each: _Compared) -> int | None:
    """How many fractions of a day the amount would be the dose of, where a day has as many."""
    line = candidate.treatment(each.treatment)
    of = int(each.times) if each.times is not None and each.times == int(each.times) else 1
    return of if line is not None and 1 < of <= line.a_day else None


def _differing(candidate: Candidate) -> Iterator[_Compared]:
    """Each dose that was in force on the days of the event and is another than what it says."""
    event = candidate.event
    if isinstance(event, Given) and event.amounts:
        yield from _differing_parts(candidate, event)
    if not isinstance(event, Given | Taken) or event.amount is None:
        return
    amount, unit = parse_amount(event.amount)
    if amount == 0:
        return
    for due, clause in _in_force(candidate, event).items():
        if due.of_day is None:
            continue
        same = convert(amount, unit, due.unit)
        if same != due.of_day:
            times = same / due.of_day if same is not None and due.of_day else None
            amount_said = Code(event.amount)
            stated = said("{amount} a day", amount=amount_said) if due.often else amount_said
            yield _Compared(stated, event.treatment, due, times, clause, _is_rest(candidate), _of(event))


def _differing_parts(candidate: Candidate, event: Given) -> Iterator[_Compared]:
    """The same of each drug or course; that all are 0 is asked by itself."""
    if _is_nothing(event):
        return
    stated = {name: (amount, unit) for amount, unit, name in event.parts}
    for doses, because in _by_day(candidate, event):
        for due in doses:
            if due.of_day is not None and due.of in stated:
                amount, unit = stated[due.of]
                same = convert(amount, unit, due.unit)
                if same != due.of_day:
                    times = same / due.of_day if same is not None and due.of_day else None
                    amount_said, rest = Code(in_short(amount, unit)), _is_rest(candidate)
                    clause = clause_of(candidate.treatment(event.treatment), due, because)
                    yield _Compared(amount_said, due.of or "", due, times, clause, rest, _of(event))


def _in_force(candidate: Candidate, event: Given | Taken) -> dict[Dose, Clause | None]:
    """The doses that the calendar has on the days of the event, where its amount is left out."""
    found: dict[Dose, Clause | None] = {}
    for doses, because in _by_day(candidate, event):
        if len(doses) == 1:
            found.setdefault(doses[0], clause_of(candidate.treatment(event.treatment), doses[0], because))
    return found


def _by_day(candidate: Candidate, event: Given | Taken) -> Iterator[tuple[tuple[Dose, ...], Because]]:
    """All doses of each stretch of days that the event is about, as if its amount were left out.

    Of the rest of a fraction it is what is left.
    """
    if _is_rest(candidate):
        yield from _left(candidate)
        return
    says = {"amounts": ()} if isinstance(event, Given) else {"times": ()}
    bare = event.model_copy(update={"amount": None, **says})
    last = event.to if isinstance(event, Taken) else event.on
    calendar = candidate.calendar_with(bare, max(last, event.on) + timedelta(days=1))
    found = [
        each
        for entry in calendar.entries
        if entry.timeline == event.treatment or entry.timeline.startswith(f"{event.treatment}.unplanned")
        for each in _doses(entry, event)
    ]
    yield from found if _of(event) == 1 or not found else [_of_all(found)]


def _of(event: Given | Taken) -> int:
    """How many fractions it is a record of."""
    return len(event.numbers) if isinstance(event, Given) else 1


def _of_all(found: list[tuple[tuple[Dose, ...], Because]]) -> tuple[tuple[Dose, ...], Because]:
    """The doses of all fractions of one record together, by course."""
    by_course = zip(*(doses for doses, _ in found), strict=True)
    return tuple(map(_sum, by_course)), found[-1][1]


def _sum(doses: tuple[Dose, ...]) -> Dose:
    amounts = [dose.amount for dose in doses if dose.amount is not None]
    return replace(doses[0], amount=sum(amounts, Decimal(0)) if len(amounts) == len(doses) else None)


def _is_rest(candidate: Candidate) -> bool:
    """True for a session of a fraction that another session has begun."""
    event = candidate.event
    done = candidate.course.about(event.entries[0]).done if isinstance(event, Given) else None
    return done is not None and isinstance(done.event, Given) and done.event.is_stated


def _left(candidate: Candidate) -> Iterator[tuple[tuple[Dose, ...], Because]]:
    """What is left of the fraction after the sessions that were recorded, as it was ordered for the first."""
    about = candidate.course.about(candidate.event.entries[0])
    facts = tuple(fact for fact in (about.done, *about.rest) if fact is not None)
    ordered = calendar_of(candidate.version, candidate.site, as_ordered(candidate.before), as_known=True)
    entry = ordered.entry(candidate.event.entries[0])
    if entry is not None:
        yield still_due(facts, entry.doses), entry.because


def _doses(entry: Entry, event: Given | Taken) -> Iterator[tuple[tuple[Dose, ...], Because]]:
    if isinstance(event, Given):
        if entry.id in event.entries:
            yield entry.doses, entry.because
        return
    for run in entry.runs:
        if run.first_date <= event.to and event.from_ <= run.last_date:
            yield run.doses, run.because
