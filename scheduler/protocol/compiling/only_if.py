"""What treatments and visits hang on: facts that the study defines, shown by visits that the arm has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypedDict

from scheduler.findings import did_you_mean
from scheduler.protocol.compiling.timings import Sentences
from scheduler.protocol.plan.only_if import AskedFact, OnlyIf
from scheduler.protocol.plan.times.timing import CountLimit
from scheduler.protocol.plan.values import Basis, ValueIs
from scheduler.protocol.sentences.rules.only_if import read_only_if
from scheduler.protocol.text.meant import sentences_meant
from scheduler.protocol.text.protocol_text import ProtocolText
from scheduler.protocol.text.sentence_place import At


class OnlyIfs(TypedDict):
    """What a whole timeline hangs on, and what single numbers of it do."""

    only_if: OnlyIf | None
    only_if_of: dict[int, OnlyIf]


def only_ifs(
    name: str, written: OnlyIf | Mapping[str, OnlyIf] | None, protocol: ProtocolText, sentences: Sentences, at: At
) -> OnlyIfs:
    """The sentences under "only if", by number where they are written so; 'then' is for all after the numbers."""
    if written is None or isinstance(written, OnlyIf):
        return {
            "only_if": _resolved(written, protocol, sentences, at) if written is not None else None,
            "only_if_of": {},
        }
    by_number: dict[int, OnlyIf] = {}
    then = None
    for key, sentence in written.items():
        here = at.below(key)
        resolved = _resolved(sentence, protocol, sentences, here)
        if key == "then":
            then = resolved
            continue
        for number in _numbers(key, here, sentences):
            sentences.names.check_number(name, number, here)
            by_number[number] = resolved
    return {"only_if": then, "only_if_of": by_number}


def with_choice(name: str, known: OnlyIfs, counts: tuple[CountLimit, ...], at: At, sentences: Sentences) -> OnlyIfs:
    """What hangs on beside the numbers that the investigator chooses from: none after the smallest before it is recorded."""
    limit = next((limit for limit in counts if limit.choice), None)
    if limit is None:
        return known
    own, by_number = known["only_if"], dict(known["only_if_of"])
    if by_number or (own is not None and own.any_of):
        message = f"which numbers {name} has is chosen, and hangs on facts that single numbers or one of several say"
        sentences.names.findings.append(at.finding("choice-of-numbers", message, "make two treatments or cycles of it"))
        return known
    least = limit.choice[0]
    if own is not None:
        by_number = dict.fromkeys(range(1, least + 1), own)
    for n in range(least + 1, limit.most + 1):
        needed = min(number for number in limit.choice if number >= n)
        asked = ValueIs((limit.chosen_as(name),), Decimal(needed), None, Basis.ABSOLUTE, None, from_above=True)
        fact = AskedFact(asked, f"{limit.chosen_as(name)} at least {needed}")
        facts = (*own.facts, fact) if own is not None else (fact,)
        by_number[n] = OnlyIf(facts, False, limit.clause)
    return {"only_if": None, "only_if_of": by_number}


def _numbers(key: str, at: At, sentences: Sentences) -> range:
    if key == "last":
        hint = "write its number, or a visit of its own"
        sentences.names.findings.append(at.finding("which-occurrence", "which number is the last?", hint, word="last"))
        return range(0)
    first, _, last = key.partition("-")
    return range(int(first), int(last or first) + 1)


def _resolved(written: OnlyIf, protocol: ProtocolText, sentences: Sentences, at: At) -> OnlyIf:
    for fact in written.facts:
        _check(fact, protocol, sentences, at)
    return replace(written, clause=replace(written.clause, line=at.line))


def _written(at: At) -> str:
    sentence = at.node.at(*at.path).value
    return sentence if isinstance(sentence, str) else ""


def _all_known(sentence: str, protocol: ProtocolText) -> bool:
    return all(fact.name in protocol.attributes for fact in read_only_if(sentence).facts)


def _check(fact: AskedFact, protocol: ProtocolText, sentences: Sentences, at: At) -> None:
    if fact.name not in protocol.attributes:
        message = f"'{fact.name}' is not an attribute of this study"
        meant = tuple(each for each in sentences_meant(_written(at), at.path) if _all_known(each, protocol))
        hint = f"write: {', or: '.join(meant)}" if meant else did_you_mean(fact.name, protocol.attributes)
        hint = hint or "define it under 'attributes'"
        sentences.names.findings.append(at.finding("unknown-attribute", message, hint, word=fact.name))
    sentences.other(fact.shown_by, at)
