"""What entries are called: the protocol's own words stay as they are, and their number is said in the reader's language."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property, lru_cache

from scheduler.said import SPACES, Code, Quoted, Said, Text, Value, listed, said

_FROM_DAY_TO_DAY = re.compile(r"(?P<what>.+), from day (?P<first>\d+) to day (?P<last>\d+)")
_NUMBERED = re.compile(r"(?P<what>.+), (?P<called>dose|cycle|fraction|visit) (?P<n>\d+)(?: day (?P<day>\d+))?")
_NUMBERED_DAY = re.compile(r"(?P<what>.+) (?P<n>\d+) day (?P<day>\d+)")
_DAY = re.compile(r" \d+ day \d+")
_TITLE = "\x00"
"""Stands for a title while the rest is read: a title may hold commas and numbers of its own."""
_ASIDE = re.compile(r"(?P<what>.+), (?P<aside>last|not planned|extra)")


def title_in_words(title: str) -> Value:
    """A title as the engine composes it: "Toripalimab, dose 2", "Regorafenib, cycle 3", "Imaging, last", "Imaging 2"."""
    if isinstance(title, Text):
        return title.said
    if (parts := _FROM_DAY_TO_DAY.fullmatch(title)) is not None:
        first, last = int(parts["first"]), int(parts["last"])
        return said(
            "{what}, from day {first} to day {last}", what=title_in_words(parts["what"]), first=first, last=last
        )
    if (parts := _ASIDE.fullmatch(title)) is not None:
        return _with_aside(Quoted(parts["what"]), parts["aside"])
    parts = _NUMBERED.fullmatch(title)
    if parts is None:
        return _with_its_day(title)
    numbered = number_in_words(parts["called"], parts["n"])
    if parts["day"] is None:
        return said("{what}, {numbered}", what=Quoted(parts["what"]), numbered=numbered)
    return said("{what}, {numbered} day {day}", what=Quoted(parts["what"]), numbered=numbered, day=int(parts["day"]))


def _with_its_day(title: str) -> Value:
    """A visit on each of several days of a cycle: "Bag change 1 day 5". What an author wrote so stays as it is."""
    found = _NUMBERED_DAY.fullmatch(title)
    if found is None or not title.startswith(_TITLE):
        return Quoted(title)
    number, day = Code(found["n"]), int(found["day"])
    return said("{what} {number} day {day}", what=Quoted(found["what"]), number=number, day=day)


def composed(title: str, rest: str) -> str:
    """What the engine composes of a protocol's title, in as many languages as the protocol gives it in."""
    text = f"{title}{rest}"
    if not isinstance(title, Text) and _DAY.fullmatch(rest) is None:
        return text
    made = _Composed(text)
    made.parts = title, rest
    return made


class _Composed(Text):
    """A title and what follows it, as the engine says them; put into words when a reader of another language asks."""

    parts: tuple[str, str]

    # mypy takes it for one that cannot be set.
    @cached_property
    def said(self) -> Value:  # type: ignore[override]
        title, rest = self.parts
        return _composed(title.said if isinstance(title, Text) else Quoted(title), rest)


@lru_cache(maxsize=4096)
def _composed(title: Value, rest: str) -> Value:
    return _with_title(title_in_words(f"{_TITLE}{rest}"), title)


def _with_title(value: Value, title: Value) -> Value:
    """The same with the title in its place, where a stand-in stood."""
    if isinstance(value, Said):
        return replace(value, values=tuple((place, _with_title(each, title)) for place, each in value.values))
    if not isinstance(value, Quoted) or not value.text.startswith(_TITLE):
        return value
    number = value.text.removeprefix(_TITLE).strip()
    return listed(title, Code(number), how=SPACES) if number else title


def called_in_words(title: str) -> Value:
    """The same without the name of the treatment: "dose 3"."""
    found = _NUMBERED.fullmatch(title)
    if found is None or found["day"] is not None:
        return title.said if isinstance(title, Text) and ", " not in title else Quoted(title.rpartition(", ")[2])
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
