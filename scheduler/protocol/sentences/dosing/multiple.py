"""A dose as a multiple of another: "2 x the maintenance dose", "half the maintenance dose", "3 x dose 1".

multiple = share whose
share    = n "x"  |  "half"  |  "one third of"  |  "two thirds of"  |  n "% of"
whose    = "the" treatment "dose"  |  [treatment] "dose" n
"""

from __future__ import annotations

from decimal import Decimal

from scheduler.protocol.plan.dosing.multiple import Multiple
from scheduler.protocol.sentences.words import Words

_RIGHT = "2 x the maintenance dose intravenously of dose 1"
_MOST = 100


def read_multiple(words: Words) -> Multiple | None:
    """Read how many times which dose; None, and nothing is read, where an amount is said."""
    share = _read_share(words)
    if share is None:
        return None
    if words.accept("the"):
        if words.next_is("dose"):
            words.fail_with("of which treatment?", f"{_RIGHT}, with its name; by age or weight: under 'dose by'")
        name = words.name("the name of a treatment").text
        words.expect("dose")
        return Multiple(*share, name)
    of = None if words.next_is("dose") or words.next_is("cycle") else words.name("the name of a treatment").text
    if not (words.accept("dose") or words.accept("cycle")):
        words.fail_with("of which dose?", _RIGHT)
    number = words.number_of("the number of a dose")
    if number < 1:
        words.fail("doses are numbered from 1 on", back=True)
    return Multiple(*share, of, number)


def _read_share(words: Words) -> tuple[Decimal, int] | None:
    if words.accept("half"):
        return Decimal("0.5"), 1
    if words.accept("one", "third", "of"):
        return Decimal(1), 3
    if words.accept("two", "thirds", "of"):
        return Decimal(2), 3
    number, following, of = words.peek(), words.peek(1), words.peek(2)
    if number is None or following is None or number.kind != "number":
        return None
    times, percent = following.text.lower() == "x", following.text == "%" and of is not None and of.text == "of"
    if not (times or percent):
        return None
    words.skip()
    share = words.decimal(number.text) / (1 if times else 100)
    if not 0 < share <= _MOST:
        words.fail("a multiple is more than 0, and no more than 100 times", back=True)
    words.accept("x") if times else words.accept("%", "of")
    return share, 1
