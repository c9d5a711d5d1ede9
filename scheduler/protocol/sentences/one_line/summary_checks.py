"""Whether all is said of the treatments of a summary that one line must say, and nothing that contradicts it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from scheduler.dates import Span
from scheduler.protocol.sentences.one_line.regimen import Clock, Length, TreatmentSummary
from scheduler.protocol.sentences.words import Words

EXAMPLE = "regorafenib 120 mg days 1-21 every 28 days"


def steps_are_whole(words: Words, summary: TreatmentSummary) -> None:
    """Of several doses in a cycle each has its days, and how often a day is said for the first or for each."""
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


def is_whole(words: Words, summary: TreatmentSummary) -> None:
    """A treatment with a clock of its own."""
    if summary.fractions is not None:
        if summary.days or summary.every or summary.once or summary.at or summary.length != Length():
            hint = "one a day is presumed"
            words.fail("a course of fractions has a number and a start, and nothing else", hint=hint)
        return
    if summary.amount is None:
        words.fail(f"how much {summary.name} is not said", hint=f"write it like: {EXAMPLE}")
    if summary.at and (summary.has_days or summary.once or (summary.length.most and summary.every is None)):
        hint = "leave out the days, 'once' and the number of doses"
        words.fail("what is given at months or weeks has single doses, which are numbered", hint=hint)
    if sum((summary.every is not None or bool(summary.at), summary.once)) != 1:
        words.fail(f"how often {summary.name} is given is not said", hint="write 'every 28 days', or 'once'")
    if summary.days and summary.days[0][0] != 1:
        day = summary.days[0][0]
        hint = f"days are those of the cycle, which begins with a dose: days 1-..., and 'from day {day}' for its start"
        words.fail("a cycle begins with the first dosing day", hint=hint)
    if summary.every is not None:
        _fits(words, summary, summary.every)


def _fits(words: Words, summary: TreatmentSummary, every: Span) -> None:
    last = max((last for _, last in summary.days), default=1)
    if last > (every.in_days or 0):
        hint = "make the cycle longer, or the days fewer"
        words.fail(f"day {last} lies after the {every} of the cycle", hint=hint)


def on_one_clock(words: Words, summaries: list[TreatmentSummary], ended_early: bool) -> tuple[TreatmentSummary, ...]:
    """Treatments that share the cycle of the last. ``ended_early``: an end was said before how often, so of the last alone."""
    last, names = summaries[-1], " and ".join(each.name for each in summaries)
    for each in summaries:
        own = each.once or each.fractions or each.at or each.start != 1
        if own or (each is not last and (each.every or each.length.longest or each.length.progression)):
            hint = (
                "write ';' between treatments with clocks of their own; on one clock, say 'every ...' once, at the end"
            )
            words.fail(f"{each.name} has a clock of its own", hint=hint)
        if each.amount is None:
            words.fail(f"how much {each.name} is not said", hint=f"write it like: {EXAMPLE}")
    if last.every is None:
        words.fail(f"how often {names} are given is not said", hint="write 'every 28 days' at the end")
    if ended_early:
        hint = f"write it behind 'every {last.every}' where it is the end of all"
        words.fail(f"is that the end of all, or of {last.name} alone?", hint=hint)
    if min(first for each in summaries for first, _ in each.days or ((1, 1),)) > 1:
        words.fail("nothing is given on day 1 of the cycle", hint="count the days from the first dose of the cycle")
    for each in summaries:
        _fits(words, each, last.every)
    clock = Clock(tuple(each.name for each in summaries), last.every, last.length)
    own_length = [*(each.length for each in summaries[:-1]), Length()]
    return tuple(
        replace(each, every=None, length=length, clock=clock)
        for each, length in zip(summaries, own_length, strict=True)
    )
