"""Whether all is said of the treatments of a summary that one line must say, and nothing that contradicts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from scheduler.dates import Span
from scheduler.findings import Finding, Place, Severity
from scheduler.protocol.plan.times.frequency import TIMES_A_WEEK
from scheduler.protocol.sentences.one_line.line_words import EVERY_DAY
from scheduler.protocol.sentences.one_line.regimen import Clock, Length, TreatmentSummary
from scheduler.protocol.sentences.words import Words

PLACE = "summary"
"""What findings call the summary, which lies in no file."""

EXAMPLE = "regorafenib 120 mg days 1-21 every 28 days"


def steps_are_whole(words: Words, summary: TreatmentSummary) -> None:
    """Of several doses each has its days, or its numbers; how often a day is said for the first or for each."""
    if any(step.doses for step in summary.steps):
        _numbers_are_whole(words, summary)
        return
    for step in summary.steps:
        if step.often in TIMES_A_WEEK and step.days is None:
            hint = "write the days of the cycle: twice weekly on days 1, 4, 8, 11"
            words.fail(f"on which days {summary.name} is given is not said", hint=hint)
    if len(summary.steps) == 1:
        return
    for step in summary.steps:
        if step.days is None or step.amount is None:
            words.fail(f"on which days {summary.name} {step.amount or ''} is given is not said".replace("  ", " "))
    if summary.steps[0].often is None and any(step.often for step in summary.steps):
        hint = f"say it for the first: {summary.steps[0].amount} twice daily on days ..."
        words.fail(f"how often a day {summary.steps[0].amount} is given is not said", hint=hint)
    for (_, before), (first, _) in pairwise(summary.days):
        if first <= before:
            words.fail(f"two doses of {summary.name} on day {first}", hint="name each day once, the first days first")


def _numbers_are_whole(words: Words, summary: TreatmentSummary) -> None:
    """Doses by number, 8 mg/kg of dose 1, 6 mg/kg of doses 2 and later: from the first on, each once, and the last goes on."""
    following = 1
    for step in summary.steps:
        if step.doses is None or step.days is not None or step.amount is None:
            hint = "write: 8 mg/kg of dose 1, 6 mg/kg of doses 2 and later"
            words.fail(
                f"of which doses {summary.name} {step.amount or ''} is, is not said".replace("  ", " "), hint=hint
            )
        numbers = [int(each) for each in re.findall("[0-9]+", step.doses)]
        if numbers[0] != following:
            hint = "each number once, from 1 on: of doses 1-4, of doses 5 and later"
            words.fail(f"how much dose {following} of {summary.name} has is not said", hint=hint)
        following = numbers[-1] + 1
        if (step is summary.steps[-1]) != step.doses.endswith("later"):
            hint = (
                f"write: of doses {numbers[0]} and later" if step is summary.steps[-1] else "say the others before it"
            )
            words.fail(f"after {step.doses}, how much of {summary.name}?", hint=hint)


def is_whole(words: Words, summary: TreatmentSummary) -> TreatmentSummary:
    """A treatment with a clock of its own; every day, where it has no cycle."""
    if summary.fractions is not None:
        if summary.days or summary.every or summary.once or summary.at or summary.length != Length():
            hint = "one a day is presumed"
            words.fail("a course of fractions has a number and a start, and nothing else", hint=hint)
        return summary
    if summary.amount is None:
        words.fail(f"how much {summary.name} is not said", hint=f"write it like: {EXAMPLE}")
    if summary.at and (summary.has_days or summary.once or (summary.length.most and summary.every is None)):
        hint = "leave out the days, 'once' and the number of doses"
        words.fail("what is given at months or weeks has single doses, which are numbered", hint=hint)
    if _goes_on_every_day(summary):
        if summary.length.most is not None or summary.length.open is not None:
            hint = "write 'every 28 days' where it has cycles, or: up to 12 months"
            words.fail(f"of how many days is a cycle of {summary.name}?", hint=hint)
        return replace(summary, daily=True)
    if sum((summary.every is not None or bool(summary.at), summary.once)) != 1:
        words.fail(f"how often {summary.name} is given is not said", hint="write 'every 28 days', or 'once'")
    if summary.days and summary.days[0][0] != 1:
        day = summary.days[0][0]
        hint = f"days are those of the cycle, which begins with a dose: days 1-..., and 'from day {day}' for its start"
        words.fail("a cycle begins with the first dosing day", hint=hint)
    if summary.every is not None:
        _fits(words, summary, summary.every)
    return summary


def _goes_on_every_day(summary: TreatmentSummary) -> bool:
    """Once daily, and no cycle, no days, no number of times: until it ends."""
    others = summary.every is not None or summary.days or summary.at or summary.once or len(summary.steps) > 1
    return not others and summary.steps[0].often in EVERY_DAY


def _fits(words: Words, summary: TreatmentSummary, every: Span, *, together: bool = False) -> None:
    last = max((last for _, last in summary.days), default=1)
    if every.in_days is None and (summary.has_days or together):
        words.fail(f"a cycle of {every} has no fixed number of days", hint="write: every 28 days")
    if every.in_days is not None and last > every.in_days:
        hint = "make the cycle longer, or the days fewer"
        words.fail(f"day {last} lies after the {every} of the cycle", hint=hint)


def _has_no_clock_of_its_own(words: Words, each: TreatmentSummary, last: TreatmentSummary) -> None:
    own = each.once or each.fractions or each.at or each.start != 1
    if own or (each is not last and (each.every or each.length.longest or each.length.progression)):
        hint = "write ';' between treatments with clocks of their own; on one clock, say 'every ...' once, at the end"
        words.fail(f"{each.name} has a clock of its own", hint=hint)
    if each.amount is None:
        words.fail(f"how much {each.name} is not said", hint=f"write it like: {EXAMPLE}")


def on_one_clock(words: Words, summaries: list[TreatmentSummary], ended_early: bool) -> tuple[TreatmentSummary, ...]:
    """Treatments that share the cycle of the last. ``ended_early``: an end was said before how often, so of the last alone."""
    last, names = summaries[-1], " and ".join(each.name for each in summaries)
    for each in summaries:
        _has_no_clock_of_its_own(words, each, last)
    if all(_goes_on_every_day(each) and each.length == Length() for each in summaries):
        return tuple(replace(each, daily=True) for each in summaries)
    if last.every is None:
        words.fail(f"how often {names} are given is not said", hint="write 'every 28 days' at the end")
    if ended_early:
        hint = f"write it behind 'every {last.every}' where it is the end of all"
        words.fail(f"is that the end of all, or of {last.name} alone?", hint=hint)
    if min(first for each in summaries for first, _ in each.days or ((1, 1),)) > 1:
        words.fail("nothing is given on day 1 of the cycle", hint="count the days from the first dose of the cycle")
    for each in summaries:
        _fits(words, each, last.every, together=True)
        if each is not last and each.length.open is not None:
            hint = "say it of all, at the end"
            words.fail(f"how many cycles {each.name} has is left open, and not those of the others", hint=hint)
    clock = Clock(tuple(each.name for each in summaries), last.every, last.length)
    own_length = [*(each.length for each in summaries[:-1]), Length()]
    return tuple(
        replace(each, every=None, length=length, clock=clock)
        for each, length in zip(summaries, own_length, strict=True)
    )


def together(summaries: list[TreatmentSummary]) -> Iterator[Finding]:
    """What can only be judged over all treatments."""
    place = Place(PLACE, 1, 1)
    names = [each.name for each in summaries]
    for name in sorted({name for name in names if names.count(name) > 1}):
        hint = f"give the second another name, such as {name}-2"
        yield Finding("summary", Severity.ERROR, f"there are two treatments called {name}", hint, place)
    if summaries and min(each.start for each in summaries) > 1:
        message = "nothing is given on day 1"
        first = min(each.start for each in summaries)
        hint = f"days count from the first dose: leave out 'from day {first}' of the first treatment"
        yield Finding("summary", Severity.ERROR, message, hint, place)
