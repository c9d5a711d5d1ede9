"""Recording an event in a case file: one line more, and nothing else changed, neither comments nor how it is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from scheduler.asking import AskedFirst, Question, ask, questions_open
from scheduler.asking.answering import body_of
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.event_line import event_line
from scheduler.folder.reading.case import Case, knowing, read_case
from scheduler.folder.reading.files import alone_in, name_of, read_text, write_whole
from scheduler.folder.reading.stock import handing_out_in
from scheduler.folder.reading.study import read_folder
from scheduler.patient.appending import append
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.events import Dispensed, Event, parse_event
from scheduler.patient.log import Log
from scheduler.source.node import Node
from scheduler.source.reading import read_yaml


def read_event(text: str, *, name: str = "the event") -> Event:
    """The event in a text, as JSON or as in a case file. Raises InvalidText with every fault at once."""
    return parse_event(read_yaml(text, name=name))


def append_event(path: Path, event: Event, *, asked_on: date | None = None) -> Case:
    """Add an event to a patient's file, and give the patient with it.

    Raises Refused, and leaves the file alone, when the event contradicts the log or breaks an order of the protocol.
    With ``asked_on``, the civil date of today at the site, it is asked about first, and AskedFirst is raised for what is
    refused, or asked and not answered. Two writers at the same time take turns, and no event is lost.
    """
    return append_events(path, [event], asked_on=asked_on)


def append_events(path: Path, events: Sequence[Event], *, asked_on: date | None = None) -> Case:
    """The same with several events, all of them or none."""
    with alone_in(path.parent):
        case = knowing(read_case(path), events)
        ask_first(case, events, asked_on)
        longer, after = case.log, read_text(path)
        for event in events:
            longer = append(case.version, longer, event, versions=case.versions)
            after = with_event(after, event, name=name_of(path))
        if _events(after, path) != _events_of(longer):
            raise not_here(Place(name_of(path), 1, 1))
        write_whole(path, after.encode("utf-8"))
    return replace(case, log=longer)


def ask_first(case: Case, events: Sequence[Event], today: date | None) -> None:
    """Raises AskedFirst where something keeps these events from being recorded; without a day, nothing is asked."""
    if today is None:
        return
    questions = (*ask(case.version, case.site, case.log, events, today=today), *ask_stock(case, events, today))
    if questions_open(questions):
        raise AskedFirst(questions, case.log)


def ask_stock(case: Case, events: Sequence[Event], today: date) -> tuple[Question, ...]:
    """What the stock of the site asks about what is handed out; nothing where no stock is kept beside the protocol."""
    folder = case.path.parent.parent
    handed_out = any(isinstance(body_of(event), Dispensed) for event in events)
    if not handed_out or not any(folder.glob("stock*.yaml")):
        return ()
    study = read_folder(folder)
    subject = case.subject or case.path.stem
    return handing_out_in(study).ask(subject, case.first_site, case.log, events, today=today)


def with_event(text: str, event: Event, *, name: str) -> str:
    """The text of a case file with one event more at the end of its events."""
    return with_line(text, event_line(event), name=name)


def with_line(text: str, line: str, *, name: str) -> str:
    """The text of a file with one event more, which is this line, at the end of its events."""
    node = read_yaml(text, name=name)
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += ending
    events = node.children.get("events")
    if events is None:
        lines += [f"events:{ending}", f"  - {line}{ending}"]
        return "".join(lines)
    if not events.children:
        return _first_event(lines, node, line, ending)
    last = events.children[len(events.children) - 1]
    dash = _dash(lines[last.line - 1], last.column)
    if dash is None:
        raise not_here(node.key_place("events"))
    lines.insert(_end_of_block(lines, last.line, dash), f"{' ' * dash}- {line}{ending}")
    return "".join(lines)


def _first_event(lines: list[str], node: Node, event: str, ending: str) -> str:
    """The key is there, with nothing or with empty brackets behind it."""
    place = node.key_place("events")
    line = lines[place.line - 1]
    key, colon, rest = line.partition(":")
    said, hash_, comment = rest.rstrip("\r\n").partition("#")
    if said.strip() not in ("", "[]", "null", "~"):
        raise not_here(place)
    lines[place.line - 1] = key + colon + (f"  #{comment}" if hash_ else "") + ending
    lines.insert(place.line, f"  - {event}{ending}")
    return "".join(lines)


def _dash(line: str, column: int) -> int | None:
    """How far in the dash before a list's item stands; None where the list is in brackets."""
    before = line[: column - 1]
    return len(before) - len(before.lstrip()) if before.strip() == "-" else None


def _end_of_block(lines: list[str], last_item: int, dash: int) -> int:
    """After which line the last item, and comments that belong to the list, end. Lines count from 1."""
    end = last_item
    for number in range(last_item + 1, len(lines) + 1):
        line = lines[number - 1]
        indent = len(line) - len(line.lstrip())
        if not line.strip():
            continue
        if indent < dash or (indent == dash and not line.lstrip().startswith("#")) or (dash == 0 and indent == 0):
            break
        end = number
    return end


def _events(text: str, path: Path) -> tuple[Event, ...]:
    return parse_case(text, name=name_of(path)).events


def _events_of(log: Log) -> tuple[Event, ...]:
    return tuple(record.event for record in log.records)


def not_here(place: Place) -> InvalidText:
    """Why a list of events cannot be added to."""
    message = "an event cannot be added to this list without changing how it is written"
    hint = "write each event on a line of its own that begins with '- '"
    return InvalidText([Finding("cannot-append", Severity.ERROR, message, hint, place)])
