"""A number of cycles that the protocol leaves open: "4 or 6 cycles, as the investigator chooses", "4 to 6 cycles, as ...".

Nothing is planned beyond the smaller number until it is recorded which one it is.
"""

from __future__ import annotations

from scheduler.protocol.sentences.words import Words

COUNTED = ("dose", "doses", "cycle", "cycles", "fraction", "fractions", "visit", "visits", "scan", "scans")
"""What a limit counts."""

_MOST = 200


def read_choice(words: Words) -> tuple[tuple[int, ...], str]:
    """The numbers to choose from, and what is counted; none, and nothing is read, where this is no choice that somebody makes."""
    if "investigator" not in words.text.lower():
        return (), ""
    first, joined, second = words.peek(), words.peek(1), words.peek(2)
    if first is None or joined is None:
        return (), ""
    if first.kind == "range":
        low, high = (int(number) for number in first.text.split("-"))
        words.skip()
        to = True
    elif first.kind == "number" and joined.text in ("or", "to") and second is not None and second.kind == "number":
        low, to = words.number_of("how many"), words.accept("to")
        if not to:
            words.expect("or")
        high = words.number_of("how many")
    else:
        return (), ""
    joined_by = "to" if to else "or"
    if not 0 < low < high <= _MOST:
        right = f"{min(low, high)} {joined_by} {max(low, high)} cycles, as the investigator chooses"
        words.fail_with("the smaller number comes first, and is no 0", right)
    counted = words.accept_one_of(*COUNTED)
    if counted is None:
        words.fail_with("of what?", f"{low} {joined_by} {high} cycles, as the investigator chooses")
    words.accept(",")
    words.expect("as", "the", "investigator", "chooses")
    return tuple(range(low, high + 1)) if to else (low, high), f"{counted.removesuffix('s')}s"
