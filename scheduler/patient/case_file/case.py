"""A case file: a whole patient as text, for tests, examples, bug reports and the command line.

A scenario is a case file that also says what is expected.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from scheduler.findings import Place
from scheduler.patient.events import AnyEvent, Event, validate_events
from scheduler.source.reading import read_yaml
from scheduler.written import IsoDate, Written


class CaseFile(Written):
    """The keys of a case file."""

    protocol: str
    """The protocol's file, from this file's folder."""
    site: str | None = None
    """The site's file; without one, every day is open."""
    subject: str | None = None
    """The patient's number in the study."""
    name: str | None = None
    """What the story is called, where it is a test."""
    until: IsoDate | None = None
    """The last day of the calendar."""
    zone: str | None = None
    """The site's time zone, such as Asia/Shanghai."""
    closed: tuple[IsoDate, ...] | None = None
    """Days on which everything is closed, in place of the site's own."""
    open: tuple[IsoDate, ...] | None = None
    """Days on which everything is open, in place of the site's own."""
    events: tuple[AnyEvent, ...] = ()
    """What happened, in the order of recording; the first is event 1."""
    expect: Any = None
    """What the calendar must hold."""
    why: Any = None
    """What must be said of why."""


@dataclass(frozen=True, slots=True)
class CaseText:
    """What a case file says. ``places`` tells where each event stands; ``expect`` and ``why`` are plain data."""

    protocol: str
    site: str | None
    subject: str | None
    name: str | None
    until: date | None
    zone: str | None
    closed: tuple[date, ...] | None
    open: tuple[date, ...] | None
    events: tuple[Event, ...]
    expect: Any
    why: Any
    places: tuple[Place, ...]


def parse_case(text: str, *, name: str) -> CaseText:
    """What a case file says; ``name`` is the file's name in findings. Raises InvalidText with every fault at once."""
    node = read_yaml(text, name=name)
    written = validate_events(node, CaseFile)
    places = tuple(node.place("events", index) for index in range(len(written.events)))
    return CaseText(**dict(written), places=places)
