"""One patient's calendar as a page: the picture, what is pending, what is wrong, and every date with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from scheduler.calendar.entries.entry import Calendar, Kind, Pending, Status
from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.exports.dates_list import list_of_dates, list_of_periods
from scheduler.exports.how_far import how_far
from scheduler.exports.markup import Markup, element, together
from scheduler.exports.month_sheets import month_sheets
from scheduler.exports.page import page
from scheduler.exports.picture.drawing import TODAY, picture, strips
from scheduler.exports.picture.ground import Closed, always_open
from scheduler.exports.words import short_date, signed
from scheduler.findings import Finding, Severity
from scheduler.views.days.spelled_out import DayEntry, in_runs
from scheduler.views.table_of_dates import Say, in_order_of_days

_NEXT_DAYS = 4


def calendar_as_html(
    calendar: Calendar, say: Say, closed: Closed = always_open, today: date | None = None, months: bool = False
) -> str:
    """The page of one patient, or of a plan without a patient: one file that can be mailed, printed and kept.

    ``closed`` says what closes the site on a day, to shade it. ``today`` marks a day; without it no day is marked. ``months``
    adds a sheet for each month. The same arguments give the same text.
    """
    lines = in_order_of_days(in_runs(calendar))
    drawn = picture(calendar, closed, today)
    return page(
        f"{_name(calendar)}, {calendar.study}",
        _heading(calendar, today),
        element(
            "main",
            _coming(lines, today),
            _picture(drawn, strips(calendar, closed, today), today),
            _findings(calendar.findings),
            _pending(calendar.pending, say),
            month_sheets(calendar, closed, today) if months else None,
            list_of_dates([line for line in lines if line.kind is not Kind.PERIOD], say, today),
            list_of_periods([line for line in lines if line.kind is Kind.PERIOD], say),
        ),
        element(
            "footer",
            "Every date here follows from the protocol, the patient's log and the site's open days. A qualified person checks "
            "it before anybody acts on it. This is not a medical device.",
        ),
    )


def _name(calendar: Calendar) -> str:
    return calendar.subject or "Plan"


def _heading(calendar: Calendar, today: date | None) -> Markup:
    facts = [_fact("Arm", calendar.arm)] if calendar.arm else []
    if calendar.first_dose:
        sort = "given" if calendar.first_dose_given else "planned"
        facts.append(_fact("First dose", in_words(calendar.first_dose), sort))
    else:
        facts.append(_fact("First dose", "not known yet"))
    if today:
        study_day = calendar.study_day(today)
        facts.append(_fact("Today", in_words(today), None if study_day is None else f"Day {signed(study_day)}"))
    if calendar.until:
        facts.append(_fact("Calendar until", short_date(calendar.until)))
    return element(
        "header",
        element("p", f"{calendar.study}, protocol version {calendar.version}", class_="study"),
        element("h1", _name(calendar)),
        element("dl", *facts, class_="facts"),
        class_="mast",
    )


def _fact(name: str, value: str, more: str | None = None) -> Markup:
    return element(
        "div",
        element("dt", name),
        element("dd", value, element("small", f"  {more}") if more else None),
    )


def _coming(lines: Iterable[DayEntry], today: date | None) -> Markup | None:
    """The next days on which the patient comes, with what each is for."""
    if today is None:
        return None
    due = [
        line for line in lines if line.date and line.date >= today and line.status is Status.PLANNED and line.is_visit
    ]
    days = [(day, list(parts)) for day, parts in groupby(due, key=lambda line: line.date or today)][:_NEXT_DAYS]
    if not days:
        return None
    return element(
        "section",
        element("h2", "Next visits"),
        element("ol", *(_next(day, parts, today) for day, parts in days), class_="coming"),
    )


def _next(day: date, parts: list[DayEntry], today: date) -> Markup:
    return element(
        "li",
        element("span", in_words(day), class_="when"),
        " ",
        element("span", how_far(day, today), class_="away"),
        " ",
        element("ul", *(element("li", _with_time(line)) for line in parts)),
    )


def _with_time(line: DayEntry) -> str:
    return f"{line.time} {line.title}" if line.time else line.title


def _picture(drawn: Markup | None, on_paper: tuple[Markup, ...], today: date | None) -> Markup | None:
    if drawn is None:
        return element("section", element("p", "Nothing on this calendar has a date yet.", class_="quiet"))
    jump = element("small", element("a", "go to today", href=f"#{TODAY}"), class_="for-screen") if today else None
    return element(
        "section",
        element("h2", "At a glance", jump),
        drawn,
        element("div", *on_paper, class_="strips", aria_hidden="true"),
    )


def _findings(findings: tuple[Finding, ...]) -> Markup | None:
    if not findings:
        return None
    order = list(Severity)
    worst_first = sorted(findings, key=lambda finding: order.index(finding.severity))
    return element(
        "section",
        element("h2", "Needs a look"),
        element("ul", *(_finding(finding) for finding in worst_first), class_="listed"),
    )


def _finding(finding: Finding) -> Markup:
    places = [str(finding.place)] if finding.place else []
    places += [finding.entry] if finding.entry else []
    places += [f"event {number}" for number in finding.events]
    return element(
        "li",
        element("span", finding.severity.value, class_=f"word {finding.severity.value}"),
        element(
            "div",
            element("p", finding.message),
            element("p", finding.hint, class_="quiet") if finding.hint else None,
            element("p", ", ".join([*places, finding.code]), class_="id"),
        ),
    )


def _pending(pending: tuple[Pending, ...], say: Say) -> Markup | None:
    if not pending:
        return None
    return element(
        "section",
        element("h2", "Not dated yet"),
        element("ul", *(_one_pending(one, say) for one in pending), class_="listed"),
    )


def _one_pending(pending: Pending, say: Say) -> Markup:
    return element(
        "li",
        element("span", pending.kind.value, class_="word"),
        element(
            "div",
            element("p", pending.title, " ", element("span", pending.id, class_="id")),
            element("p", together(*_rule(pending))),
            *(element("p", sentence, class_="quiet") for sentence in say(pending.because)),
        ),
    )


def _rule(pending: Pending) -> Iterator[str]:
    yield pending.rule
    if pending.not_before:
        yield f"; not before {short_date(pending.not_before)}"
