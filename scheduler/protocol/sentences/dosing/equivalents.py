"""Daily doses of medicines that count as equal, the one that rules name first.

prednisone 5 mg equals prednisolone 5 mg, methylprednisolone 4 mg or dexamethasone 0.75 mg
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.rules import Equivalents
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

EQUIVALENTS_EXAMPLE = "prednisone 5 mg equals prednisolone 5 mg, methylprednisolone 4 mg or dexamethasone 0.75 mg"

_Dose: TypeAlias = tuple[str, Decimal, str]


def read_equivalents(text: str) -> Equivalents:
    """Read which daily doses count as equal. What they are called together is the key beside the sentence."""
    words = Words(text, example=EQUIVALENTS_EXAMPLE, habits=Habits.DOSES)
    doses = [_dose(words, [])]
    words.expect("equals")
    doses.append(_dose(words, doses))
    while words.accept(",") or words.next_is("or") or words.next_is("and"):
        words.accept_one_of("or", "and")
        doses.append(_dose(words, doses))
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return Equivalents("", tuple(doses), clause)


def _dose(words: Words, before: list[_Dose]) -> _Dose:
    named = [words.name("a medicine").text]
    while (more := words.accept_kind("word")) is not None:
        named.append(more.text)
    name = " ".join(named)
    if name.casefold() in (each.casefold() for each, _, _ in before):
        words.fail(f"{name} stands here twice", back=True)
    number = words.accept_kind("number")
    if number is None:
        words.fail(f"expected how much {name}, such as 5 mg")
    amount = words.decimal(number.text)
    if amount <= 0:
        words.fail("an amount is more than 0", back=True)
    return name, amount, words.unit_of_amount("a unit, such as mg")
