"""Timings, limits and moments as sentences in a fixed order.

    28 days ±3 after the previous cycle, not before 1 day after the end of radiotherapy (A2)
    ^span   ^window  ^moment              ^wait                                         ^citation

    timing  = "on" moment [window]  |  "on" days of cycles [window]  |  "on or after" moment
            | "in" "every" [cycles] "cycle" | "in" [cycles] "cycles" numbers, then ["on day(s)" days] [window]
            | span [window] "after" | "before" moment
            | span "from" "every" cycle | span "from" cycles     (each of these days)
            | span [window] "after" | "before" moment        |  n "hours" [window of hours] "after" moment
            | n "to" n "hours after" moment                  |  "within" n "hours after" moment
            | "at" ages "of age" [window: see `ages`]
            | n "to" span "after" | "before" moment          |  "at least" span "after" moment
            | "every" span [window] "from" moment            |  "every" span [window] "after that"
            | "on" days of the year "of each year" [window] "from" moment
            | "from" moment | span [window] "after" | "before" moment, then "until" last
    last    = (["the day before"] edge  |  edge ", that day included") ["and the end of the started cycle"]
    then, after commas: "not before" edge, "not after" edge, "until" last; at the end, in brackets, what it rests on. No comma is
    needed before "until". A date is 2028-06-01 or 1 June 2028.

Every phrase has one meaning. In "1 to 28 days before", the first number is the ideal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypedDict

from scheduler.dates import Span, Unit, shortest_time_between
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.times.follows import Follows
from scheduler.protocol.plan.times.moments import (
    DATE_OF_BIRTH,
    DayOf,
    DueOf,
    EachEvent,
    Moment,
    Named,
    Relative,
    StartOf,
)
from scheduler.protocol.plan.times.timing import Counted, CountLimit, DateLimit, Timing
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.times.ages import next_is_ages, read_ages
from scheduler.protocol.sentences.times.choice import COUNTED, read_choice
from scheduler.protocol.sentences.times.hours import read_hours, read_range_of_hours, read_within
from scheduler.protocol.sentences.times.moment import (
    PLURALS,
    EachOf,
    names_several,
    read_days_of_cycles,
    read_edge,
    read_follows,
    read_had,
    read_in_cycles,
    read_listed_follows,
    read_moment,
)
from scheduler.protocol.sentences.times.window import NO_WINDOW, Window, read_window, window_to
from scheduler.protocol.sentences.words import Words

TIMING_EXAMPLE = "28 days ±3 after the previous cycle, not before 1 day after the end of radiotherapy (A2)"
UNTIL_EXAMPLE = "5 fractions | at most 35 doses | before 24 months after first dose | progression"
_MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class TimingPhrase:
    """A timing as it was written: its sense, and which occurrences of another timeline it follows, if any."""

    timing: Timing
    follows: Follows | None = None
    ages: tuple[Span, ...] = ()
    """Of several ages, all of them: each is an occurrence with its number."""

    @property
    def each(self) -> str | None:
        """The event that this makes an occurrence for, each time; None for any other timing."""
        return self.timing.moment.name if isinstance(self.timing.moment, EachEvent) else None


class Around(TypedDict):
    """The window of a timing."""

    early: int | None
    late: int | None
    in_open_days: bool


@dataclass(frozen=True, slots=True)
class LimitPhrase:
    """One limit of an "until"."""

    limit: CountLimit | DateLimit


def read_timing(text: str) -> TimingPhrase:
    """Read one timing. Raises a fault with its place and the right spelling."""
    words = Words(text, example=TIMING_EXAMPLE)
    core = _read_core(words)
    timing = _read_clauses(words, core.timing)
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return replace(core, timing=replace(timing, clause=clause))


def _read_core(words: Words) -> TimingPhrase:
    unsaid = Clause(0, "")
    if words.accept("on", "or", "after"):
        _refuse_each(words)
        return TimingPhrase(Timing(unsaid, read_moment(words), open_ended=True))
    if words.accept("on"):
        return _read_on(words, unsaid)
    if words.accept("in"):
        follows = read_in_cycles(words)
        window = read_window(words)
        return _hang(Timing(unsaid, _NOWHERE, **_around(window)), follows)
    if words.accept("at", "least"):
        span = words.span(hours=True)
        words.expect("after")
        _refuse_each(words)
        return _hang(Timing(unsaid, _NOWHERE, span=span, open_ended=True), read_moment(words))
    if next_is_ages(words):
        return _read_ages(words, unsaid)
    if words.accept("every"):
        return _read_grid(words, unsaid)
    if words.next_is("within") and (words.next_is_at(2, "hours") or words.next_is_at(2, "hour")):
        return _hang(*read_within(words, Timing(unsaid, _NOWHERE)))
    if words.accept("from"):
        return _read_from_until(words, unsaid)
    token = words.peek()
    if token is None or token.kind != "number":
        words.fail("expected a timing: a number of days, 'on', 'in', 'every' or 'at least'")
    return _read_offset(words, unsaid)


def _read_ages(words: Words, unsaid: Clause) -> TimingPhrase:
    spans = read_ages(words)
    window = read_window(words)
    timing = Timing(unsaid, Named(DATE_OF_BIRTH), span=spans[0], **_around(window))
    return TimingPhrase(timing, ages=spans if len(spans) > 1 else ())


def _read_from_until(words: Words, unsaid: Clause) -> TimingPhrase:
    """What goes on every day: "from 7 days before first dose until 21 days after the last pemetrexed dose"."""
    token = words.peek()
    if token is not None and token.kind == "number" and not words.next_is_date:
        core = _read_offset(words, unsaid)
    else:
        core = TimingPhrase(Timing(unsaid, read_moment(words)))
    if core.follows is not None:
        words.fail("what goes on every day begins once", back=True, hint="write: from first dose until ...")
    words.accept(",")
    if not words.accept("until"):
        words.fail("until when?", hint="write: from first dose until 21 days after the last dose")
    limit = _read_last_day(words, Clause(0, words.text.strip()))
    return replace(core, timing=replace(core.timing, until=(limit,), lasts=True))


def _refuse_each(words: Words) -> None:
    if words.next_is("each"):
        words.fail_with("an event has a window", "28 days +28 after each iUPD")


def _read_on(words: Words, unsaid: Clause) -> TimingPhrase:
    moment: Moment | EachOf
    first = words.peek()
    if first is not None and first.kind == "number" and not words.next_is_date:
        return _read_days_of_years(words, unsaid)
    if words.next_is("every"):
        moment = read_follows(words)
    elif _says_days_of_cycles(words):
        moment = read_days_of_cycles(words)
    elif names_several(words):
        moment = read_listed_follows(words)
    else:
        moment = read_moment(words)
    window = read_window(words)
    return _hang(Timing(unsaid, _NOWHERE, **_around(window)), moment)


def _read_days_of_years(words: Words, unsaid: Clause) -> TimingPhrase:
    """ "1 March and 1 September of each year ±14 days from first dose": those of the days that are on or after the moment."""
    days = [words.day_of_year()]
    while words.accept("and") or words.accept(","):
        days.append(words.day_of_year())
    if len(set(days)) < len(days):
        words.fail("the same day is said twice", back=True)
    if not words.accept("of", "each", "year"):
        words.fail("expected 'of each year'", hint="write: on 1 March of each year from first dose")
    window = read_window(words)
    if not words.accept("from"):
        words.fail("from when on?", hint="write: from first dose")
    _refuse_each(words)
    of_each_year = tuple(sorted(days))
    shortest = Span(shortest_time_between(of_each_year))
    timing = Timing(unsaid, read_moment(words), every=shortest, of_each_year=of_each_year, **_around(window))
    return TimingPhrase(timing)


def _says_days_of_cycles(words: Words) -> bool:
    """True for "days 1, 8 of drug cycles 1-4"; a day alone is none, and read_moment says what it may be."""
    following = words.peek(1)
    return words.next_is("days") or (following is not None and words.next_is("day", following.text, "of"))


def _read_grid(words: Words, unsaid: Clause) -> TimingPhrase:
    span = words.span()
    if span.unit is Unit.WORKING_DAYS:
        words.fail("a grid is counted in days, weeks, months or years", back=True)
    if span.amount == 0:
        words.fail(f"every {span} is never", back=True, hint="write how many days lie between two")
    began = words.peek()
    window = read_window(words)
    length = f"{span} {words.said_since(began)}".strip()
    if words.accept("after", "that"):
        return TimingPhrase(Timing(unsaid, _NOWHERE, every=span, **_around(window), continues=True))
    if not words.accept("from"):
        words.fail_with(
            "expected 'from' and what it counts from",
            f"every {length} from first dose, or: {length} after the previous dose",
        )
    _refuse_each(words)
    return TimingPhrase(Timing(unsaid, read_moment(words), every=span, **_around(window)))


def _read_offset(words: Words, unsaid: Clause) -> TimingPhrase:
    ideal = words.whole_number("how many days")
    if words.next_is("hours") or words.next_is("hour"):
        return _hang(*read_hours(words, Timing(unsaid, _NOWHERE), ideal))
    if words.next_is("to") and words.next_is_at(2, "hours"):
        return _hang(*read_range_of_hours(words, Timing(unsaid, _NOWHERE), ideal))
    other = words.whole_number("the other end of the window") if words.accept("to") else None
    unit = words.unit()
    span = words.limited(Span(ideal, unit))
    window = NO_WINDOW if other is not None else read_window(words)
    if other is None and window is NO_WINDOW and words.next_is("from") and _names_many(words):
        return _read_days_from(words, unsaid, span)
    word = words.accept_one_of("after", "before")
    if word is None:
        words.fail("expected 'after' or 'before'")
    sign = 1 if word == "after" else -1
    if other is not None:
        window = window_to(words, span, other, sign)
    moment: Moment | EachOf = read_follows(words) if words.next_is("every") else read_moment(words)
    return _hang(Timing(unsaid, _NOWHERE, span=span, sign=sign, **_around(window)), moment)


def _names_many(words: Words) -> bool:
    """True for "from every vaccine dose" and "from vaccine doses 1-3"; "from first dose" is one day."""
    following, unit = words.peek(1), words.peek(2)
    every = following is not None and following.text.lower() == "every"
    return every or (unit is not None and unit.text.lower() in PLURALS)


def _read_days_from(words: Words, unsaid: Clause, span: Span) -> TimingPhrase:
    """Read "7 days from every vaccine dose": the day of the dose is the first of them."""
    days = span.in_days
    if days is None or not 0 < days <= _MOST_DAYS:
        words.fail(
            f"{span} from a dose are no days that can be counted", back=True, hint="write: 7 days from every drug dose"
        )
    words.accept("from")
    many = read_follows(words) if words.next_is("every") else read_listed_follows(words)
    if many.due or many.follows.days:
        words.fail_with(
            "these days are counted from the dose itself", f"{span} from every {many.follows.timeline} dose"
        )
    follows = replace(many.follows, days=tuple(range(1, days + 1)))
    return _hang(Timing(unsaid, _NOWHERE), EachOf(follows))


def _around(window: Window) -> Around:
    return {"early": window.early, "late": window.late, "in_open_days": window.in_open_days}


def _hang(timing: Timing, moment: Moment | EachOf) -> TimingPhrase:
    if not isinstance(moment, EachOf):
        return TimingPhrase(replace(timing, moment=moment))
    anchor: Moment
    if moment.due:
        anchor = DueOf(moment.follows.timeline, Relative.SAME)
    elif moment.follows.days:
        anchor = DayOf(moment.follows.timeline, Relative.SAME, 0)
    else:
        anchor = StartOf(moment.follows.timeline, Relative.SAME)
    return TimingPhrase(replace(timing, moment=anchor), moment.follows)


def _read_clauses(words: Words, timing: Timing) -> Timing:
    while words.accept(",") or words.next_is("until"):
        if words.accept("not", "before"):
            timing = replace(timing, not_before=(*timing.not_before, read_edge(words, hours=True)))
        elif words.accept("not", "after"):
            timing = replace(timing, not_after=(*timing.not_after, read_edge(words)))
        elif words.accept("until"):
            limit = _read_last_day(words, Clause(0, words.text.strip()))
            timing = replace(timing, until=(*timing.until, limit))
        else:
            words.fail("expected 'not before', 'not after' or 'until'")
    return timing


def read_limit(text: str) -> LimitPhrase:
    """Read one limit of an "until": a number of doses, a moment, or "before" a moment."""
    words = Words(text, example=UNTIL_EXAMPLE, habits=Habits.LIMITS)
    if words.next_is("until"):
        words.fail("'until' is said already", hint="leave it out")
    counted = Counted.GIVEN if words.accept("at", "most") else Counted.SLOTS
    following = words.peek(1)
    limit: CountLimit | DateLimit
    unsaid = Clause(0, "")
    choice, of = read_choice(words) if counted is Counted.SLOTS else ((), "")
    if choice:
        limit = CountLimit(choice[-1], counted, unsaid, choice, of)
    elif following is not None and following.text.lower() in COUNTED and (words.peek() or following).kind == "number":
        most = words.number_of("how many")
        if most == 0:
            words.fail("nothing at all is no treatment", back=True, hint="leave out what is never given")
        words.accept_one_of(*COUNTED)
        limit = CountLimit(most, counted, unsaid)
    elif counted is Counted.GIVEN:
        words.fail("expected a number and doses, cycles, fractions, scans or visits")
    elif words.next_is_at(1, "has", "had"):
        limit = DateLimit(read_had(words), False, unsaid, finishes=_read_finishes(words))
    else:
        limit = _read_before(words, unsaid) if words.accept("before") else _read_last_day(words, unsaid)
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return LimitPhrase(replace(limit, clause=clause))


def _read_last_day(words: Words, clause: Clause) -> DateLimit:
    """Read "progression", "the day before allocation", or "allocation, that day included" where another begins that day too."""
    before = words.accept("the", "day", "before")
    edge = read_edge(words)
    included = not before and words.accept(",", "that", "day", "included")
    return DateLimit(edge, before, clause, included, _read_finishes(words))


def _read_before(words: Words, clause: Clause) -> DateLimit:
    return DateLimit(read_edge(words), True, clause, finishes=_read_finishes(words))


def _read_finishes(words: Words) -> bool:
    """Read "and the end of the started cycle": what began by then is given to its end."""
    return words.accept("and", "the", "end", "of", "the", "started", "cycle")


_NOWHERE: Moment = StartOf("", Relative.PREVIOUS)
"""Stands where the moment of a timing is filled in a step later."""


@dataclass(frozen=True, slots=True)
class ReferencePhrase:
    """Which date study days count from, and its label, 1 or 0; ``first_dose_of`` are the treatments that make the first dose."""

    moment: Moment
    label: int
    first_dose_of: tuple[str, ...] = ()


def read_bound(text: str) -> Timing:
    """Read where a period begins or ends: an edge, then waits and what would end it earlier."""
    words = Words(text, example="90 days after the last dose, not before 30 days after first dose")
    edge = read_edge(words)
    timing = Timing(Clause(0, ""), edge.moment, span=edge.span, sign=edge.sign)
    while words.accept(","):
        if words.accept("not", "after"):
            timing = replace(timing, not_after=(*timing.not_after, read_edge(words)))
        else:
            words.expect("not", "before")
            timing = replace(timing, not_before=(*timing.not_before, read_edge(words)))
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return replace(timing, clause=clause)


def read_reference(text: str) -> ReferencePhrase:
    """Read "first dose is Day 1", "first dose of pembrolizumab or placebo is Day 1" or "axi-cel is Day 0"."""
    words = Words(text, example="first dose is Day 1 | first dose of pembrolizumab is Day 1", habits=Habits.REFERENCES)
    moment = read_moment(words)
    makes_it = tuple(_treatments(words)) if moment == Named("first dose") and words.accept("of") else ()
    words.expect("is", "Day")
    label = words.whole_number("1 or 0")
    if label > 1:
        words.fail("the date that days count from is Day 1 or Day 0", back=True)
    words.citation()
    words.finish()
    return ReferencePhrase(moment, label, makes_it)


def _treatments(words: Words) -> Iterator[str]:
    """Read the treatments of which any may be the first dose: "pembrolizumab, pemetrexed or carboplatin"."""
    yield words.name("a treatment").text
    while words.accept(",") or words.accept("or"):
        yield words.name("a treatment").text
