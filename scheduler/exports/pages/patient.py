"""One patient's calendar in the parts that a page shows, worked out before any template; and as a file of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from scheduler.calendar.entries.entry import Calendar, Kind, Pending, Status
from scheduler.exports.pages.environment import document, part
from scheduler.exports.pages.months import month_by_month, near_months
from scheduler.exports.picture.drawing import Strip, picture, signs_of, strips
from scheduler.exports.picture.ground import Closed, always_open
from scheduler.findings import Finding, Severity
from scheduler.languages import Language
from scheduler.said import MONTH, Day, Said, Value, said
from scheduler.views.days.presumed import is_as_needed
from scheduler.views.days.spelled_out import DayEntry, in_runs
from scheduler.views.table_of_dates import Say, in_order_of_days

_NEXT_DAYS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of dates: its reasons in words, and what a planned line says when its day has passed."""

    of: DayEntry
    why: tuple[Said, ...]
    since: Said | None

    @property
    def is_open(self) -> bool:
        """True when somebody still has to record what became of it."""
        return self.of.status is Status.PLANNED and self.of.is_visit and self.of.date is not None


@dataclass(frozen=True, slots=True)
class Parts:
    """The calendar of one patient as a page shows it.

    ``coming`` are the next days on which the patient comes, with what each is for. ``lines`` are in the order of days, what has
    no date last. ``periods`` say from when to when something is collected. The worst finding is the first. ``near_months`` are
    this month and the next.
    """

    coming: tuple[tuple[date, tuple[DayEntry, ...]], ...]
    picture: Markup | None
    signs: Markup | None
    strips: tuple[Strip, ...]
    findings: tuple[Finding, ...]
    pending: tuple[tuple[Pending, tuple[Said, ...]], ...]
    months: Markup
    near_months: Markup
    lines: tuple[Line, ...]
    periods: tuple[Line, ...]


def parts_of(
    calendar: Calendar,
    say: Say,
    closed: Closed,
    today: date | None,
    months: bool = True,
    language: Language = Language.ENGLISH,
) -> Parts:
    """What the page shows on a day. ``closed`` says what closes the site, ``months`` adds a sheet for each month."""
    order = list(Severity)
    sheets = month_by_month(calendar, closed, today) if months else ()
    lines = in_order_of_days(in_runs(calendar))
    told = tuple(_line(line, say, today) for line in lines)
    return Parts(
        coming=tuple(_coming(lines, today)),
        picture=picture(calendar, closed, today, language, signs=False),
        signs=signs_of(calendar, today, language),
        strips=strips(calendar, closed, today, language),
        findings=tuple(sorted(calendar.findings, key=lambda finding: order.index(finding.severity))),
        pending=tuple((each, say(each.because)) for each in calendar.pending),
        months=part("months", sheets, language=language) if months else Markup(),
        near_months=part("months", near_months(sheets, today), language=language) if months and today else Markup(),
        lines=tuple(line for line in told if line.of.kind is not Kind.PERIOD),
        periods=tuple(line for line in told if line.of.kind is Kind.PERIOD),
    )


def calendar_as_html(
    calendar: Calendar,
    say: Say,
    closed: Closed = always_open,
    today: date | None = None,
    months: bool = False,
    language: Language = Language.ENGLISH,
) -> str:
    """The page of one patient, or of a plan without a patient, in a language: one file that can be mailed, printed and kept.

    ``closed`` says what closes the site on a day, to shade it. ``today`` marks a day; without it no day is marked. ``months``
    adds a sheet for each month. The same arguments give the same text.
    """
    parts = parts_of(calendar, say, closed, today, months, language)
    return document(
        "patient.html",
        language,
        calendar=calendar,
        today=today,
        study_day=calendar.study_day(today) if today else None,
        parts=parts,
        by_month=[(_month_of(month), list(lines)) for month, lines in groupby(parts.lines, key=_month)],
        following=next((line.of.id for line in parts.lines if today and line.of.date and line.of.date >= today), None),
    )


def _line(line: DayEntry, say: Say, today: date | None) -> Line:
    return Line(line, tuple(say(line.because)), _since(line, today))


def _since(line: DayEntry, today: date | None) -> Said | None:
    """What a planned line says when its day has passed.

    Tablets are presumed taken where somebody recorded that their cycle was started; an attendance never is.
    """
    last = line.until or line.date
    if today is None or last is None or last >= today or line.status is not Status.PLANNED or line.kind is Kind.PERIOD:
        return None
    if is_as_needed(line.doses):
        return said("as needed")
    presumed = line.kind is Kind.ORAL and line.of.status is Status.DONE
    return said("presumed taken") if presumed else said("not recorded")


def _coming(lines: Iterable[DayEntry], today: date | None) -> Iterator[tuple[date, tuple[DayEntry, ...]]]:
    if today is None:
        return
    due = [
        line for line in lines if line.date and line.date >= today and line.status is Status.PLANNED and line.is_visit
    ]
    days = groupby(due, key=lambda line: line.date or today)
    for _, (day, parts) in zip(range(_NEXT_DAYS), days, strict=False):
        yield day, tuple(parts)


def _month(line: Line) -> tuple[int, int] | None:
    return (line.of.date.year, line.of.date.month) if line.of.date else None


def _month_of(month: tuple[int, int] | None) -> Value:
    return Day(date(*month, 1), MONTH) if month else said("Without a date")
