"""Over how long a dose is given, as a part of the sentence that says what is given.

840 mg intravenously over 60 minutes for dose 1, over 30 minutes from dose 2
                     ^over

over  = "over" time | "over" time "for" first {", over" time "for" doses} ", over" time "from dose" n
first = "dose 1" | "doses 1-" n
"""

from __future__ import annotations

from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.dosing.infusion_time import InfusionTime, InfusionTimes
from scheduler.protocol.plan.times.frequency import doses_a_day
from scheduler.protocol.plan.times.moments import Selection
from scheduler.protocol.sentences.words import Words

_NUMBERED = ("dose", "doses", "cycle", "cycles")


def read_times(words: Words, give: Give, frequency: str | None) -> InfusionTimes:
    """Read over how long each dose is given. Doses are numbered as they are given, without those that were left out."""
    words.expect("over")
    time = _read_time(words)
    if not words.next_is("for"):
        return InfusionTimes(((1, time),))
    if give.unit == "Gy" or (doses_a_day(frequency) or 0) != 1:
        words.fail("only what is given once a day has another time for its first doses", hint="leave the numbers out")
    steps, last = [(1, time)], _read_last(words, 1)
    while True:
        if not words.accept(",", "over"):
            words.fail_with("and the doses after that?", f"over {time} for dose 1, over 30 minutes from dose 2")
        time = _read_time(words)
        steps.append((last + 1, time))
        if words.accept("from"):
            _expect_dose(words)
            if words.number_of("the first dose of that time") != last + 1:
                words.fail_with(f"dose {last + 1} is next", f"from dose {last + 1}")
            return InfusionTimes(tuple(steps))
        last = _read_last(words, last + 1)


def _read_last(words: Words, first: int) -> int:
    """ "for dose 1", "for doses 1-2": the last of them."""
    words.expect("for")
    _expect_dose(words)
    ((begin, end), *others) = words.numbers("the doses of that time")
    if begin != first or others:
        words.fail_with(f"dose {first} is next", f"for dose {first}, or: for doses {first}-{first + 1}")
    return end


def _expect_dose(words: Words) -> None:
    if words.accept_one_of(*_NUMBERED) is None:
        words.expect("dose")


def _read_time(words: Words) -> InfusionTime:
    amount = words.number_of("how long")
    unit = words.accept_one_of("minute", "minutes", "hour", "hours", "day", "days")
    if unit is None:
        words.fail("expected minutes, hours or days")
    return InfusionTime(amount, unit)


def refuse_both_numbers(words: Words, times: InfusionTimes | None, cycles: Selection | None) -> None:
    """A fault where one sentence is for some doses only, and counts the doses of its times too."""
    if times is not None and times.change and cycles is not None:
        words.fail(
            "which doses? They are numbered twice here",
            back=True,
            hint="write a sentence for each time: ... over 60 minutes of dose 1, and ... over 30 minutes of doses 2 and later",
        )
