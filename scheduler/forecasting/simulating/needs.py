"""What one calendar asks of the pharmacy, week by week: the lines of the dispensing list, and nothing reckoned anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from scheduler.forecasting.weeks import Weeks
from scheduler.views.patients import Patient, patient_on
from scheduler.views.pharmacy.dispensing import NOT_SURE, lines_of_patient
from scheduler.views.pharmacy.dispensing_line import DispensingLine, LineStatus, Work
from scheduler.views.pharmacy.open_decisions import marked_where_undecided

PART = 1000
"""Units and packs are counted in thousandths, so that half a tablet and 2.35 mL stay exact."""


class Article(NamedTuple):
    """One thing to have in stock at a site. ``strength`` where the drug comes in several; ``product`` is what one unit is."""

    site: str
    treatment: str
    product: str | None
    strength: str | None


class Need(NamedTuple):
    """What one line of the list needs, in thousandths of units and packs. ``sure``: it stands on the list itself.

    ``units`` is None where nobody can tell the number, ``packs`` where it comes in none. ``lasts`` are the days from the day it
    is handed out to the last one on which it is taken: until then it may not expire.
    """

    article: Article
    week: int
    units: int | None
    packs: int | None
    sure: bool
    lasts: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What is needed week by week; how many lines have no date that puts them into a week, and how many were due before.

    ``overdue`` were planned for a day that is past, and nothing is recorded of them.
    """

    needs: tuple[Need, ...]
    undated: int
    overdue: int = 0


def needs_of(patient: Patient, site: str, weeks: Weeks) -> Looked:
    """What is still to be handed out to a patient in these weeks, as the dispensing list of these days has it.

    What is handed out within a cycle to come has no number on the list before the cycle is started; here it is what is short
    where all is taken as planned.
    """
    needs: list[Need] = []
    undated = overdue = 0
    # An order that will come for one cycle is none about the cycle before, which nobody has recorded as started yet.
    lines = lines_of_patient(patient_on(patient, weeks.first), as_planned_from=weeks.first)
    for line in marked_where_undecided(patient, lines, weeks.first):
        if line.status is not LineStatus.PLANNED and line.status not in NOT_SURE:
            continue
        if line.date is None:
            undated += line.earliest is None or line.earliest <= weeks.last
        elif line.date < weeks.first:
            overdue += line.work in (Work.DISPENSE, Work.PREPARE)
        elif line.date <= weeks.last:
            needs.append(_need(line, line.date, site, weeks))
    return Looked(tuple(needs), undated, overdue)


def _need(line: DispensingLine, day: date, site: str, weeks: Weeks) -> Need:
    return Need(
        article=Article(site, line.treatment, line.product, line.strength),
        week=weeks.of(day),
        units=None if line.units is None else _in_parts(line.units),
        packs=None if line.packs is None else line.packs * PART,
        sure=line.status is LineStatus.PLANNED,
        lasts=(line.covers[1] - day).days if line.covers is not None else 0,
    )


def _in_parts(count: int | Decimal) -> int:
    parts = Decimal(count) * PART
    if parts != int(parts):
        raise ValueError(f"{count} units cannot be counted in thousandths")
    return int(parts)
