"""The table of dates on a page: a line for each attendance and run of dosing days, by month, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from scheduler.calendar.entries.entry import Kind, Status
from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.dates import MONTHS, weekday_name
from scheduler.exports.markup import Markup, element, together
from scheduler.exports.words import dates_between, dose_in_words, short_date, signed
from scheduler.views.days.spelled_out import DayEntry
from scheduler.views.table_of_dates import Say

_COLUMNS = ("Date", "Weekday", "Study day", "What", "Window", "Dose", "Status", "Why")


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the lines are told: with which sentences, and from which day. ``following`` is the first line from today on."""

    say: Say
    today: date | None
    following: str | None


def list_of_dates(lines: list[DayEntry], say: Say, today: date | None) -> Markup:
    """Every date, in the order of days. A line across marks today."""
    groups = groupby(lines, key=lambda line: (line.date.year, line.date.month) if line.date else None)
    following = next((line.id for line in lines if today and line.date and line.date >= today), None)
    reading = _Reading(say, today, following)
    return element(
        "section",
        element("h2", "Dates"),
        element(
            "div",
            element(
                "table",
                element("caption", "All dates with window, dose, status and reasons"),
                element("thead", element("tr", *(element("th", name, scope="col") for name in _COLUMNS))),
                *(_month(month, list(found), reading) for month, found in groups),
                class_="dates",
            ),
            class_="sheet",
        ),
    )


def list_of_periods(lines: list[DayEntry], say: Say) -> Markup | None:
    """From when to when something is collected."""
    if not lines:
        return None
    return element(
        "section",
        element("h2", "Periods"),
        element(
            "div",
            element(
                "table",
                element("caption", "Periods with their first and last day and reasons"),
                element(
                    "thead",
                    element(
                        "tr", *(element("th", name, scope="col") for name in ("What", "From", "To", "Status", "Why"))
                    ),
                ),
                element("tbody", *(_period(line, say) for line in lines)),
            ),
            class_="sheet",
        ),
    )


def _month(month: tuple[int, int] | None, lines: list[DayEntry], reading: _Reading) -> Markup:
    name = f"{MONTHS[month[1] - 1]} {month[0]}" if month else "Without a date"
    return element(
        "tbody",
        element("tr", element("th", name, colspan=len(_COLUMNS), scope="rowgroup"), class_="month"),
        *_rows(lines, reading),
    )


def _rows(lines: Iterable[DayEntry], reading: _Reading) -> Iterator[Markup]:
    for line in lines:
        if reading.today and line.id == reading.following:
            words = f"today, {in_words(reading.today)}"
            yield element("tr", element("td", words, colspan=len(_COLUMNS)), class_="now")
        yield _row(line, reading)


def _row(line: DayEntry, reading: _Reading) -> Markup:
    return element(
        "tr",
        element("th", *_dates(line), scope="row"),
        _cell("day", "", weekday_name(line.date.toordinal()) if line.date else None),
        _cell("day", "Day", None if line.study_day is None else signed(line.study_day)),
        element(
            "td",
            element("b", line.title),
            " ",
            element("span", line.id, class_="id"),
            together(" ", element("span", ", ".join(line.activities), class_="activities"))
            if line.activities
            else None,
            class_="what",
        ),
        _cell("window", "Window", dates_between(*line.window) if line.window else None),
        element("td", *_doses(line), class_="dose", data_label="Dose" if line.doses else None),
        _status(line, _since(line, reading.today)),
        _why(line, reading.say),
        id=line.id,
        class_=line.status.value.replace(" ", "-"),
    )


def _dates(line: DayEntry) -> Iterator[Markup | str]:
    if line.date is None:
        yield "no date"
        return
    yield element("time", short_date(line.date), datetime=line.date.isoformat())
    if line.until:
        yield " –"
        yield element("br")
        yield element("time", short_date(line.until), datetime=line.until.isoformat())
    if line.time:
        yield f" at {line.time}"


def _doses(line: DayEntry) -> Iterator[Markup | str]:
    if len(line.doses) == 1:
        yield dose_in_words(line.doses[0])
    else:
        yield from (together(element("span", dose_in_words(dose)), " ") for dose in line.doses)


def _cell(name: str, label: str, text: str | None) -> Markup:
    return element("td", text, class_=name, data_label=label or None)


def _since(line: DayEntry, today: date | None) -> str | None:
    """What a planned line says when its day has passed.

    Tablets are presumed taken where somebody recorded that their cycle was started; an attendance never is.
    """
    last = line.until or line.date
    if today is None or last is None or last >= today or line.status is not Status.PLANNED:
        return None
    return "presumed taken" if line.kind is Kind.ORAL and line.of.status is Status.DONE else "not recorded"


def _status(line: DayEntry, since: str | None = None) -> Markup:
    return element(
        "td",
        element("span", line.status.value, class_="word"),
        # Blanks between, for those who hear the page or copy from it.
        together(" ", element("span", since, class_="since")) if since else None,
        *(together(" ", element("span", flag.value, class_="flag")) for flag in line.flags),
        class_="status",
    )


def _why(line: DayEntry, say: Say) -> Markup:
    return element("td", *(element("p", sentence) for sentence in say(line.because)), class_="why")


def _period(line: DayEntry, say: Say) -> Markup:
    first, last = line.window or (line.date, None)
    return element(
        "tr",
        element("th", line.title, " ", element("span", line.id, class_="id"), scope="row"),
        element("td", _date(first), class_="day"),
        element("td", _date(last), class_="day"),
        _status(line),
        _why(line, say),
        id=line.id,
    )


def _date(day: date | None) -> Markup | str:
    return "not known yet" if day is None else element("time", short_date(day), datetime=day.isoformat())
