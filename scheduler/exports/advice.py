"""Advice about a study as tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from scheduler.views.coordinator.advice import (
    best_weekdays,
    table_by_month,
    table_by_weekday,
    table_of_counter_examples,
    table_of_gaps,
    table_of_unreached,
)
from scheduler.views.table import Table

if TYPE_CHECKING:
    from scheduler.calendar.advice.start_survey import Survey
    from scheduler.views.shapes.shape import Json
    from scheduler.views.table import Cell


def tables_of_surveys(surveys: tuple[Survey, ...]) -> dict[str, Table]:
    """Everything that the start days of all arms show, each list by the key that it has in JSON."""
    return {
        "by_weekday": table_by_weekday(surveys),
        "by_month": table_by_month(surveys),
        "goes_wrong": table_of_counter_examples(surveys),
        "longest_gaps": table_of_gaps(surveys),
        "unreached": table_of_unreached(surveys),
    }


def surveys_in_keys(surveys: Iterable[Survey]) -> list[Json]:
    """How each arm was looked at, and the best weekdays to start."""
    return [
        {
            "arm": survey.plan.arm,
            "start": survey.how.words,
            "from": survey.first.isoformat(),
            "to": survey.last.isoformat(),
            "starts": len(survey.starts),
            "exhaustive": True,
            "counted_to": survey.counted_to.isoformat() if survey.counted_to else None,
            "best_weekdays": list(best_weekdays(survey)),
        }
        for survey in surveys
    ]


def table_in_keys(table: Table) -> list[Json]:
    """Each row as keys and values."""
    return [dict(zip(table.columns, map(_plain, row), strict=True)) for row in table.rows]


def _plain(cell: Cell) -> Json:
    if isinstance(cell, Decimal):
        return str(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
