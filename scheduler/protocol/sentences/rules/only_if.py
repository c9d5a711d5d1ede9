"""What a treatment, a cycle or a visit hangs on: "marrow-14 shows residual leukaemia", "sex is female and age below 55 years".

    only if = fact ["and" fact]... | fact ["or" fact]...
    fact    = [visit "shows"] ["no"] attribute | attribute "is" ["not"] word | attribute range
            | attribute distance from the baseline | "blood pressure" range of two numbers

Said after the key, it reads aloud: only if marrow-14 shows residual leukaemia. Until the fact is recorded nobody knows.
"""

from __future__ import annotations

import re
from decimal import Decimal

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.only_if import ONLY_IF, AskedFact, OnlyIf, PairIs
from scheduler.protocol.plan.rules import AttributeIs
from scheduler.protocol.plan.values import Basis, ValueIs
from scheduler.protocol.sentences.rules.change import next_is_change, read_change, refuse_verbs
from scheduler.protocol.sentences.rules.condition import read_name
from scheduler.protocol.sentences.rules.two_numbers import next_is_pair, read_pair_of
from scheduler.protocol.sentences.rules.value import next_is_range
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

ONLY_IF_EXAMPLE = (
    "marrow-14 shows residual leukaemia | no complete remission | sex is female and age below 55 years"
    " | LVEF at least 10 points below baseline | blood pressure below 140/90 mmHg"
)
_EXAMPLE = "marrow-14 shows residual leukaemia"
_NO_NAMES = ("demonstrates", "reveals", "confirms", "finds", "older", "younger", "than", "between")
_FROM_TO = re.compile(r"(?<= )([0-9]+(?:\.[0-9]+)?) to ([0-9]+(?:\.[0-9]+)?)\b")
_STOPS = ("and", "or", "is", "are", "not", "shows", "show", "no", "if", *_NO_NAMES)
_YES_OR_NO = ("yes", "no", "true", "false", "present", "absent")


def read_only_if(text: str) -> OnlyIf:
    """Read what something hangs on. Raises a fault with its place and the right spelling."""
    words = Words(text, example=_EXAMPLE, habits=Habits.FACTS)
    facts = [_fact(words)]
    joined = words.accept_one_of("and", "or")
    if joined is not None:
        facts.append(_fact(words))
    while joined is not None and (again := words.accept_one_of("and", "or")) is not None:
        if again != joined:
            words.fail(
                "'and' and 'or' in one sentence mean two things", back=True, hint="write two treatments or visits"
            )
        facts.append(_fact(words))
    clause = Clause(0, f"{ONLY_IF}{text.strip()}", words.citation())
    words.finish()
    return OnlyIf(tuple(facts), joined == "or", clause)


def _fact(words: Words) -> AskedFact:
    start = words.peek()
    shown_by, negated = None, words.accept("no")
    name = read_name(words, *_STOPS)
    if not negated and words.accept("shows"):
        if len(name.split()) > 1:
            words.fail(f"'{name}' is not the name of a visit", hint="a name is one word, such as marrow-14")
        shown_by, negated = name, words.accept("no")
        name = read_name(words, *_STOPS)
    if (both := _FROM_TO.search(name)) is not None:
        words.fail_with("are both ends of the range in it?", f"{name[: both.start()]}at least {both[1]} to {both[2]}")
    asked: AttributeIs | ValueIs | PairIs = AttributeIs(name, True)
    refuse_verbs(words, name)
    if next_is_change(words) and not negated:
        asked = read_change(words, (name,))
    elif next_is_pair(words) and not negated:
        asked = read_pair_of(words, name)
    elif next_is_range(words) and not negated:
        asked = _range(words, name)
    elif words.accept("is") and not negated:
        negated = words.accept("not")
        asked = AttributeIs(name, _value(words, name, negated))
    following = words.peek()
    end = following.offset if following is not None else len(words.text)
    said = words.text[start.offset if start is not None else 0 : end]
    return AskedFact(asked, said.strip(), shown_by, negated)


def _range(words: Words, name: str) -> ValueIs:
    """Read "at least 18 to below 65 years"; what is only counted, such as a performance status, has no unit."""
    if words.accept("below"):
        upper = _number(words)
        return ValueIs((name,), None, upper, Basis.ABSOLUTE, _unit(words), below=True)
    if words.accept("up", "to"):
        upper = _number(words)
        return ValueIs((name,), None, upper, Basis.ABSOLUTE, _unit(words))
    from_above = words.accept("at", "least")
    if not from_above:
        words.expect("above")
    low, high, below = _number(words), None, False
    if words.accept("to"):
        below = words.accept("below")
        high = _number(words)
        if high <= low:
            words.fail(f"the range from {low} to {high} runs backwards", back=True)
    return ValueIs((name,), low, high, Basis.ABSOLUTE, _unit(words), from_above=from_above, below=below)


def _number(words: Words) -> Decimal:
    token = words.accept_kind("number")
    if token is None:
        words.fail("expected a number")
    return words.decimal(token.text)


def _unit(words: Words) -> str | None:
    token = words.peek()
    return (
        words.name("a unit").text if token is not None and token.kind == "word" and token.text not in _STOPS else None
    )


def _value(words: Words, name: str, negated: bool) -> str:
    value = read_name(words, *_STOPS)
    if value.casefold() in _YES_OR_NO:
        is_no = (value.casefold() in ("no", "false", "absent")) is not negated
        words.fail_with("a fact is so, or it is not", f"no {name}" if is_no else name)
    return value
