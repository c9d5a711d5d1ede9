"""Which band of the protocol a patient is in: the dose by age, weight, body mass index, body surface or creatinine clearance.

A value "at first dose" is the last one up to the day of the study's first dose, whatever is recorded afterwards, and up to the
day that is planned for it, while it is to come; one "in force"
is the last one up to the day that is asked about. Nothing is guessed: while a value is missing there is no dose, and an age
that was recorded more than a month ago is missing too where the patient, older since, may be in another band by now. Where the
date of birth is recorded, an age is that of the day, and no message says the date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import cast

from scheduler.calendar.engine.dosing.body import AGE, CLEARANCE, HEIGHT, WEIGHT, recorded
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.first_dose import first_dose
from scheduler.calendar.entries.because import Reason
from scheduler.calendar.entries.doses_in_words import need_in_words
from scheduler.dates import Day, add_months
from scheduler.patient.events import DateOfBirth
from scheduler.patient.log import Fact
from scheduler.protocol.plan.dosing.bands import IN_UNIT, Band, Measure, Taken, measures_of
from scheduler.protocol.plan.dosing.calculation import Calculation
from scheduler.protocol.plan.dosing.dose_arithmetic import body_surface
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.moments import DATE_OF_BIRTH
from scheduler.said import (
    SEMICOLONS,
    Amount,
    Code,
    Said,
    Text,
    Value,
    as_written,
    counted,
    listed,
    said,
    said_as,
    text_of,
)

_NEEDS = {
    Measure.AGE: (AGE,),
    Measure.WEIGHT: (WEIGHT,),
    Measure.CLEARANCE: (CLEARANCE,),
    Measure.BODY_MASS_INDEX: (WEIGHT, HEIGHT),
    Measure.BODY_SURFACE: (WEIGHT, HEIGHT),
}
_AND = said_as("between the members of a list", " and ")
_CENTIMETRES = Decimal(100)
_TENTH = Decimal("0.1")
_MOST_YEARS = 30
_MONTHS_AS_RECORDED = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """One value of a patient, the facts behind it, and the band that it is in; no value while something is ``missing``.

    ``asked`` are the bands that there are, ``cites`` is what made a later value not count: the first dose.
    """

    measure: Measure
    value: Decimal | None
    facts: tuple[Fact, ...]
    band: Band | None
    asked: tuple[Band, ...]
    missing: tuple[str, ...] = ()
    cites: tuple[Fact, ...] = ()

    def as_said(self) -> Said:
        """The value with the day of its record: "age 78 years of 2026-02-27"."""
        assert self.value is not None
        measure, number = need_in_words(self.measure), self.value.normalize()
        value: Value = Amount(number, IN_UNIT[self.measure])
        if self.measure is Measure.AGE:
            value = counted("{n} year", "{n} years", number)
        if any(isinstance(fact.event, DateOfBirth) for fact in self.facts):
            return said("{measure} {value} by the date of birth", measure=measure, value=value)
        days = dict.fromkeys(str(fact.event.on) for fact in self.facts)
        return said(
            "{measure} {value} of {days}", measure=measure, value=value, days=listed(*map(Code, days), how=_AND)
        )


@dataclass(frozen=True, slots=True)
class Banded:
    """What the bands make of a dose: the amount, in a unit, per m2 or kg; None while it is not known.

    ``counts`` is the band that says it: of several, the one with the lowest dose.
    """

    amount: Decimal | None
    unit: str
    per: str | None
    measured: tuple[Measured, ...]
    counts: Measured | None = field(default=None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The values that have to be recorded."""
        return tuple(dict.fromkeys(name for each in self.measured for name in each.missing))

    @property
    def said(self) -> Text | None:
        """The values, each with its day and its band; None where no band counts."""
        known = [
            said("{value}, '{whom}'", value=each, whom=as_written(each.band.whom))
            for each in self.measured
            if each.band is not None
        ]
        if self.counts is None or len(known) < 2:
            return text_of(listed(*known, how=SEMICOLONS)) if known else None
        measure = need_in_words(self.counts.measure)
        values = listed(*known, how=SEMICOLONS)
        return text_of(said("{values}; the lowest counts, that by {measure}", values=values, measure=measure))

    @property
    def outside(self) -> tuple[Measured, ...]:
        """The values that no band is for."""
        return tuple(each for each in self.measured if each.band is None and not each.missing)


def banded(
    ev: Evaluation, how: Calculation, amount: Decimal, unit: str, per: str | None, day: Day, level: int | None
) -> Banded:
    """The dose of a day by the bands that the patient is in; the dose itself where there are none.

    ``level`` is the dose level in force; None where another dose than that of a level was ordered.
    """
    measured = tuple(_measured(ev, how, measure, day) for measure in measures_of(how.bands))
    doses = [(_dose(each.band, amount, unit, per, level), each) for each in measured if each.band is not None]
    if len(doses) < len(measured):
        return Banded(None, unit, per, measured)
    if not doses:
        return Banded(amount, unit, per, ())
    (lowest, found_unit, found_per), counts = min(doses, key=lambda each: each[0][0])
    return Banded(lowest, found_unit, found_per, measured, counts)


def reasons_of(ev: Evaluation, of_band: Banded) -> tuple[Reason, ...]:
    """The bands and the records that a dose, or the want of one, rests on."""
    bands = (band for each in of_band.measured for band in ((each.band,) if each.band is not None else each.asked))
    clauses = tuple(band.clause for band in bands)
    facts = (fact for each in of_band.measured for fact in (*each.facts, *each.cites))
    return (*clauses, *ev.events(*dict.fromkeys(facts)))


def days_of_bands(ev: Evaluation, line: Timeline) -> set[Day]:
    """The days from which on the dose of a treatment is another, because a value in force is in another band, or out of date."""
    days: set[Day] = set()
    for how in dict.fromkeys(give.calculation for give in line.gives if give.calculation.bands):
        for measure in measures_of(how.bands):
            if any(band.measure is measure and band.taken is Taken.IN_FORCE for band in how.bands):
                days |= set(_changes(ev, how, measure))
    return days


def _changes(ev: Evaluation, how: Calculation, measure: Measure) -> Iterator[Day]:
    if measure is Measure.AGE and (born := ev.course.dates.get(DATE_OF_BIRTH)) is not None:
        yield from _birthdays(_day_of_birth(born), how)
        return
    days = {fact.day for name in _NEEDS[measure] for fact, _ in recorded(ev.course, name)}
    if measure is Measure.AGE:
        older = {add_months(day, 12 * years) for day in days for years in range(1, _MOST_YEARS)}
        days |= older | {add_months(day, _MONTHS_AS_RECORDED) + 1 for day in days}
    before: tuple[Band | None, tuple[str, ...]] = (None, _NEEDS[measure])
    for day in sorted(days):
        now = _measured(ev, how, measure, day)
        if (now.band, now.missing) != before:
            yield day
        before = now.band, now.missing


def _birthdays(born: Day, how: Calculation) -> Iterator[Day]:
    """The birthdays on which a band of ages begins or ends."""
    edges = {
        edge for band in how.bands if band.measure is Measure.AGE for edge in (band.low, band.high) if edge is not None
    }
    yield from sorted({add_months(born, 12 * (int(edge) + more)) for edge in edges for more in (0, 1)})


def _day_of_birth(fact: Fact) -> Day:
    return cast(DateOfBirth, fact.event).born.toordinal()


def _by_birth(born: Fact, bands: tuple[Band, ...], day: Day, cites: tuple[Fact, ...]) -> Measured:
    """The age of the day, in whole years: on 28 February of a year without one, who was born on a 29 February is older."""
    start = _day_of_birth(born)
    years = max(date.fromordinal(day).year - date.fromordinal(start).year, 0)
    value = Decimal(years if add_months(start, 12 * years) <= day else max(years - 1, 0))
    return Measured(Measure.AGE, value, (born,), _band(bands, value), bands, (), cites)


def _measured(ev: Evaluation, how: Calculation, measure: Measure, day: Day) -> Measured:
    bands = tuple(band for band in how.bands if band.measure is measure)
    first = ev.course.first_day if bands[0].taken is Taken.AT_FIRST_DOSE else None
    planned = _planned_first_dose(ev, day) if bands[0].taken is Taken.AT_FIRST_DOSE and first is None else None
    day = first or planned or day
    born = ev.course.dates.get(DATE_OF_BIRTH) if measure is Measure.AGE else None
    if born is not None:
        begun = (
            ev.course.first_dose if first is not None else ev.course.first_dose_planned if planned is not None else None
        )
        return _by_birth(born, bands, day, (begun,) if begun is not None else ())
    known = {name: list(recorded(ev.course, name)) for name in _NEEDS[measure]}
    last = {name: [each for each in facts if each[0].day <= day][-1:] for name, facts in known.items()}
    later = any(fact.day > day for facts in known.values() for fact, _ in facts)
    cites = (ev.course.first_dose,) if first is not None and later and ev.course.first_dose is not None else ()
    if planned is not None and ev.course.first_dose_planned is not None:
        cites = (ev.course.first_dose_planned,)
    facts = tuple(fact for each in last.values() for fact, _ in each)
    missing = tuple(name for name, each in last.items() if not each)
    if missing:
        return Measured(measure, None, facts, None, bands, missing, cites)
    value = _value(how, measure, {name: each[0][1] for name, each in last.items()})
    found = Measured(measure, value, facts, _band(bands, value), bands, (), cites)
    return _as_old_as_now(found, bands, day) if measure is Measure.AGE else found


def _planned_first_dose(ev: Evaluation, day: Day) -> Day | None:
    """The day of a first dose that is still to come, for a dose of that day or later."""
    planned = first_dose(ev).day
    return planned if planned is not None and planned <= day else None


def _as_old_as_now(measured: Measured, bands: tuple[Band, ...], day: Day) -> Measured:
    """An age as it was recorded, for a month; then while the patient is in its band before and after the next birthday."""
    assert measured.value is not None
    since = measured.facts[-1].day
    if day <= add_months(since, _MONTHS_AS_RECORDED):
        return measured
    years = next(n for n in range(_MOST_YEARS + 1) if add_months(since, 12 * (n + 1)) > day)
    same = all(_band(bands, measured.value + each) is measured.band for each in (years, years + 1))
    return measured if same else replace(measured, value=None, band=None, missing=(AGE,))


def _band(bands: tuple[Band, ...], value: Decimal) -> Band | None:
    return next((band for band in bands if band.holds(value)), None)


def _value(how: Calculation, measure: Measure, known: dict[str, Decimal]) -> Decimal:
    if measure is Measure.BODY_SURFACE:
        assert how.surface is not None
        return body_surface(how.surface.formula, known[HEIGHT], known[WEIGHT])
    if measure is Measure.BODY_MASS_INDEX:
        metres = known[HEIGHT] / _CENTIMETRES
        return (known[WEIGHT] / (metres * metres)).quantize(_TENTH)
    value = known[_NEEDS[measure][0]]
    # An age is in whole years, as it is said.
    return Decimal(int(value)) if measure is Measure.AGE else value


def _dose(
    band: Band, amount: Decimal, unit: str, per: str | None, level: int | None
) -> tuple[Decimal, str, str | None]:
    if band.levels:
        own = band.levels[-level] if level is not None and -level < len(band.levels) else None
        return (own, cast(str, band.unit), band.per) if own is not None else (amount, unit, per)
    if band.amount is not None:
        return band.amount, cast(str, band.unit), band.per
    assert band.share is not None
    return band.of_dose(amount), unit, per
