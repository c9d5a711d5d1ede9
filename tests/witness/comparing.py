"""What differs between what was told then and what is told now, named so that a person can say why.

A difference has the file and the place in it: ``database/calendars/EXP-101.json entries.toripalimab.2.because``, or
``folder/feeds/pharmacy.ics SUMMARY``. Which differences are meant stands in ``differences.md``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from icalendar import Calendar
from icalendar.cal.component import Component

REVISION = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")
_MEANT = re.compile(r"- `([^`]+)` `([^`]+)`: \S")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the two differ. ``was`` and ``now`` are the first hundred letters of either."""

    file: str
    place: str
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.file} {self.place}: {self.was} -> {self.now}"


@dataclass(frozen=True, slots=True)
class Meant:
    """A line of the list: which differences are meant. ``*`` stands for any letters."""

    file: str
    place: str

    def covers(self, difference: Difference) -> bool:
        return fnmatchcase(difference.file, self.file) and fnmatchcase(difference.place, self.place)


def read_meant(file: Path) -> list[Meant]:
    """The list of what is meant to differ. Raises ValueError for a line that says no reason."""
    lines = [line for line in file.read_text("utf-8").splitlines() if line.startswith("- ")]
    found = [_MEANT.match(line) for line in lines]
    for line, match in zip(lines, found, strict=True):
        if match is None:
            raise ValueError(f"write - `file` `place`: reason, not {line}")
    return [Meant(match[1], match[2]) for match in found if match is not None]


def read_told(file: Path) -> dict[str, bytes]:
    """What was told then, by path."""
    with ZipFile(file) as packed:
        return {path: packed.read(path) for path in packed.namelist()}


def differences(was: Mapping[str, bytes], now: Mapping[str, bytes]) -> list[Difference]:
    """Everything that differs, revisions included."""
    found = []
    for file in sorted(was.keys() | now.keys()):
        before, after = was.get(file), now.get(file)
        if before is None or after is None:
            found.append(Difference(file, "file", _short(before), _short(after)))
        elif before != after:
            places = list(_places(file, before, after))
            found += places or [Difference(file, "bytes", _short(before), _short(after))]
    return found


def fallen(was: Mapping[str, bytes], now: Mapping[str, bytes]) -> list[str]:
    """Events whose revision went back, or whose words or days changed without a later one: no reason excuses that."""
    found = []
    for file in (each for each in was if each.endswith(".ics") and was[each] != now.get(each, was[each])):
        before, after = events_in(was[file]), events_in(now[file])
        for uid in before.keys() & after.keys():
            (sequence, stamp), (new_sequence, new_stamp) = revision_of(before[uid]), revision_of(after[uid])
            changed = words_of(before[uid]) != words_of(after[uid])
            if new_sequence < sequence or new_stamp < stamp or (changed and new_stamp == stamp):
                found.append(f"{file} {uid}: {sequence} of {stamp} -> {new_sequence} of {new_stamp}")
    return found


def events_in(feed: bytes) -> dict[str, Component]:
    """The events of a feed by UID."""
    return {str(event["UID"]): event for event in Calendar.from_ical(feed).walk("VEVENT")}


def revision_of(event: Component) -> tuple[int, datetime]:
    """SEQUENCE and LAST-MODIFIED."""
    return int(str(event.get("SEQUENCE"))), event.LAST_MODIFIED or datetime.min.replace(tzinfo=UTC)


def words_of(event: Component) -> bytes:
    """What a subscriber reads of an event: all of it but its revision."""
    lines = event.to_ical().splitlines()
    return b"\n".join(line for line in lines if not line.startswith(tuple(each.encode() + b":" for each in REVISION)))


def _places(file: str, was: bytes, now: bytes) -> Iterator[Difference]:
    if file.endswith(".json"):
        pairs = _in_data("", json.loads(was), json.loads(now))
    elif file.endswith(".ics"):
        pairs = _in_feed(was, now)
    else:
        pairs = _in_rows(*(list(csv.reader(io.StringIO(text.decode()))) for text in (was, now)))
    yield from (Difference(file, place, _short(before), _short(after)) for place, before, after in pairs)


Pairs = Iterable[tuple[str, object, object]]


def _in_data(place: str, was: Any, now: Any) -> Iterator[tuple[str, object, object]]:
    was, now = (_by_id(each) if isinstance(each, list) else each for each in (was, now))
    if isinstance(was, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*was, *now)):
            yield from _in_data(f"{place}.{key}".lstrip("."), was.get(key), now.get(key))
    elif was != now:
        yield place, was, now


def _by_id(items: list[Any]) -> Any:
    """A list of things with ids as a mapping, so that one more does not look like a change of all behind it."""
    named = all(isinstance(item, dict) and "id" in item for item in items)
    keys = [str(item["id"]) for item in items] if named else []
    return dict(zip(keys, items, strict=True)) if items and len(set(keys)) == len(items) else items


def _in_feed(was: bytes, now: bytes) -> Iterator[tuple[str, object, object]]:
    before, after = events_in(was), events_in(now)
    for uid in dict.fromkeys((*before, *after)):
        old, new = before.get(uid), after.get(uid)
        if old is None or new is None:
            yield "event", old and old.to_ical(), new and new.to_ical()
        else:
            yield from _in_properties("", old, new)
    yield from _in_properties("calendar ", Calendar.from_ical(was), Calendar.from_ical(now))


def _in_properties(place: str, was: Component, now: Component) -> Iterator[tuple[str, object, object]]:
    for name in dict.fromkeys((*was, *now)):
        old, new = (each.get(name) for each in (was, now))
        if _written(old) != _written(new):
            yield place + name, _written(old), _written(new)


def _written(value: Any) -> object:
    return value.to_ical() if hasattr(value, "to_ical") else value


def _in_rows(was: list[list[str]], now: list[list[str]]) -> Iterator[tuple[str, object, object]]:
    if was[:1] != now[:1]:
        yield "columns", was[:1], now[:1]
    else:
        yield from (("line", line, None) for line in was if line not in now)
        yield from (("line", None, line) for line in now if line not in was)


def _short(value: object) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return text if len(text) <= 100 else f"{text[:97]}..."
