"""The numbers that a forecast rests on, each in a sentence with its source."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scheduler.forecasting.amounts import per_cent, plain
from scheduler.forecasting.expecting.rates import (
    AssumedSurface,
    BodySize,
    Chance,
    Course,
    Enrolment,
    Rates,
    Supply,
)
from scheduler.forecasting.forecast import Rate
from scheduler.forecasting.names import Names
from scheduler.said import Amount, Code, Quoted, Said, Value, listed, said


def rates_told(rates: Rates, names: Names) -> Iterator[Rate]:
    """Every number, in the order of the file."""
    for enrolment in rates.enrolment:
        yield Rate(enrolment.site, _enrolment(enrolment, names), _source(rates, enrolment.source))
    for treatment, course in rates.courses.items():
        for about, chance in _chances(names.drug(treatment), course):
            yield Rate(None, about, _source(rates, chance.source))
    for size in rates.body_sizes:
        yield Rate(None, _body_size(size), _source(rates, size.source))
    if rates.surface is not None:
        yield Rate(None, _surface(rates.surface), _source(rates, rates.surface.source))
    for supply in rates.supplies:
        yield Rate(supply.site, _supply(supply, names), _source(rates, supply.source))


def _source(rates: Rates, name: str) -> Quoted:
    return Quoted(f"{name}: {rates.sources[name]}" if name in rates.sources else name)


def _enrolment(enrolment: Enrolment, names: Names) -> Said:
    site, n = names.site(enrolment.site), enrolment.patients
    if enrolment.days == 7:
        return said("{site}: {n} patients a week begin treatment", site=site, n=n)
    return said("{site}: {n} patients a month begin treatment", site=site, n=n)


def _chances(told: Value, course: Course) -> Iterator[tuple[Said, Chance]]:
    for name, chance in course.chances():
        each = per_cent(chance.chance)
        match name:
            case "end of treatment":
                about = said(
                    "{treatment}: all treatment ends at {chance} of the starts after the first",
                    treatment=told,
                    chance=each,
                )
            case "discontinued":
                about = said(
                    "{treatment}: it is discontinued at {chance} of the starts after the first",
                    treatment=told,
                    chance=each,
                )
            case "delayed":
                about = said(
                    "{treatment}: {chance} of the starts after the first are put off by {days} days",
                    treatment=told,
                    chance=each,
                    days=chance.days,
                )
            case _:
                about = said(
                    "{treatment}: at {chance} of the starts after the first the dose is lowered by one level",
                    treatment=told,
                    chance=each,
                )
        yield about, chance


def _body_size(size: BodySize) -> Said:
    values = (_value(name, value) for name, value in size.values.items())
    return said(
        "{chance} of the patients of whom nothing is recorded: {values}",
        chance=per_cent(size.chance),
        values=listed(*values),
    )


def _value(name: str, value: Decimal) -> Said:
    number = plain(value)
    match name:
        case "weight":
            return said("weight {amount}", amount=Amount(number, "kg"))
        case "height":
            return said("height {amount}", amount=Amount(number, "cm"))
        case "creatinine clearance":
            return said("creatinine clearance {amount}", amount=Amount(number, "mL/min"))
        case _:
            return said("age {n} years", n=number)


def _surface(assumed: AssumedSurface) -> Said:
    return said(
        "The protocol names no formula of the body surface for some doses: they are reckoned by {formula}",
        formula=Code(assumed.surface.clause.text),
    )


def _supply(supply: Supply, names: Names) -> Said:
    return said(
        "{treatment} at {site}: {lead} days from the order to the delivery, an order for {cover} days, {safety} to be left at "
        "any time, a chance of {risk} of having fewer",
        treatment=names.drug(supply.drug, supply.strength),
        site=names.site(supply.site),
        lead=supply.lead,
        cover=supply.cover,
        safety=supply.safety,
        risk=per_cent(supply.risk),
    )
