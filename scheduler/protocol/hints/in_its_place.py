"""What a hint must know of the protocol around a sentence: which treatments it may name, and what a first dose counts from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.findings import Finding
from scheduler.protocol.hints.cycles import a_cycle_of, cycle_asked_for, goes_by_such_cycles
from scheduler.protocol.hints.from_the_first_dose import from_the_first_dose
from scheduler.protocol.hints.keys import hint_for_key, levels_in_one
from scheduler.protocol.hints.words import in_words_of_the_study, weeks_from_day_zero
from scheduler.protocol.sentences.habits.in_parts import BESIDE_WHEN, UNDER_GIVE
from scheduler.source.node import Node, Step

_MOST_NAMED = 3
_WRITE, _OR = "write: ", ", or: "
_LEAD = re.compile(r"^(?P<lead>(?:in place of '[^']*', )?write(?: it like)?: )(?P<said>.*)$", re.DOTALL)
_DAYS = r"[0-9]+(?:-[0-9]+)?(?:, [0-9]+(?:-[0-9]+)?)*"


def treatments_to_name(node: Node) -> tuple[str, ...]:
    """The treatments that a hint names where the sentence names none: those with days of a cycle, else the first ones.

    Supportive medicine, which alone has a kind, only where there is nothing else.
    """
    treatments = node.children.get("treatments")
    if treatments is None:
        return ()
    everything = tuple(name for name in treatments.keys if name in treatments.children)
    names = tuple(name for name in everything if "kind" not in treatments.at(name).children) or everything
    with_days = tuple(name for name in names if _has_days(treatments.at(name)))
    return (with_days or names)[:_MOST_NAMED]


def named_in_full(sentence: str, node: Node) -> tuple[str, ...]:
    """A sentence about "cycle 4" or "dose 2", once for each name that has cycles or doses; none where it says neither."""
    own = re.search(r"\b(?:on|after|before) (?=(?P<what>cycle|dose|fraction) [0-9])", sentence, re.IGNORECASE)
    if own is None:
        return ()
    names = _clocks(node) if own["what"].lower() == "cycle" else ()
    return tuple(f"{sentence[: own.end()]}{name} {sentence[own.end() :]}" for name in names or treatments_to_name(node))


def _has_days(treatment: Node) -> bool:
    gives = treatment.children.get("give")
    return gives is not None and any(re.search(r"\bon days? ", text) for text in _texts(gives))


def _texts(node: Node) -> list[str]:
    own = [node.value] if isinstance(node.value, str) else []
    return own + [text for child in node.children.values() for text in _texts(child)]


def in_its_place(finding: Finding, node: Node) -> Finding:
    """A hint as it is written at this place: it names what this protocol has, and "the previous" has a first one before it."""
    path = finding.path or ()
    typed = _typed(node, path)
    if path[-1:] == ("levels",) and (listed := _listed(node, path)):
        finding = replace(finding, hint=levels_in_one(listed) or finding.hint, said_hint=None)
    known = frozenset(name for section in ("visits", "cycles", "treatments") for name in _names(node, section))
    finding = replace(finding, hint=hint_for_key(finding, typed, known) or finding.hint, said_hint=None)
    led = _LEAD.match(finding.hint or "")
    if led is None:
        named = finding.code == "phrase" and finding.hint
        return replace(finding, hint=with_a_name(str(finding.hint), node), said_hint=None) if named else finding
    settled = _of_this_protocol(led["said"].split(_OR), typed, node, path)
    said = dict.fromkeys(from_the_first_dose(settled, typed, _typed(node, ("study days",)), path))
    if path and (wanted := cycle_asked_for(typed)) is not None and led["lead"] == _WRITE:
        fitting = dict.fromkeys(each for each in said if goes_by_such_cycles(each, wanted, node))
        if not fitting:
            return replace(finding, hint=a_cycle_of(wanted, typed, path), said_hint=None)
        said = fitting
    said = dict.fromkeys(each for each in said if not _is_a_grid_of_cycles(each, path)) or said
    own = dict.fromkeys(each for each in said if not _of_itself(each, typed, path))
    if not own:
        return replace(finding, hint=_A_CYCLE_OF_ITS_OWN, said_hint=None)
    if led["lead"] == _WRITE:
        return replace(finding, hint=_whole(tuple(own), typed, path, node), said_hint=None)
    return replace(finding, hint=f"{led['lead']}{_OR.join(own)}", said_hint=None)


def _typed(node: Node, path: tuple[Step, ...]) -> str:
    """The sentence that stands at a place; nothing where no sentence does."""
    for step in path:
        child = node.children.get(step)
        if child is None:
            return ""
        node = child
    return node.value if isinstance(node.value, str) else ""


def _listed(node: Node, path: tuple[Step, ...]) -> list[str]:
    """What stands in a list at a place, as it is written."""
    value = node.at(*path).value
    return [str(each) for each in value] if isinstance(value, list) else []


def _clocks(node: Node) -> tuple[str, ...]:
    return _names(node, "cycles")


def _names(node: Node, section: str) -> tuple[str, ...]:
    return tuple(str(name) for name in node.at(section).keys) if section in node.children else ()


def _of_this_protocol(said: Iterable[str], typed: str, node: Node, path: tuple[Step, ...]) -> Iterator[str]:
    """Sentences about "drug cycle 1 day 7", with the cycles or treatments that there are, and the date that days count from."""
    for each in said:
        named = with_a_name(_of_a_dose_typed(each, typed, path), node)
        for sentence in _on_the_clock(named, typed, node, path):
            counted = _from_its_first(_from_day_one(sentence, typed, node, path), typed, node, path)
            for settled in in_words_of_the_study(_of_the_one_typed(counted, typed, node, path), node, path):
                in_days = weeks_from_day_zero(settled, typed, node)
                yield _with_a_source(_of_cycles(in_days, path), typed, node)


def _of_a_dose_typed(sentence: str, typed: str, path: tuple[Step, ...]) -> str:
    """A visit after "dose 1" counts from that of a treatment: a visit has no doses."""
    if (
        path[:1] != ("visits",)
        or re.search(r"\b(?:post|after|before|on)[\s-]+dose\s+[0-9]", typed, re.IGNORECASE) is None
    ):
        return sentence
    return re.sub(r"\b(after|before|on) dose (?=[0-9])", r"\1 drug dose ", sentence)


def with_a_name(hint: str, node: Node) -> str:
    """The first cycles or treatment in place of "drug"; as it is where one is called so."""
    names = (*_clocks(node), *_names(node, "treatments"))
    if not names or "drug" in names:
        return hint
    return re.sub(r"(?<![\w-])drug (?=cycles?\b|doses?\b|fractions?\b|day\b)", f"{names[0]} ", hint)


def _on_the_clock(sentence: str, typed: str, node: Node, path: tuple[Step, ...]) -> Iterator[str]:
    """Where the study's cycles have a name of their own, the cycles and days of a sentence are theirs, not those of a drug."""
    clocks = _clocks(node)
    ends = (
        re.search(rf"\bthe last day of (?P<name>{'|'.join(map(re.escape, clocks))})(?= cycle)", sentence)
        if clocks
        else None
    )
    if ends is not None:
        # Cycles give nothing themselves: the last day is that of a drug in them.
        for drug in treatments_to_name(node):
            yield f"{sentence[: ends.start('name')]}{drug}{sentence[ends.end('name') :]}"
        return
    names = "|".join(re.escape(name) for name in (*clocks, *_names(node, "treatments")))
    said = re.search(rf"\b(?P<name>{names})(?= (?:cycles?\b|days? [0-9]))", sentence) if clocks else None
    if said is None or re.search(rf"\b{re.escape(said['name'])}\b", typed):
        yield sentence
        return
    for clock in clocks:
        named = f"{sentence[: said.start()]}{clock}{sentence[said.end() :]}"
        yield _in_cycles(named, clock, len(clocks) == 1) if path[:1] == ("treatments",) else named


def _in_cycles(sentence: str, clock: str, only: bool) -> str:
    """A drug on a clock goes by "in every cycle on day 1"."""
    of = "" if only else f"{clock} "
    name = re.escape(clock)
    sentence = re.sub(
        rf"^on every {name} day (?P<days>{_DAYS})",
        lambda match: f"in every {of}cycle on {_days(match['days'])}",
        sentence,
    )
    return re.sub(
        rf"^on days? (?P<days>{_DAYS}) of {name} cycles (?P<cycles>{_DAYS})",
        lambda match: f"in {of}cycles {match['cycles']} on {_days(match['days'])}",
        sentence,
    )


def _days(days: str) -> str:
    return f"day{'' if days.isdigit() else 's'} {days}"


def _of_cycles(sentence: str, path: tuple[Step, ...]) -> str:
    """What comes again under 'cycles' is a cycle, under 'visits' a visit."""
    again = {"cycles": "cycle", "visits": "visit"}.get(str(path[0]) if path else "")
    if not again:
        return sentence
    sentence = re.sub(r"\bthe previous dose\b", f"the previous {again}", sentence)
    sentence = re.sub(rf"({BESIDE_WHEN}until: (?:at most )?[0-9]+ )(?:dose|cycle)(?=s\b)", rf"\1{again}", sentence)
    return re.sub(r"\bafter dose 1\b", f"after {again} 1", sentence)


def _of_the_one_typed(sentence: str, typed: str, node: Node, path: tuple[Step, ...]) -> str:
    """A dose of the treatment that was typed, as "each infusion", where one is called so."""
    names = [name for name in _names(node, "treatments") if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", typed)]
    said = re.search(r"\bevery (?P<name>[\w-]+) dose\b", sentence)
    if len(names) != 1 or said is None or said["name"] in typed or path[:1] not in (("treatments",), ("visits",)):
        return sentence
    return f"{sentence[: said.start('name')]}{names[0]}{sentence[said.end('name') :]}"


def _from_day_one(sentence: str, typed: str, node: Node, path: tuple[Step, ...]) -> str:
    """A visit that does not say what it counts from counts from the date that the study's days count from."""
    counted = re.match(r"\s*(.+?)\s+is\s+(?:Study\s+)?Day\s+[01]\b", _typed(node, ("study days",)), re.IGNORECASE)
    if (
        path[:1] != ("visits",)
        or counted is None
        or re.search(r"\bfirst dose\b", f"{typed} {counted[1]}", re.IGNORECASE)
    ):
        return sentence
    return re.sub(r"\b(after|before|from|on) first dose\b", rf"\1 {counted[1]}", sentence)


def _from_its_first(sentence: str, typed: str, node: Node, path: tuple[Step, ...]) -> str:
    """What lasts for some time and begins later than the study lasts so long from its own first dose."""
    if path[-1:] != ("then",) or not _begins_later(node, path) or "first dose" in typed.lower():
        return sentence
    return re.sub(r"\b(until [0-9]+ \w+ after) first dose\b", r"\1 dose 1", sentence)


def _begins_later(node: Node, path: tuple[Step, ...]) -> bool:
    first = _typed(node, (*path[:2], "when", "1"))
    return first != "" and re.match(r"on (?:first dose|randomi[sz]ation|Study Day 1)\b", first, re.IGNORECASE) is None


def _or_from_its_first(said: tuple[str, ...], typed: str, node: Node, path: tuple[Step, ...]) -> str:
    """Beside the limits that are offered: one from the treatment's own first dose, which stands behind 'then'."""
    span = re.search(r"([0-9]+ \w+) after first dose\b", said[0])
    if path[2:3] != ("until",) or span is None or "first dose" in typed.lower() or not _begins_later(node, path):
        return ""
    return f"{_OR}from its own first dose, behind 'then' of its 'when': ..., until {span[1]} after dose 1"


def _with_a_source(sentence: str, typed: str, node: Node) -> str:
    """The first source of the study in place of "label"; as it is where one is called so."""
    sources = _names(node, "sources")
    if "label" in sources or not sources or "(label)" in typed:
        return sentence
    return re.sub(r"\(label\)(?=$|, and under)", f"({sources[0]})", sentence)


def _is_a_grid_of_cycles(sentence: str, path: tuple[Step, ...]) -> bool:
    """True for what cannot be under 'cycles': each counts from the one before."""
    return path[:1] == ("cycles",) and sentence.startswith("every ")


def _of_itself(sentence: str, typed: str, path: tuple[Step, ...]) -> bool:
    """True for a treatment that would be timed on its own cycles, where nothing that was typed names it."""
    own = re.escape(str(path[1])) if path[:1] == ("treatments",) and path[2:3] == ("when",) else None
    if own is None or re.search(rf"\b{own}\b", typed):
        return False
    return re.search(rf"^on (?:every {own}\b|days? {_DAYS} of {own}\b)", sentence) is not None


_A_CYCLE_OF_ITS_OWN = (
    "write how long its cycle is: {1: on first dose, then: 21 days after the previous cycle}; its days under 'give': ... on"
    " day 1; how many under 'until': 6 cycles"
)


def _whole(said: tuple[str, ...], typed: str, path: tuple[Step, ...], node: Node) -> str:
    """Whole sentences as they are written at this place."""
    unknown = _unknown_doses(said, node)
    if unknown is not None:
        return unknown
    if any("after that" in each and not each.startswith("[") for each in said) and not _goes_on(path):
        return f"in a list under 'when', after the sentence that it goes on from, write: {_OR.join(said)}"
    if path[-1:] and isinstance(path[-1], int) and all(each.startswith("[") for each in said):
        return f"write as items of the list: {_OR.join(each.strip('[]') for each in said)}"
    if _is_when(path):
        said = tuple(_from_day_one(_as_table(each, path), typed, node, path) for each in said)
    return f"{_WRITE}{_OR.join(said)}{_or_from_its_first(said, typed, node, path)}"


def _goes_on(path: tuple[Step, ...]) -> bool:
    return bool(path) and isinstance(path[-1], int) and path[-1] > 0


def _unknown_doses(said: tuple[str, ...], node: Node) -> str | None:
    """ "the last dose of induction", where no treatment is called so: that of which one?"""
    names = _names(node, "treatments")
    of = re.search(r"\bthe last (?P<name>[\w-]+) dose\b", said[0])
    if of is None or not names or of["name"] in names:
        return None
    each = (re.sub(rf"\bthe last {re.escape(of['name'])} dose\b", f"the last {names[0]} dose", one) for one in said)
    return f"name the treatment ({', '.join(names)}), such as: {_OR.join(each)}"


def _is_when(path: tuple[Step, ...]) -> bool:
    return (
        path[2:] == ("when",)
        if path[:1] in (("treatments",), ("cycles",))
        else path[:1] == ("visits",) and path[2:] in ((), ("when",))
    )


def _as_table(sentence: str, path: tuple[Step, ...]) -> str:
    sentence, beside, most = sentence.partition(BESIDE_WHEN)
    if not beside:
        sentence, beside, most = sentence.partition(UNDER_GIVE)
    table = sentence
    if "after the previous " in sentence and sentence[0] not in "[{":
        quoted = f'"{sentence}"' if "," in sentence else sentence
        table = f"{{1: on first dose, then: {quoted}}}"
    if beside == BESIDE_WHEN and path[-1] != "when":
        return f"{{when: {table}, {most}}}"
    said = f"{{when: {table}}}" if path[-1] != "when" and table[0] in "[{" else table
    return f"{said}{beside}{most}"
