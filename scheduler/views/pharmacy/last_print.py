"""What differs between the list that was printed last and the one of now: a pharmacist may hold the old paper in hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from scheduler.said import COMMAS, Code, Said, Value, listed, said, said_as, text_of
from scheduler.views.pharmacy.dispensing_line import DispensingLine, LineStatus

COMPARED = ("date", "earliest", "latest", "dose", "unit", "level", "units", "packs")
"""What makes a line another one. That it was done since is no change: the paper says the same."""

_COMPARED = {
    "date": said_as("a column", "date"),
    "earliest": said_as("a column", "earliest"),
    "latest": said_as("a column", "latest"),
    "dose": said_as("a column", "dose"),
    "unit": said_as("a column", "unit"),
    "level": said_as("a column", "level"),
    "units": said_as("a column", "units"),
    "packs": said_as("a column", "packs"),
}
HAPPENED = (LineStatus.DONE, LineStatus.NO_RECORD)
STRUCK = (LineStatus.CANCELLED, LineStatus.MOVED)


def compared(
    lines: Iterable[DispensingLine], printed: Iterable[DispensingLine], first: date, last: date
) -> Iterator[DispensingLine]:
    """The lines of a period, with what changed since the last print, and the printed ones that are no longer in it.

    ``lines`` are all lines of all patients, whatever their dates; ``printed`` those of the last list.
    """
    before = {_key(line): line for line in printed}
    now = {_key(line): line for line in lines}
    for key, line in now.items():
        # What had no date yet had no strength either.
        old = before.get(key) or before.get((*key[:3], None))
        if is_in(line, first, last):
            yield replace(line, changed=_new(line) if old is None else _difference(old, line))
        elif old is not None and old.status not in STRUCK and is_in(old, first, last):
            yield _gone(old, _where(line), LineStatus.MOVED)
    known = {*now, *((*key[:3], None) for key in now)}
    for key, old in before.items():
        if key not in known and old.status not in STRUCK and is_in(old, first, last):
            yield _gone(old, said("changed since the last print: cancelled"), LineStatus.CANCELLED)


def is_in(line: DispensingLine, first: date, last: date) -> bool:
    """True when the line is of that period. One without a date is, unless it cannot come before the period is over."""
    if line.date is None:
        return line.earliest is None or line.earliest <= last
    return first <= line.date <= last


def _key(line: DispensingLine) -> tuple[str, str, str, str | None]:
    return (line.subject, line.entry, line.treatment, line.strength)


def _new(line: DispensingLine) -> str | None:
    return None if line.status in HAPPENED else text_of(said("changed since the last print: new"))


def _difference(old: DispensingLine, line: DispensingLine) -> str | None:
    # What had no date had no dose either: that it has one now says it all.
    names = COMPARED if old.date is not None else ("date",)
    told = [
        said("{what} was {value}", what=_COMPARED[name], value=_told(getattr(old, name)))
        for name in names
        if getattr(old, name) != getattr(line, name)
    ]
    if old.status is not line.status and line.status not in HAPPENED:
        told.append(said("status was {status}", status=Said(old.status.value, context="status")))
    if not told:
        return None
    return text_of(said("changed since the last print: {what}", what=listed(*told, how=COMMAS)))


def _told(value: object) -> Value:
    return said("none") if value is None else Code(str(value))


def _where(line: DispensingLine) -> Said:
    if line.date is not None:
        return said("changed since the last print: moved to {day}", day=Code(f"{line.date}"))
    return said("changed since the last print: now {status}", status=Said(line.status.value, context="status"))


def _gone(old: DispensingLine, what: Said, status: LineStatus) -> DispensingLine:
    """The printed line as it has to be struck on the paper: nothing is handed out for it on its old date."""
    return replace(
        old,
        units=None,
        packs=None,
        status=status,
        note=None,
        collect=None,
        covers=None,
        changed=text_of(what),
    )
