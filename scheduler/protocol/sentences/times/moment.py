"""Moments as the language says them: "the previous cycle", "the end of radiotherapy", "regorafenib cycle 1 day 8"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from scheduler.dates import Span, Unit
from scheduler.protocol.plan.times.follows import THE_CYCLES, Follows
from scheduler.protocol.plan.times.moments import (
    DATE_OF_BIRTH,
    OWN,
    DayOf,
    DueOf,
    EachEvent,
    Edge,
    EndOf,
    HasHad,
    IdealOf,
    LastDayOf,
    LastDose,
    Moment,
    Named,
    OnDate,
    OnStudyDay,
    Relative,
    Selection,
    StartOf,
    Which,
)
from scheduler.protocol.sentences.words import Words

MOMENT_EXAMPLE = (
    "the previous cycle | the end of radiotherapy | regorafenib cycle 1 day 8 | Study Day 22 | randomisation"
)

OCCURRENCE_WORDS = ("cycle", "dose", "fraction", "visit", "scan", "course")
PLURALS = ("cycles", "doses", "fractions", "visits", "scans")

NAMED_DATES = (
    "first dose",
    "end of treatment",
    "randomisation",
    "consent",
    "screening",
    "progression",
    "new anticancer therapy",
    "death",
    DATE_OF_BIRTH,
)
"""Dates that every study has, as they are said. A study may name more under ``dates``."""


@dataclass(frozen=True, slots=True)
class EachOf:
    """Not one moment but many: one for each occurrence of a timeline that the selection takes."""

    follows: Follows
    due: bool = False


def read_edge(words: Words, *, hours: bool = False) -> Edge:
    """Read a moment, or a span before or after one; a span of hours only where a wait may have one."""
    start = words.peek()
    offset = start.offset if start else len(words.text)
    span, sign = None, 1
    if start is not None and start.kind == "number" and not words.next_is_date:
        span = words.span(hours=hours)
        if accept_of_age(words, span):
            return Edge(Named(DATE_OF_BIRTH), span, 1, words.said_since(start))
        word = words.accept_one_of("after", "before") if span.hours is None or not words.next_is("before") else None
        if word is None:
            words.fail("expected 'after' or 'before'" if span.hours is None else "expected 'after'")
        sign = 1 if word == "after" else -1
    if words.next_is("each"):
        words.fail_with("expected one moment, not many", "the moment that this waits for, such as the previous scan")
    moment = read_moment(words)
    following = words.peek()
    end = following.offset if following else len(words.text)
    return Edge(moment, span, sign, words.text[offset:end].strip(" ,("))


def accept_of_age(words: Words, span: Span) -> bool:
    """Read "of age" behind a span: what is 2 months of age is 2 months after the date of birth."""
    if not words.accept("of", "age"):
        return False
    if span.unit in (Unit.WORKING_DAYS, Unit.HOURS):
        words.fail("an age is counted in days, weeks, months or years", back=True)
    return True


def read_had(words: Words) -> Edge:
    """ "venetoclax has had 12 cycles": what another treatment must have had for this one to end with it."""
    name = words.name("a treatment").text
    words.expect("has", "had")
    most = words.number_of("how many cycles or doses")
    if most == 0:
        words.fail("nothing at all is no end", back=True, hint="count from 1")
    what = words.accept_one_of(*OCCURRENCE_WORDS, *PLURALS)
    if what is None:
        words.fail("expected cycles, doses or fractions")
    return Edge(HasHad(name, most), None, 1, f"{name} has had {most} {what}")


def read_moment(words: Words) -> Moment:
    """Read one moment; where the sentence may name many, use `read_follows`."""
    _refuse_habits(words)
    day = words.day()
    if day is not None:
        return OnDate(day)
    if words.accept("Study", "Day"):
        return OnStudyDay(_study_day(words))
    if words.accept("each"):
        if (unnamed := words.peek()) is not None and unnamed.text.lower() in OCCURRENCE_WORDS:
            words.fail_with("expected one moment, not many", f"the previous {unnamed.text}")
        return _read_each_event(words)
    for name in NAMED_DATES:
        if words.accept(*name.split()) or words.accept("the", *name.split()):
            return Named(name)
    if words.accept("the"):
        return _read_the(words)
    return _read_named(words)


def _read_each_event(words: Words) -> EachEvent:
    """Read the event after "each": iUPD, unscheduled visit, [serious] adverse event [of grade 3 or higher] begins or ends."""
    if words.accept("unscheduled", "visit"):
        return EachEvent("unscheduled visit")
    serious = words.accept("serious")
    if not words.accept("adverse", "event"):
        return EachEvent(words.name("the event").text)
    low, high = 1, 5
    if words.accept("of", "grade"):
        low, high = words.number_or_range("a grade")
        if low < 1 or high > 5:
            words.fail("grades are 1 to 5", back=True)
        high = 5 if words.accept("or", "higher") else high
    word = words.accept_one_of("begins", "ends")
    if word is None:
        words.fail("when it begins, or when it ends?", hint="write 'begins' or 'ends' behind it")
    return EachEvent("adverse event", low, high, serious, word == "ends")


def _refuse_habits(words: Words) -> None:
    """The moments that are often written otherwise, and how they are written here."""
    word = words.peek()
    if word is None:
        words.fail("expected a moment, such as first dose or the previous cycle")
    if words.next_is("every"):
        words.fail("expected one moment, not many", hint="name one, such as the previous scan or the scan for it")
    if words.next_is("day"):
        words.fail("expected a moment")
    without_the = word.text.lower() in ("previous", "last", "ideal") or (
        words.next_is("end", "of") and not words.next_is("end", "of", "treatment")
    )
    if without_the:
        words.fail(f"'the' is missing before '{word.text}'")


def _study_day(words: Words) -> int:
    signed = words.accept_kind("signed")
    if signed is not None:
        return words.signed_number(signed)
    return words.limited(Span(words.whole_number("a study day"))).amount


def _read_the(words: Words) -> Moment:
    if words.accept("previous"):
        if words.accept_one_of(*OCCURRENCE_WORDS) is None:
            words.fail("expected cycle, dose, fraction, scan, course or visit")
        return StartOf(OWN, Relative.PREVIOUS)
    if words.accept("last", "day", "of"):
        if words.accept("the", "previous", "cycle"):
            return LastDayOf(OWN, Relative.PREVIOUS)
        name = words.name("a treatment")
        return LastDayOf(name.text, _read_number(words) or 1)
    if words.accept("end", "of"):
        return EndOf(words.name("a treatment").text)
    if words.accept("last", "dose"):
        return LastDose(None)
    if words.accept("last"):
        name = words.name("a treatment")
        words.expect("dose")
        return LastDose(name.text)
    if words.accept("ideal", "day", "of"):
        name = words.name("a visit")
        return IdealOf(name.text, _read_number(words) or 1)
    name = words.name("a visit or treatment")
    words.expect("for", "it")
    return StartOf(name.text, Relative.SAME)


def _read_number(words: Words) -> int | None:
    words.accept_one_of(*OCCURRENCE_WORDS)
    token = words.peek()
    return words.number_of("its number") if token is not None and token.kind == "number" else None


def _read_named(words: Words) -> Moment:
    own = words.accept_one_of(*OCCURRENCE_WORDS)
    if own is not None:
        if (number := words.peek()) is None or number.kind != "number":
            words.fail_with(f"which {own}?", f"{own} 1, or: the previous {own}")
        return _on_day(words, OWN, words.number_of("its number"))
    if (several := words.peek()) is not None and several.text.lower() in PLURALS:
        words.fail("expected one moment, not many")
    name = words.name("a moment")
    unit = words.accept_one_of(*OCCURRENCE_WORDS)
    token = words.peek()
    if token is None or token.kind != "number":
        if unit is not None:
            near_first = unit == "dose" and get_close_matches(name.text.lower(), ["first"], cutoff=0.7)
            words.fail_with(f"which {unit}?", "first dose" if near_first else f"{name.text} {unit} 1")
        if name.text == "Study" and words.next_is("days"):
            words.fail_with("a timing is one study day", "on first dose, and under 'give': ... on days 1, 8")
        if words.next_is("days"):
            words.fail_with("on several days of which cycles?", f"on every {name.text} day 1, 8")
        if words.next_is("day"):
            return _on_day(words, name.text, 1)
        return Named(name.text)
    return _on_day(words, name.text, words.number_of("its number"))


def _on_day(words: Words, timeline: str, which: Which) -> Moment:
    if words.accept("day"):
        day = words.limited(Span(words.whole_number("a day"))).amount
        if day < 1:
            words.fail("a cycle begins with day 1", back=True, hint="count from 1")
        return DayOf(timeline, which, day)
    if words.accept("is", "due"):
        return DueOf(timeline, which)
    return StartOf(timeline, which)


def read_follows(words: Words) -> EachOf:
    """Read the occurrences of another timeline: "every 3rd drug cycle is due", "every blinatumomab day 5, 9, 13"."""
    words.expect("every")
    if words.next_is("unscheduled"):
        words.fail("an event is followed by 'each'", back=True, hint="write: each unscheduled visit")
    token = words.accept_kind("ordinal")
    selection = Selection(every=int(token.text[:-2]) if token else 1)
    if selection.every == 0:
        words.fail("every 0th is never", back=True, hint="write every, or every 2nd")
    refuse_unnamed(words)
    name = words.name("a treatment or visit")
    words.accept_one_of(*OCCURRENCE_WORDS, *PLURALS)
    days: tuple[int, ...] = ()
    if words.accept_one_of("day", "days"):
        days = words.each_number("a day")
        if 0 in days:
            words.fail("a cycle begins with day 1", back=True, hint="count from 1")
    due = words.accept("is", "due")
    return EachOf(Follows(name.text, selection, days), due)


def refuse_unnamed(words: Words) -> None:
    """Each treatment has cycles and doses of its own, so that a sentence names the treatment."""
    token = words.peek()
    if token is not None and token.text.lower() in (*OCCURRENCE_WORDS, *PLURALS):
        words.fail_with(f"{token.text} of which treatment?", f"drug {token.text}")


def read_days_of_cycles(words: Words) -> EachOf:
    """Read "days 1, 4, 8, 11 of lenalidomide cycles 1-8", of which the first word is still unread."""
    words.accept_one_of("days", "day")
    days = words.each_number("a day")
    if 0 in days:
        words.fail("a cycle begins with day 1", back=True, hint="count from 1")
    said = ", ".join(map(str, days))
    words.expect("of")
    if words.next_is("every"):
        named = following.text if (following := words.peek(1)) is not None and following.kind == "word" else "drug"
        words.fail_with("of every cycle, the treatment comes first", f"on every {named} day {said}")
    unnamed = words.peek()
    if unnamed is not None and unnamed.text.lower() in (*PLURALS, *OCCURRENCE_WORDS):
        words.fail_with("of which treatment?", f"days {said} of drug {unnamed.text}, and their numbers")
    name = words.name("a treatment or visit")
    one = words.accept_one_of(*OCCURRENCE_WORDS) if len(days) > 1 else None
    if one is None and words.accept_one_of(*PLURALS) is None:
        words.fail("expected cycles, and which", hint=f"write: {name.text} cycles 1-8, or: {name.text} cycle 1 day 8")
    return EachOf(Follows(name.text, read_selection(words), days))


def read_in_cycles(words: Words) -> EachOf:
    """Read "every cycle on day 1", "chemotherapy cycles 1-4 on days 1, 8", of which "in" is read already."""
    every = words.accept("every")
    token = words.accept_kind("ordinal") if every else None
    if token is not None and int(token.text[:-2]) == 0:
        words.fail("every 0th is never", back=True, hint="write every, or every 2nd")
    named = not words.next_is("cycle") and not words.next_is("cycles")
    name = words.name("the cycles").text if named else THE_CYCLES
    if words.accept_one_of("cycle", "cycles") is None:
        words.fail("expected cycle or cycles", hint="write: in every cycle on day 1, or: in cycles 1-4 on days 1, 8")
    selection = Selection(every=int(token.text[:-2]) if token else 1) if every else read_selection(words)
    days: tuple[int, ...] = ()
    if words.accept("on", "days") or words.accept("on", "day"):
        days = words.each_number("a day")
        if 0 in days:
            words.fail("a cycle begins with day 1", back=True, hint="count from 1")
    elif words.next_is("on"):
        _ask_for_days(words)
    return EachOf(Follows(name, selection, days))


def _ask_for_days(words: Words) -> NoReturn:
    words.accept("on")
    token = words.peek()
    at = token.offset if token is not None else len(words.text)
    said = re.findall(r"[0-9]+", words.text[at:].partition("(")[0]) or ["1", "8"]
    before = words.text[:at].rstrip()
    words.fail_with("which days of the cycle?", f"{before} {'days' if len(said) > 1 else 'day'} {', '.join(said)}")


def names_several(words: Words) -> bool:
    """True when a name and a plural come next: "drug cycles"."""
    following = words.peek(1)
    return following is not None and following.text.lower() in PLURALS


def read_listed_follows(words: Words) -> EachOf:
    """Read "drug cycles 3, 6, then every 4th"."""
    name = words.name("a treatment or visit")
    words.accept_one_of(*PLURALS)
    return EachOf(Follows(name.text, read_selection(words)))


def read_selection(words: Words) -> Selection:
    """Read which occurrences: "1-4", "9 and later", "3, 6, then every 4th"."""
    listed = words.each_number("a number")
    every = 1 if words.accept("and", "later") else None
    if words.accept(",", "then", "every"):
        token = words.accept_kind("ordinal")
        if token is None or int(token.text[:-2]) == 0:
            words.fail("expected how often, such as 4th", back=token is not None)
        every = int(token.text[:-2])
    return Selection(listed, every)
