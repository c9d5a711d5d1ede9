"""Protocols that nobody thought of: small studies in the language, each sentence drawn from what it can say.

A protocol here is text, as a person would write it. What makes no sense by the language's own checks is not drawn: numbers that
run backwards, windows wider than what they count, waits in a circle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.laws import more_sentences as more
from tests.laws.protocol_parts import (
    FOR_EACH,
    Parts,
    branch,
    by_arm,
    ends,
    goes_on,
    injections_by_number,
    number,
    sheet,
    tablets_by_band,
    tablets_by_level,
)

RULES = ("later", "nearest", "earlier")
PLACES = ("clinic", "infusion", "imaging", "any day", "infusion on days 1-2", "infusion on days -5 to -3, 1")
_BY_THE_CALENDAR = re.compile(r"months|years?\b|20[0-9][0-9]")
_WINDOWS = ("", " ±1", " ±3", " +3", " -2 +4")


@dataclass(frozen=True)
class DrawnProtocol:
    """The text; ``whole_weeks`` is true where no sentence counts months, years or fixed dates."""

    text: str
    treatments: tuple[str, ...]
    whole_weeks: bool


@st.composite
def protocols(draw: st.DrawFn) -> DrawnProtocol:
    """A study of one to three treatments, some of which wait for one before them, and up to five visits."""
    names = ("alpha", "beta", "gamma")[: draw(st.integers(1, 3))]
    lines = [
        "study: DRAWN",
        'version: "1"',
        "title: A study",
        "arms: {one: The only one}",
        "study days: first dose is Day 1",
        f"dates: {{{more.RECORDED}: recorded}}",
    ]
    cycles: list[str] = []
    courses: list[str] = []
    clock = draw(st.integers(0, 2)) == 0
    lines += _clock(draw) if clock else []
    lines.append("treatments:")
    parts = Parts()
    for name in names:
        if clock and (name == "alpha" or draw(st.booleans())):
            lines += _in_the_cycles(draw, parts, name)
            cycles.append(name)
        elif name != "alpha" and draw(st.integers(0, 3)) == 0:
            lines += _course(draw, name, cycles)
            courses.append(name)
        elif draw(st.integers(0, 5)) == 0:
            lines += _injection(draw, parts, name)
            cycles.append(name)
        else:
            lines += _treatment(draw, parts, name, courses)
            cycles.append(name)
    if draw(st.integers(0, 3)) == 0:
        lines += more.every_day(draw, "daily", cycles[0])
    lines += more.supportive(draw)
    months = draw(st.booleans())
    visits = more.anchor(draw) + [
        line
        for n in range(draw(st.integers(0, 5)))
        for line in _visit(draw, parts, f"visit-{n}", cycles, courses, months)
    ]
    lines += ["visits:", *visits]
    lines += parts.lines()
    lines += more.activities(draw, cycles)
    lines += more.periods(draw, cycles[0])
    text = "\n".join(lines) + "\n"
    if more.DAY_0 in text:
        text = text.replace("first dose is Day 1", f"{more.ANCHOR} is Day 0")
    return DrawnProtocol(text, names, not months and not _BY_THE_CALENDAR.search(text))


def _clock(draw: st.DrawFn) -> list[str]:
    """Cycles of their own, which the first treatment is timed on, and others now and then."""
    every = draw(st.sampled_from([14, 21, 28]))
    return [
        "cycles:",
        "  clock:",
        f"    when: {{1: on first dose, then: {every} days{draw(st.sampled_from(_WINDOWS))} after the previous cycle}}",
        f"    until: {by_arm(draw, number(draw, draw(st.integers(2, 8)), 'cycles', chosen=True))}",
        f"    open: {draw(st.sampled_from(PLACES))}",
        f"    if closed: {draw(st.sampled_from(RULES))}",
        *draw(st.sampled_from(([], ["    held with: [alpha]"]))),
        *goes_on(draw),
    ]


_BY_NUMBER = (
    "85 mg/m2 intravenously over 60 minutes for dose 1, over 30 minutes from dose 2",
    "10 mg twice weekly by mouth on days 1, 4",
)


def _in_the_cycles(draw: st.DrawFn, parts: Parts, name: str) -> list[str]:
    which = draw(
        st.sampled_from(["in every cycle", "in every cycle on day 1", "in cycles 1-2", "in cycles 1, then every 2nd"])
    )
    place = draw(st.sampled_from(([], ["    open: any day"])))
    give = draw(st.sampled_from(["85 mg/m2 intravenously", "10 mg once daily by mouth on days 1-7", *_BY_NUMBER]))
    given = _given(draw, parts, name, " on days 1-7") or [f"    give: {give}", *_worked_out(give)]
    only_if = branch(draw, parts) if name != "alpha" else []
    return [f"  {name}:", f'    when: "{which}"', *given, *place, *only_if]


def _worked_out(give: str) -> list[str]:
    return ["    body surface: Mosteller"] if "/m2" in give else []


def _given(draw: st.DrawFn, parts: Parts, name: str, days: str) -> list[str]:
    """By level or by band, one time in three."""
    which = draw(st.integers(0, 5))
    if which == 0:
        return tablets_by_level(draw, parts, name, days)
    return tablets_by_band(draw, parts, name, days) if which == 1 else []


def _injection(draw: st.DrawFn, parts: Parts, name: str) -> list[str]:
    """Once a week or so, by its number."""
    first = "on first dose" if name == "alpha" else draw(st.sampled_from(["on first dose", "7 days after first dose"]))
    then = draw(
        st.sampled_from(
            [
                "7 days ±1 after the previous dose",
                "7 days after the previous dose",
                "at least 72 hours after the previous dose",
            ]
        )
    )
    sheet(draw, parts, name)
    return [
        f"  {name}:",
        f"    when: {{1: {first}, then: {then}}}",
        f"    until: at most {draw(st.integers(1, 8))} doses",
        f"    open: {draw(st.sampled_from(PLACES))}",
        f"    if closed: {draw(st.sampled_from(RULES))}",
        *injections_by_number(draw),
        *(branch(draw, parts) if name != "alpha" else []),
    ]


def _treatment(draw: st.DrawFn, parts: Parts, name: str, courses: list[str]) -> list[str]:
    every = draw(st.sampled_from([14, 21, 28, 35, 42]))
    first = draw(st.sampled_from(["on first dose", "on or after Study Day 8", "7 days after first dose"]))
    first = "on first dose" if name == "alpha" else first
    wait = (
        f", not before {draw(st.integers(1, 5))} days after the end of {draw(st.sampled_from(courses))}"
        if courses
        else ""
    )
    least = st.sampled_from([f"{every - 4} days", f"{24 * every - 90} hours"])
    gap = draw(st.one_of(st.just(""), least.map(lambda span: f", not before {span} after the previous cycle")))
    window = draw(st.sampled_from(_WINDOWS))
    last = draw(st.sampled_from([1, 5, 7, 10]))
    days = draw(st.sampled_from([f" on days 1-{last}" if last > 1 else " on day 1", " on days 1, 8", " on day 1"]))
    give = draw(
        st.sampled_from(
            [
                "10 mg once daily by mouth",
                "85 mg/m2 intravenously",
                "2.5 mg twice daily by mouth",
                "12 mg intrathecally",
                "500 mg twice daily, 12 hours ±1 hour apart, by mouth with food",
            ]
        )
    )
    give += days
    which = draw(st.integers(0, 3))
    if which == 0:
        give = draw(st.sampled_from(more.DOSES_WITH_DAYS))
    elif which == 1:
        give = draw(st.sampled_from(more.DOSES)) + days
    given = _given(draw, parts, name, days) or [f"    give: {give}", *_worked_out(give)]
    sheet(draw, parts, name)
    most = draw(st.integers(1, 8))
    lines = [
        f"  {name}:",
        "    when:",
        f"      1: {first}",
        *([f"      2: {every} days{window} after cycle 1{wait}"] if wait and most > 1 else []),
        *([f"      then: {every} days{window} after the previous cycle{gap}"] if most > (2 if wait else 1) else []),
        ends(draw, parts, name, most, courses),
        f"    open: {draw(st.sampled_from(PLACES))}",
        f"    if closed: {draw(st.sampled_from(RULES))}",
        *given,
        *(branch(draw, parts, by_number=most > 1) if name != "alpha" else []),
        *(goes_on(draw) if most > 1 else []),
    ]
    return lines


def _course(draw: st.DrawFn, name: str, cycles: list[str]) -> list[str]:
    start = draw(
        st.sampled_from(["on or after Study Day 22", f"10 days ±3 after {cycles[0]} cycle 1", "on first dose"])
    )
    then = draw(
        st.sampled_from(
            [
                "at least 1 day after the previous fraction",
                "at least 6 hours after the previous fraction",
                "7 days ±2 after the previous fraction",
            ]
        )
    )
    give = draw(st.sampled_from(more.FRACTIONS))
    which = "third" if "twice" in give else "second"
    made_up = draw(
        st.sampled_from(
            (
                [],
                ["    made up: on a Saturday, or on a Sunday"],
                [f"    made up: by a {which} fraction of a day at least 6 hours apart, or on a Saturday"],
            )
        )
    )
    return [
        f"  {name}:",
        f"    when: {{1: {start}, then: {then}}}",
        f"    until: {draw(st.integers(2, 12))} fractions",
        "    open: radiotherapy",
        "    if closed: later",
        f"    give: {give}",
        "    not done: moves to the next open day",
        *made_up,
    ]


def _visit(draw: st.DrawFn, parts: Parts, name: str, cycles: list[str], courses: list[str], months: bool) -> list[str]:
    treatment = draw(st.sampled_from(cycles))
    window = draw(st.sampled_from(_WINDOWS))
    sentences = [
        f"{draw(st.integers(5, 90))} days{window} after first dose",
        f"{draw(st.integers(5, 20))} working days{window} after first dose",
        f"{draw(st.integers(1, 5))} to {draw(st.integers(6, 28))} days before first dose",
        f"every {draw(st.integers(2, 9))} weeks{window} from first dose",
        f"every {draw(st.integers(14, 70))} days{window} from randomisation",
        f"on {treatment} cycle 1{window}",
        f"{draw(st.integers(5, 9))} days{window} after every {treatment} cycle",
        f"{draw(st.integers(20, 90))} hours after every {treatment} cycle",
        f"{draw(st.integers(5, 40))} days{window} after the last dose",
        f"on or after Study Day {draw(st.integers(1, 60))}",
        "0 to 7 days after end of treatment",
        "28 days +28 after each iUPD",
        f"at {draw(st.integers(28, 40))} weeks of age{window}",
        "at 29, 31, 40 weeks of age ±7 days, not after 45 weeks of age",
        f"{draw(st.integers(5, 90))} days ±2 working days after first dose",
        f"2 to 5 days before every {treatment} cycle is due",
        *FOR_EACH,
        *more.visit_timings(treatment),
    ]
    sentences += [f"{draw(st.integers(5, 40))} days{window} after the end of {courses[0]}"] if courses else []
    if months:
        sentences += [
            f"{draw(st.integers(1, 13))} months{window} after first dose",
            "every 3 months ±7 from first dose",
            "on 1 March and 1 September of each year ±14 days from first dose",
            "at 7, 9, 12 months of age ±14 days",
            *more.MONTHS,
        ]
    table = draw(st.integers(0, 9)) == 0
    when = draw(st.sampled_from(more.TABLES)) if table else f'"{draw(st.sampled_from(sentences))}"'
    return [
        f"  {name}:",
        f"    when: {when}",
        f"    open: {draw(st.sampled_from(PLACES))}",
        f"    if closed: {draw(st.sampled_from(RULES))}",
        *branch(draw, parts),
    ]
