"""What entries are called: the protocol's own words stay as they are, and their number is said in the reader's language."""

from __future__ import annotations

import re

from scheduler.said import Code, Quoted, Value, said

_FROM_DAY_TO_DAY = re.compile(r"(?P<what>.+), from day (?P<first>\d+) to day (?P<last>\d+)")
_NUMBERED = re.compile(r"(?P<what>.+), (?P<called>dose|cycle|fraction|visit) (?P<n>\d+)(?: day (?P<day>\d+))?")
_ASIDE = re.compile(r"(?P<what>.+), (?P<aside>last|not planned|extra)")


def title_in_words(title: str) -> Value:
    """A title as the engine composes it: "Toripalimab, dose 2", "Regorafenib, cycle 3", "Imaging, last", "Imaging 2"."""
    if (found := _FROM_DAY_TO_DAY.fullmatch(title)) is not None:
        first, last = int(found["first"]), int(found["last"])
        return said(
            "{what}, from day {first} to day {last}", what=title_in_words(found["what"]), first=first, last=last
        )
    if (found := _ASIDE.fullmatch(title)) is not None:
        return _with_aside(Quoted(found["what"]), found["aside"])
    found = _NUMBERED.fullmatch(title)
    if found is None:
        return Quoted(title)
    numbered = number_in_words(found["called"], found["n"])
    if found["day"] is None:
        return said("{what}, {numbered}", what=Quoted(found["what"]), numbered=numbered)
    return said("{what}, {numbered} day {day}", what=Quoted(found["what"]), numbered=numbered, day=int(found["day"]))


def called_in_words(title: str) -> Value:
    """The same without the name of the treatment: "dose 3"."""
    found = _NUMBERED.fullmatch(title)
    if found is None or found["day"] is not None:
        return Quoted(title.rpartition(", ")[2])
    return number_in_words(found["called"], found["n"])


def clock_said(clock: str) -> Value:
    """A time of day as lists have it, "08:30", or "from 14:30" where it must not be earlier that day."""
    earliest = clock.removeprefix("from ")
    return Code(clock) if earliest == clock else said("from {time}", time=Code(earliest))


def number_in_words(called: str, n: str) -> Value:
    """Dose 2, cycle 3, fraction 5, visit 1."""
    number = Code(n)
    match called:
        case "dose":
            return said("dose {number}", number=number)
        case "cycle":
            return said("cycle {number}", number=number)
        case "fraction":
            return said("fraction {number}", number=number)
    return said("visit {number}", number=number)


def _with_aside(what: Value, aside: str) -> Value:
    match aside:
        case "last":
            return said("{what}, last", what=what)
        case "extra":
            return said("{what}, extra", what=what)
    return said("{what}, not planned", what=what)
