"""What a living person may have, and this one likely has not: a limit that no laboratory uses, a weight that doubled in a week.

Also a dose of a medicine that nobody is given. All of it can be so: it is asked, with what may have been meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple, cast

from scheduler.asking.candidate import Candidate, Told
from scheduler.findings import OR
from scheduler.patient.dose_rules.facts.names import BASELINE
from scheduler.patient.events import (
    Attribute,
    Event,
    Measured,
    MedicineChanged,
    MedicineStarted,
    parse_amount,
)
from scheduler.patient.events.observations import OfMedicine
from scheduler.patient.log import Fact
from scheduler.said import Code, Quoted, Said, listed, said
from scheduler.vocabulary import MOST_IN_A_DAY, ORDINARY_IN_A_DAY, Measure, generic_name, laboratory_named
from scheduler.vocabulary.units import convert

_NEARBY = 92
"""Days. Over a longer time a child's weight doubles, and a patient's changes by a third."""
_CHANGES = {"weight": Decimal("1.25"), "height": Decimal("1.1")}
"""By what factor such a value of a person changes within that time, up or down, before a slip is likelier."""
_OF_A_SMALL_CHILD = {"weight": (Decimal(15), Decimal(2)), "height": (Decimal(95), Decimal("1.3"))}
"""Up to what value (kg, cm) a person may be a small child, and the factor then: a newborn doubles its weight in four months."""
_TENFOLD = 10


class _Reading(NamedTuple):
    """One value of a test: the day, the number in the test's own unit, as it was written, and the records behind it."""

    day: date
    value: Decimal
    written: str
    events: tuple[int, ...] = ()


def unlikely_limit(candidate: Candidate) -> Iterator[Told]:
    """An upper limit of normal that no laboratory has: every multiple of it would be wrong, and so every grade."""
    event = candidate.event
    if not isinstance(event, Measured) or event.upper_limit is None or event.upper_limit <= 0:
        return
    test = laboratory_named(event.test)
    limit = convert(event.upper_limit, event.unit, test.unit, test.molar_mass) if test is not None else None
    if test is None or test.upper_limits is None or limit is None:
        return
    least, greatest = test.upper_limits
    if least <= limit <= greatest:
        return
    others = (Measure(event.upper_limit * shift, event.unit) for shift in (_TENFOLD, Decimal(1) / _TENFOLD))
    meant = [each for each in others if least <= limit * each.value / event.upper_limit <= greatest]
    what = said(
        "laboratories have upper limits of normal of {test} from {least} to {greatest}, not {limit}",
        limit=Code(str(Measure(event.upper_limit, event.unit))),
        test=Code(test.name),
        least=Code(str(Measure(least, test.unit))),
        greatest=Code(str(Measure(greatest, test.unit))),
    )
    yield Told(what, "upper_limit", _which(Measure(event.upper_limit, event.unit), *meant))


def unlikely_daily_dose(candidate: Candidate) -> Iterator[Told]:
    """A dose of a day that is more than anybody is given, or ten times the last one and more than a course of steroids has."""
    event = candidate.event
    if not isinstance(event, MedicineStarted | MedicineChanged) or event.is_local:
        return
    dose, most = _milligrams(event), MOST_IN_A_DAY.get(generic_name(event.name))
    if dose is None:
        return
    tenth = Measure(dose / _TENFOLD, "mg")
    if most is not None and dose > most:
        what = said(
            "{dose} of {name} in a day is more than is given, which is {most} at most",
            dose=Code(f"{event.daily_dose}"),
            name=Quoted(event.name),
            most=Code(f"{most} mg"),
        )
        yield Told(what, "dose", _which(Measure(dose, "mg"), tenth))
        return
    last = _last_of(candidate, event)
    before = _milligrams(cast(OfMedicine, last.event)) if last is not None else None
    ordinary = dose <= ORDINARY_IN_A_DAY.get(generic_name(event.name), 0)
    if last is not None and before and dose >= _TENFOLD * before and not ordinary:
        what = said(
            "{dose} of {name} in a day is ten times what was taken before, {before}, or more",
            dose=Code(f"{event.daily_dose}"),
            name=Quoted(event.name),
            before=Code(f"{cast(OfMedicine, last.event).daily_dose}"),
        )
        yield Told(what, "dose", _which(Measure(dose, "mg"), tenth), events=last.numbers)


def _last_of(candidate: Candidate, event: OfMedicine) -> Fact | None:
    """The last record of what is taken of a medicine, up to the day of the event."""
    facts = candidate.course.of(MedicineStarted, MedicineChanged)
    taken = [(each, cast(OfMedicine, each.event)) for each in facts]
    same = [each for each, of in taken if generic_name(of.name) == generic_name(event.name) and not of.is_local]
    return max((each for each in same if each.event.on <= event.on), key=lambda each: each.day, default=None)


def _milligrams(event: OfMedicine) -> Decimal | None:
    if event.daily_dose is None:
        return None
    try:
        amount, unit = parse_amount(event.daily_dose)
    except ValueError:
        return None
    return convert(amount, unit, "mg")


def jump(candidate: Candidate) -> Iterator[Told]:
    """A weight or height that nobody comes to within three months: doses by kg and m2 would be as wrong as it is."""
    event = candidate.event
    name = _named(event)
    here = _reading(event, name)
    if here is None:
        return
    known = [
        each for fact in candidate.course.of(Attribute, Measured) if (each := _reading(fact.event, name, fact.numbers))
    ]
    near = [each for each in known if abs((each.day - here.day).days) <= _NEARBY and each.value > 0]
    if not near:
        return
    # The last one up to its day; where there is none, the next.
    other = max((each for each in near if each.day <= here.day), key=lambda each: each.day, default=near[0])
    factor = max(here.value, other.value) / min(here.value, other.value) if here.value > 0 else Decimal(0)
    small, most = _OF_A_SMALL_CHILD[name]
    if factor <= (most if max(here.value, other.value) <= small else _CHANGES[name]):
        return
    what = said(
        "{name} {value}: it was {other} on {day}",
        name=Code(name),
        value=Code(here.written),
        other=Code(other.written),
        day=Code(f"{other.day}"),
    )
    hint = said("look at the number and the unit; where it is the other one that is wrong, correct that record")
    yield Told(what, "value", hint, events=other.events)


def _named(event: Event) -> str:
    """The test that an event is about; "" where it is none that is looked at."""
    written = event.name if isinstance(event, Attribute) else event.test if isinstance(event, Measured) else ""
    test = laboratory_named(written.removeprefix(BASELINE))
    return test.name if test is not None and test.name in _CHANGES else ""


def _reading(event: Event, name: str, numbers: tuple[int, ...] = ()) -> _Reading | None:
    test = laboratory_named(name) if name and _named(event) == name else None
    written = _written(event, test.unit) if test is not None else None
    own = convert(written.value, written.unit, test.unit) if written is not None and test is not None else None
    return None if own is None or written is None else _Reading(event.on, own, str(written), numbers)


def _written(event: Event, unit: str) -> Measure | None:
    """The number as somebody wrote it; without a unit in that one, in which doses read it."""
    if isinstance(event, Measured):
        return Measure(event.value, event.unit)
    value = event.value if isinstance(event, Attribute) else None
    if isinstance(value, Decimal):
        return Measure(value, unit)
    try:
        return Measure(*parse_amount(str(value)))
    except ValueError:
        return None


def _which(written: Measure, *meant: Measure) -> Said:
    """4 U/L or 40 U/L?; where nothing else is likely, only to look again."""
    if not meant:
        return said("look at the report again")
    return said("{names}?", names=listed(*(Code(str(each)) for each in (written, *meant)), how=OR))
