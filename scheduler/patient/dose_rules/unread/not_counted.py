"""Records of a medicine that a clock counts which it cannot count as they stand: without a daily dose, without an equivalent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scheduler.patient.dose_rules.facts.daily_totals import counts_as, reads_medicine
from scheduler.patient.events import Event, MedicineChanged, MedicineStarted
from scheduler.patient.events.observations import OfMedicine
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.rules import MedicineFor, Rule
from scheduler.said import Code, Quoted, Said, said
from scheduler.vocabulary import GLUCOCORTICOIDS, generic_name

NO_DAILY_DOSE = "no-daily-dose"
NO_EQUIVALENT = "no-equivalent"


class NotCounted(NamedTuple):
    """What is missing, under its code, the right way to say it, and the protocol's sentence that needs it."""

    code: str
    what: Said
    hint: Said
    clause: Clause


def not_counted(event: Event, rules: Iterable[Rule]) -> Iterator[NotCounted]:
    """What the clocks of these rules miss about a medicine that is begun or changed; each thing once."""
    if not isinstance(event, MedicineStarted | MedicineChanged) or event.is_local:
        return
    told: set[Said] = set()
    for rule in rules:
        for asked in rule.conditions:
            found = _missing(event, asked, rule.clause) if isinstance(asked, MedicineFor) else None
            if found is not None and found.what not in told:
                told.add(found.what)
                yield found


def _missing(event: OfMedicine, asked: MedicineFor, clause: Clause) -> NotCounted | None:
    if not reads_medicine(asked, event.name):
        return _without_equivalent(event, asked)
    if asked.above is None or counts_as(event, asked) is not None:
        return None
    name, most = Quoted(event.name), Code(f"{asked.above:f} {asked.unit}")
    if event.daily_dose is None:
        what = said(
            "how much {name} is taken in a day is not said; it counts as above {most}",
            name=name,
            most=most,
        )
    else:
        what = said(
            "'{dose}' of {name} in a day cannot be compared with {most}; it counts as above",
            dose=Quoted(event.daily_dose),
            name=name,
            most=most,
        )
    hint = said("write the dose of a day, such as 40 mg, and the route, such as oral")
    return NotCounted(NO_DAILY_DOSE, what, hint, clause)


def _without_equivalent(event: OfMedicine, asked: MedicineFor) -> NotCounted | None:
    """A steroid beside those that the protocol counts: what it counts as is for the protocol to say."""
    counted = asked.equivalents
    if counted is None or generic_name(event.name) not in GLUCOCORTICOIDS:
        return None
    if any(generic_name(name) not in GLUCOCORTICOIDS for name, _, _ in counted.doses):
        return None
    what = said(
        "the protocol has no equivalent of {name}, so it is in no daily total of {total}",
        name=Quoted(event.name),
        total=Code(asked.name),
    )
    hint = said("let the investigator judge it, or write its route where it acts in one place only, such as topical")
    return NotCounted(NO_EQUIVALENT, what, hint, counted.clause)


def counts_without_route(event: Event, rules: Iterable[Rule]) -> Clause | None:
    """The protocol's sentence that counts a record whose route nobody said as acting in the whole body."""
    if not isinstance(event, MedicineStarted | MedicineChanged) or event.route is not None:
        return None
    for rule in rules:
        for asked in rule.conditions:
            if isinstance(asked, MedicineFor) and reads_medicine(asked, event.name):
                return rule.clause
    return None
