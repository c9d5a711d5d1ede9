"""Several fractions a day: each is counted, given and recorded by itself, so the sentence must leave no doubt about it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.frequency import HOURS_APART
from scheduler.protocol.plan.times.moments import OWN, Relative, StartOf
from scheduler.protocol.text.sentence_place import At

_SEVERAL = "several-fractions"


def check_fractions_of_a_day(protocol: Protocol) -> Iterator[Finding]:
    """What can be several times a day, and how many fractions and how much that is."""
    for _, line in protocol.treatments():
        for give in line.gives:
            if give.a_day > 1:
                yield from _one_sentence(protocol.at(give.clause), line, give)


def check_fractions_made_up(protocol: Protocol) -> Iterator[Finding]:
    """How a missed fraction is made up says something only of fractions that move, and of more than a day has anyway."""
    for _, line in protocol.treatments():
        how = protocol.text.treatments[line.name].made_up
        if how is None:
            continue
        at = protocol.of(line).below("made up")
        if line.made_up is None:
            message = (
                f"no fraction of {line.name} moves when it is missed, so there is none to make up: this has no effect"
            )
            yield at.warning("without-effect", message, "write beside it, not done: moves to the next open day")
        elif 1 < how.a_day <= line.a_day:
            message = f"a day has {line.a_day} fractions of {line.name} already"
            yield at.finding(_SEVERAL, message, "write: by a third fraction of a day, or: on a Saturday", word="second")


def _one_sentence(at: At, line: Timeline, give: Give) -> Iterator[Finding]:
    word = f"{'twice' if give.a_day == 2 else 'three times'} daily"
    if any(each.a_day != give.a_day for each in line.gives):
        message = f"{give.name} has {give.a_day} fractions a day, and another course of {line.name} has not as many"
        yield at.finding(_SEVERAL, message, "write a treatment for each of them", word=word)
    elif line.has_days:
        hint = "leave the days out: 'when' says how fractions follow each other, and 'until' how many they are"
        yield at.finding(_SEVERAL, "fractions of a day have their own numbers, and no days of a cycle", hint, word=word)
    elif not _follow_each_other(line):
        message = f"{word}, and 'when' does not say on which day those after a day's last fraction are"
        hint = "write under 'when': {1: ..., then: at least 1 day after the previous fraction}"
        yield at.finding(_SEVERAL, message, hint, word=word)
    elif not line.says_hours_apart:
        message = f"{word} is {give.a_day} fractions a day, each with its own number and record{_in_all(line, give)}"
        hint = f"write how far apart, such as: {word} at least {HOURS_APART} hours apart; {HOURS_APART} are presumed"
        yield at.warning(_SEVERAL, message, hint, word=word)


def _follow_each_other(line: Timeline) -> bool:
    moment = line.then.moment if line.then is not None else None
    return isinstance(moment, StartOf) and moment.which is Relative.PREVIOUS and moment.timeline in (OWN, line.name)


def _in_all(line: Timeline, give: Give) -> str:
    """How much all fractions are: who meant days by their number sees that it is half."""
    most = min((limit.most for limit in line.counts), default=None)
    if most is None or give.amount is None or give.high is not None:
        return ""
    return f": {most} fractions are {most * give.amount:f} {give.unit} on {-(-most // give.a_day)} days"
