"""One treatment or visit as written, to its timeline in one arm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from scheduler.dates import Span, day_of_study_day
from scheduler.findings import did_you_mean
from scheduler.protocol.compiling.calculations import with_calculations, with_titles
from scheduler.protocol.compiling.giving import at_levels, compile_gives, compile_ladder, entry_kind, with_multiples
from scheduler.protocol.compiling.names import Names
from scheduler.protocol.compiling.only_if import only_ifs, with_choice
from scheduler.protocol.compiling.timings import Sentences
from scheduler.protocol.compiling.when import Shapes, When
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.limits import Cause, DoseRestart, GoesOn, Limits, LongHold, MadeUp
from scheduler.protocol.plan.study import HeldDays, IfClosed, NotDone, Role, Timeline
from scheduler.protocol.plan.times.follows import Follows
from scheduler.protocol.plan.times.moments import EVERY, RANDOMISATION, Named
from scheduler.protocol.sentences.spellings import Habits, said_otherwise
from scheduler.protocol.sentences.times.place import ANY_DAY
from scheduler.protocol.text.protocol_text import (
    AnyDate,
    CyclesText,
    DateText,
    DelayText,
    ProtocolText,
    TreatmentText,
    VisitText,
)
from scheduler.protocol.text.sentence_place import At


def spelled_title(name: str) -> str:
    """A title for what has none: the name with spaces, its first letter large."""
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def compile_timeline(
    name: str,
    text: TreatmentText | CyclesText | VisitText,
    protocol: ProtocolText,
    names: Names,
    at: At,
    order: int,
    at_when: At | None = None,
) -> Timeline:
    """The timeline of one treatment or visit in one arm; what is wrong with it goes to the findings of ``names``."""
    sentences = Sentences(name, names)
    when = Shapes(sentences).when(text.when, at_when or at.below("when"))
    counts, limits_by_date = sentences.until(text.until, at.below("until"))
    common = Timeline(
        name=name,
        title=text.title or spelled_title(name),
        role=Role.VISIT,
        kind="visit",
        order=order,
        numbered=when.numbered,
        then=when.then,
        last=when.last,
        pieces=when.pieces,
        first_number=min(when.numbered, default=1),
        follows=_may_begin_again(when.follows, protocol),
        by_part=when.by_part,
        each=when.each,
        counts=counts,
        limits_by_date=limits_by_date,
        resource=text.open.resource,
        open_days=_block(name, text.open.days, protocol, names, at.below("open")),
        if_closed=_if_closed(text, when),
        **with_choice(
            name, only_ifs(name, text.only_if, protocol, sentences, at.below("only if")), counts, at, sentences
        ),
    )
    if isinstance(text, TreatmentText):
        return _treatment(common, text, protocol, when, sentences, at)
    if isinstance(text, CyclesText):
        return _cycles(common, text, sentences, at)
    return _visit(common, text, protocol, sentences, at)


def _may_begin_again(follows: Follows | None, protocol: ProtocolText) -> Follows | None:
    """What follows doses that may begin again says so: which doses these are is known only on the calendar."""
    followed = protocol.treatments.get(follows.timeline) if follows is not None else None
    again = followed is not None and (followed.restart is not None or followed.long_hold is not None)
    return replace(follows, again=True) if follows is not None and again else follows


def _block(name: str, days: tuple[int, ...], protocol: ProtocolText, names: Names, at: At) -> tuple[int, ...]:
    """The days of a block, counted from its own day, which is Day 1, or Day 0 where study days say so; -1 is the day before."""
    label = protocol.study_days.label if protocol.study_days.moment == Named(name) else 1
    if label == 1 and 0 in days:
        hint = f"day 1 is the day of {name} itself, and the day before it is day -1"
        text = at.node.at(*at.path).value
        meant = said_otherwise(text, Habits.PLACES)[0] if isinstance(text, str) else text
        hint += f"; write: {meant}" if meant != text else ""
        names.findings.append(at.finding("impossible-day", "there is no day 0 here", hint, word="0"))
    return tuple(day_of_study_day(day, 0, label) for day in days if day or label == 0)


def compile_date(name: str, spec: AnyDate, names: Names, at: At) -> Timeline | None:
    """Where a named date comes from until it is recorded; None where it is only recorded."""
    if not isinstance(spec, DateText):
        return None
    by_arm = isinstance(spec.when, dict)
    written = spec.when.get(names.arm) if isinstance(spec.when, dict) else spec.when
    if written is None:
        message = f"{name} has no sentence for arm '{names.arm}'"
        hint = f"write one for each arm: {names.arm}: on first dose"
        names.findings.append(at.below("when").finding("no-timing", message, hint))
        return None
    timing = Sentences("", names).alone(written, at.below("when", names.arm) if by_arm else at.below("when"))
    if_closed = IfClosed(spec.if_closed) if spec.if_closed else IfClosed.LATER
    return Timeline(
        name=name,
        title=spelled_title(name),
        role=Role.DATE,
        kind="visit",
        order=0,
        numbered={1: timing},
        resource=spec.open.resource,
        open_days=tuple(day - 1 for day in spec.open.days if day > 0),
        if_closed=if_closed,
    )


def _if_closed(text: TreatmentText | CyclesText | VisitText, when: When) -> IfClosed:
    """As written; else later for treatment, earlier for what must precede its moment, nearest for other visits."""
    if text.if_closed is not None:
        return IfClosed(text.if_closed)
    if isinstance(text, TreatmentText | CyclesText):
        return IfClosed.LATER
    return IfClosed.EARLIER if all(timing.precedes for timing in when.all()) else IfClosed.NEAREST


def _treatment(
    common: Timeline, text: TreatmentText, protocol: ProtocolText, when: When, sentences: Sentences, at: At
) -> Timeline:
    """What only a treatment has: what is given, levels, holds, limits."""
    arms = set(protocol.arms)
    gives = compile_gives(common.name, text.give, arms, at, sentences.names)
    gives = with_multiples(gives, common.name, protocol, at, sentences.names)
    ladder = compile_ladder(text.levels, arms, at, sentences.names)
    gives = with_calculations(at_levels(gives, ladder), text, at, sentences.names)
    gives = with_titles(gives, text, at.below("titles"), sentences.names)
    has_days = entry_kind(gives) == "oral" or any(give.days != ((1, 1),) for give in gives)
    long_holds = _long_holds(text, at.below("long hold"))
    restarts = _restarts(text, at.below("restart"), sentences)
    return replace(
        common,
        role=Role.TREATMENT,
        kind=entry_kind(gives),
        supportive=text.kind is not None,
        before_randomisation=text.given is not None,
        called=_called(gives, when),
        has_days=has_days,
        gives=gives,
        ladder=ladder,
        held_days=HeldDays(text.held_days),
        long_holds=long_holds if has_days else (),
        restarts=(
            *restarts,
            *(() if has_days or common.follows else _of_single_doses(long_holds, common.first_number)),
        ),
        not_done=NotDone(text.not_done),
        made_up=_made_up(text, entry_kind(gives), at.below("made up")),
        goes_on=_goes_on(common, text, sentences, at.below("goes on when")),
        together_with=sentences.other(text.together_with, at.below("together with")),
        limits=_limits(text, sentences, at),
    )


def _cycles(common: Timeline, text: CyclesText, sentences: Sentences, at: At) -> Timeline:
    """What only cycles of their own have: the drugs that they are held with, and how long they may be put off."""
    names = text.held_with or ()
    held_with = [sentences.other(name, at.below("held with", index)) for index, name in enumerate(names)]
    limits = Limits(
        gap_at_most=text.gap_at_most[0] if text.gap_at_most else None,
        delay_at_most={cause: span for cause, (span, _) in _delays(text).items()},
        clauses=_clauses({"gap at most": text.gap_at_most}, text, at),
    )
    held = tuple(name for name in held_with if name is not None)
    goes_on = _goes_on(common, text, sentences, at.below("goes on when"))
    return replace(
        common, role=Role.CYCLES, kind="cycle", called="cycle", limits=limits, held_with=held, goes_on=goes_on
    )


def _goes_on(common: Timeline, text: TreatmentText | CyclesText, sentences: Sentences, at: At) -> GoesOn | None:
    """The values that it waits for: from the number that the sentence names on, else from the second on."""
    if text.goes_on is None:
        return None
    written = text.goes_on if isinstance(text.goes_on, list) else [text.goes_on]
    values: list[GoesOn] = []
    for index, each in enumerate(written):
        here = at.below(index) if isinstance(text.goes_on, list) else at
        for number in (each.first, each.last):
            if number is not None:
                sentences.names.check_number(common.name, number, here)
        first = common.first_number + 1 if each.first is None else each.first
        values.append(replace(each, first=first, clause=replace(each.clause, line=here.line)))
    return replace(values[0], later=tuple(values[1:]))


def in_cycles(protocol: ProtocolText, timelines: dict[str, Timeline]) -> dict[str, Timeline]:
    """The timelines with what a treatment has of the cycles that it is timed on: their ends, and their open days.

    A treatment that says itself where it is given keeps that.
    """
    limited = dict(timelines)
    for name, line in timelines.items():
        clock = timelines.get(line.follows.timeline) if line.follows is not None else None
        if line.role is Role.TREATMENT and clock is not None and clock.role is Role.CYCLES:
            own_place = "open" in protocol.treatments[name].model_fields_set
            limits = (*line.limits_by_date, *clock.limits_by_date)
            resource = line.resource if own_place else clock.resource
            limited[name] = replace(line, limits_by_date=limits, resource=resource)
    return limited


def _made_up(text: TreatmentText, kind: str, at: At) -> MadeUp | None:
    """How missed fractions are made up; there are none of anything that does not move when it is missed."""
    written = text.made_up
    if written is None or kind != "fraction" or NotDone(text.not_done) is not NotDone.MOVES:
        return None
    return replace(written, clause=replace(written.clause, line=at.line))


def _long_holds(text: TreatmentText, at: At) -> tuple[LongHold, ...]:
    """What becomes of a cycle after a long hold, the sentences in their order."""
    written = text.long_hold
    if not isinstance(written, list):
        return () if written is None else (replace(written, clause=replace(written.clause, line=at.line)),)
    lines = enumerate(written)
    return tuple(replace(each, clause=replace(each.clause, line=at.below(index).line)) for index, each in lines)


def _restarts(text: TreatmentText, at: At, sentences: Sentences) -> tuple[DoseRestart, ...]:
    """With which dose it begins again, the sentences in their order; a dose that it does not have is a finding."""
    written = text.restart if isinstance(text.restart, list) else [text.restart] if text.restart is not None else []
    restarts: list[DoseRestart] = []
    for index, each in enumerate(written):
        here = at.below(index) if isinstance(text.restart, list) else at
        for n in (*each.after.listed, each.again_from):
            sentences.names.check_number(sentences.name, n, here)
        restarts.append(replace(each, clause=replace(each.clause, line=here.line)))
    return tuple(restarts)


def _of_single_doses(long_holds: tuple[LongHold, ...], first: int) -> tuple[DoseRestart, ...]:
    """A "long hold" of single doses: they begin again after that long without a dose. A chosen day is none of theirs."""
    plain = (each for each in long_holds if not each.days and not each.choose)
    return tuple(DoseRestart(each.longer_than, EVERY, first, each.clause) for each in plain)


def _limits(text: TreatmentText, sentences: Sentences, at: At) -> Limits:
    edges = (text.start_by[0],) if text.start_by is not None else ()
    start_by = next(iter(sentences.edges(edges, at.below("start by"), "is no limit")), None)
    return Limits(
        hold_at_most=text.hold_at_most[0] if text.hold_at_most else None,
        gap_at_most=text.gap_at_most[0] if text.gap_at_most else None,
        delay_at_most={cause: span for cause, (span, _) in _delays(text).items()},
        start_by=start_by,
        finish_within=text.finish_within[0] if text.finish_within else None,
        clauses=_limit_clauses(text, at),
    )


def _limit_clauses(text: TreatmentText, at: At) -> dict[str, Clause]:
    written = {
        "hold at most": text.hold_at_most,
        "gap at most": text.gap_at_most,
        "start by": text.start_by,
        "finish within": text.finish_within,
    }
    return _clauses(written, text, at)


def _clauses(
    written: Mapping[str, tuple[object, Clause] | None], text: TreatmentText | CyclesText, at: At
) -> dict[str, Clause]:
    found = {key: replace(each[1], line=at.below(key).line) for key, each in written.items() if each is not None}
    for cause, (_, clause) in _delays(text).items():
        place = at.below("delay at most") if cause is Cause.ANY else at.below("delay at most", cause.value)
        found[f"delay at most, {cause}"] = replace(clause, line=place.line)
    return found


def _delays(text: TreatmentText | CyclesText) -> dict[Cause, tuple[Span, Clause]]:
    """The limits on a delay, by cause."""
    written = text.delay_at_most
    if not isinstance(written, DelayText):
        return {} if written is None else {Cause.ANY: written}
    by_cause = {Cause.LOGISTICS: written.logistics, Cause.TOXICITY: written.toxicity}
    return {cause: limit for cause, limit in by_cause.items() if limit is not None}


def _visit(common: Timeline, text: VisitText, protocol: ProtocolText, sentences: Sentences, at: At) -> Timeline:
    """What only a visit has: its kind, its group, what makes it unnecessary."""
    if text.only_for is not None and text.only_for not in protocol.groups:
        message = f"the study has no group '{text.only_for}'"
        hint = did_you_mean(text.only_for, protocol.groups) or "define it under 'groups'"
        sentences.names.findings.append(at.below("only for").finding("unknown-group", message, hint))
    unless = sentences.other(text.unless.split()[0] if text.unless else None, at.below("unless"))
    kind = text.kind or ("scan" if text.open.resource == "imaging" else "visit")
    if kind == "diary" and "open" not in text.model_fields_set:
        common = replace(common, resource=ANY_DAY)
    prompts, before_consent = text.prompts, text.before_consent
    if prompts is not None:
        prompts = replace(prompts, clause=replace(prompts.clause, line=at.below("prompts").line))
    if before_consent is not None:
        before_consent = replace(before_consent, line=at.below("before consent").line)
    return replace(
        common,
        kind=kind,
        unless=unless,
        only_for=text.only_for,
        prompts=prompts,
        before_randomisation=_in_run_in(common, protocol),
        before_consent=before_consent,
    )


def _in_run_in(line: Timeline, protocol: ProtocolText) -> bool:
    """True for a visit before randomisation where something is given before it: it screens nobody."""
    run_in = any(treatment.given is not None for treatment in protocol.treatments.values())
    return run_in and any(timing.moment == RANDOMISATION for timing in line.numbered.values())


def _called(gives: tuple[Give, ...], when: When) -> str:
    """What one occurrence is called: a fraction, a cycle where it has days or is said so, else a dose."""
    if entry_kind(gives) == "fraction":
        return "fraction"
    has_days = any(give.days != ((1, 1),) for give in gives)
    said = any(_OWN_CYCLE.search(timing.clause.text) for timing in when.all())
    return "cycle" if has_days or said else "dose"


_OWN_CYCLE = re.compile(r"\b(?:the previous|after|before) cycle\b", re.IGNORECASE)
