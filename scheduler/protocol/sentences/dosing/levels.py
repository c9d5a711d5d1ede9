"""The dose levels of a treatment, from level 0 down.

120, 80, 40 mg
AUC 6, 5, 4        of carboplatin, by the area under the curve
100, 75, 50 % of 1000 mg/m2
400, 0 mg/m2       at the last level nothing is given: the drug is left out
160, 120, 80 mg, start at level -2, up 1 level every 7 days in cycle 1 unless significant toxicity, a lower level is kept

levels = (amounts ["," 0] unit  |  "AUC" amounts ["," 0]  |  "100," amounts ["," 0] "% of" dose)
         ["," start ["," up]] ["," "a lower level is kept"]
start  = "start at level" n
up     = "up" n "level(s) every" span "in cycle" n ["unless" words]
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.give import AUC, Ladder, StepsUp
from scheduler.protocol.sentences.dosing.giving import read_amount_and_unit, read_level, read_unit_and_per
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

_NOTHING = Decimal(0)
_ALL = Decimal(100)

LEVELS_EXAMPLE = (
    "120, 80, 40 mg | AUC 6, 5, 4 | 100, 75, 50 % of 1000 mg/m2 | 400, 0 mg/m2 | 120, 80 mg, a lower level is kept"
    " | 160, 120, 80 mg, start at level -2, up 1 level every 7 days in cycle 1 unless significant toxicity"
)


def read_ladder(text: str) -> Ladder:
    """Read the dose levels of a treatment, from level 0 down."""
    words = Words(text, example=LEVELS_EXAMPLE.partition(" |")[0], habits=Habits.LEVELS)
    by_auc = words.accept("AUC")
    amounts = read_amounts(words)
    if not by_auc and words.accept("%"):
        amounts, unit, per = _of_full_dose(words, amounts)
    else:
        unit, per = (AUC, None) if by_auc else read_unit_and_per(words)
    ladder = Ladder(amounts, f"{unit}/{per}" if per else unit, Clause(0, ""))
    if words.accept(",", "start"):
        ladder = _read_start(words, ladder)
    if words.accept(",", "a"):
        if not words.accept("lower", "level", "is", "kept"):
            words.fail_with("what becomes of a lower level?", "a lower level is kept")
        ladder = replace(ladder, kept=True)
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return replace(ladder, clause=clause)


def read_amounts(words: Words) -> tuple[Decimal, ...]:
    """Read the amounts of the levels, "120, 80, 40", without their unit."""
    amounts = [read_level(words)]
    while words.accept(","):
        amounts.append(_NOTHING if words.accept("0") else read_level(words))
    if any(below >= above for above, below in pairwise(amounts)):
        words.fail("levels go down: each amount is smaller than the one before", back=True)
    return tuple(amounts)


def _of_full_dose(words: Words, percents: tuple[Decimal, ...]) -> tuple[tuple[Decimal, ...], str, str | None]:
    """The amounts of levels that are said in percent of the full dose, which is level 0."""
    if percents[0] != _ALL:
        words.fail_with("level 0 is the full dose", "100, 75, 50 % of 1000 mg/m2")
    if not words.accept("of"):
        words.fail_with("percent of how much?", "100, 75, 50 % of 1000 mg/m2")
    if words.accept("AUC"):
        amount, unit, per = read_level(words), AUC, None
    else:
        amount, unit, per = read_amount_and_unit(words)
    return tuple(_plain(amount * percent / _ALL) for percent in percents), unit, per


def _plain(amount: Decimal) -> Decimal:
    """Without zeros behind the point: 1000, not 1E+3."""
    return Decimal(f"{amount.normalize():f}")


def _read_start(words: Words, ladder: Ladder) -> Ladder:
    words.expect("at", "level")
    token = words.accept_kind("signed")
    start = words.signed_number(token, 99) if token else words.whole_number("a level, such as -2")
    if start >= 0:
        words.fail(
            "it starts at level 0 where nothing is said", back=True, hint="leave it out, or say a lower level: -2"
        )
    if not ladder.amount(start):
        has = f"its levels are 0 to {1 - len(ladder.amounts)}"
        words.fail(f"there is no dose at level {start}", back=True, hint=has)
    ladder = replace(ladder, start=start)
    return replace(ladder, steps=_read_steps(words, -start)) if words.accept(",", "up") else ladder


def _read_steps(words: Words, most: int) -> StepsUp:
    levels = words.whole_number("how many levels")
    if not 1 <= levels <= most:
        words.fail(f"a step is 1 to {most} levels", back=True)
    if words.accept_one_of("level", "levels") is None:
        words.fail("expected 'level' or 'levels'")
    words.expect("every")
    span = words.span()
    days = span.in_days
    if not days:
        words.fail("steps are counted in days or weeks", back=True)
    words.expect("in", "cycle")
    cycle = words.number_of("the number of a cycle")
    if cycle < 1:
        words.fail("cycles are counted from 1", back=True)
    return StepsUp(levels, days, cycle, _read_unless(words))


def _read_unless(words: Words) -> str | None:
    """What keeps it at its level, in words that a person judges."""
    if not words.accept("unless"):
        return None
    first = words.peek()
    while not (words.done or words.next_is(",") or words.next_is("(")):
        words.skip()
    said = words.said_since(first)
    if not said:
        words.fail("unless what?", hint="write: unless significant toxicity")
    return said
