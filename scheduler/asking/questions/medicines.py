"""Medicines that a clock of the protocol counts: how much in a day, by which route, and what each counts as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

from scheduler.asking.candidate import Candidate, Told
from scheduler.patient.dose_rules.unread.not_counted import NO_DAILY_DOSE, counts_without_route, not_counted
from scheduler.patient.events import MedicineChanged, MedicineStarted, MedicineStopped
from scheduler.patient.events.observations import Route
from scheduler.protocol.plan.rules import Rule
from scheduler.said import COMMAS, Code, Quoted, listed, said
from scheduler.vocabulary import MEDICINES, Known, Synonym

_FIELDS = {NO_DAILY_DOSE: "dose"}
_ROUTES = ", ".join(get_args(Route))


def missing(code: str) -> Callable[[Candidate], Iterator[Told]]:
    """What a clock misses about a medicine, under one code."""

    def asks(candidate: Candidate) -> Iterator[Told]:
        """A medicine that cannot be counted as it stands."""
        for found in not_counted(candidate.event, _rules(candidate)):
            if found.code == code:
                yield Told(found.what, _FIELDS.get(code, "name"), found.hint, found.clause)

    return asks


def without_route(candidate: Candidate) -> Iterator[Told]:
    """A counted medicine whose route nobody said."""
    clause = counts_without_route(candidate.event, _rules(candidate))
    if clause is not None:
        name = getattr(candidate.event, "name", "")
        what = said("how {name} is given is not said; it counts as acting in the whole body", name=Code(f"{name}"))
        yield Told(what, "route", said("write its route: {routes}", routes=Code(_ROUTES)), clause)


def _rules(candidate: Candidate) -> tuple[Rule, ...]:
    return tuple(rule for plan in candidate.plans() for rule in plan.rules)


def not_started(candidate: Candidate) -> Iterator[Told]:
    """The end, or another dose, of a medicine that nobody recorded as taken by then: likely it is written otherwise there."""
    event = candidate.event
    if not isinstance(event, MedicineStopped | MedicineChanged):
        return
    begun = {str(getattr(fact.event, "name", "")) for fact in candidate.course.of(MedicineStarted, MedicineChanged)}
    if any(_key(name) == _key(event.name) for name in begun):
        return
    what = said("nobody recorded that {name} was started", name=Quoted(event.name))
    names = listed(*(Quoted(name) for name in sorted(begun)), how=COMMAS)
    hint = (
        said("started are {names}", names=names)
        if begun
        else said("record 'medicine started' with the day on which it began")
    )
    yield Told(what, "name", hint)


def _key(name: str) -> str:
    known = MEDICINES.known(name)
    return (known.name if isinstance(known, Known | Synonym) else name).casefold()
