"""From the protocol as written to one plan for each arm: names resolved, defaults spelled out, lines cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scheduler.findings import Finding, did_you_mean
from scheduler.protocol.clause import Clause
from scheduler.protocol.compile_timeline import compile_date, compile_timeline, spelled_title
from scheduler.protocol.model import ProtocolText, VisitText
from scheduler.protocol.moment_phrases import NAMED_DATES
from scheduler.protocol.moments import EVERY, Edge, Selection
from scheduler.protocol.names import At, Elsewhere, Names
from scheduler.protocol.plan import Assumption, Period, Plan, Product, StudyVersion, Timeline, Timing
from scheduler.protocol.timing_phrases import TimingPhrase
from scheduler.source import Node

AnyVisitText = TimingPhrase | VisitText | dict[str, TimingPhrase]


def compile_protocol(text: ProtocolText, node: Node, digest: str) -> tuple[StudyVersion, list[Finding]]:
    """The plans of all arms, and every finding on the way. With errors among them the plans are not to be used."""
    findings: list[Finding] = []
    plans: dict[str, Plan] = {}
    elsewhere: dict[str, frozenset[str]] = {}
    root = At(node, ())
    for arm in text.arms:
        names = _names(text, arm)
        plans[arm] = _compile_arm(text, arm, names, root)
        findings += names.findings
        elsewhere[arm] = names.everywhere - names.here
    findings += _check_citations(text, root, plans)
    findings += _check_activities(text, root)
    findings += _check_arms(text, root)
    version = StudyVersion(
        text.study,
        text.version,
        text.title,
        node.file,
        digest,
        plans,
        {name: _assumption(text, name, root) for name in text.assumptions},
        dict(text.sources),
        elsewhere,
    )
    return version, findings


def _names(text: ProtocolText, arm: str) -> Names:
    here = {name for name, treatment in text.treatments.items() if _has(treatment.arms, arm)}
    here |= {name for name, visit in text.visits.items() if _visit_has(visit, arm)}
    everywhere = {*text.treatments, *text.visits}
    dates = {*NAMED_DATES, *text.dates}
    return Names(frozenset(here), frozenset(everywhere), frozenset(dates), {})


def _has(arms: list[str] | None, arm: str) -> bool:
    return arms is None or arm in arms


def _visit_has(visit: AnyVisitText, arm: str) -> bool:
    if isinstance(visit, VisitText):
        return _has(visit.arms, arm)
    return not isinstance(visit, dict) or arm in visit


def _compile_arm(text: ProtocolText, arm: str, names: Names, root: At) -> Plan:
    timelines: dict[str, Timeline] = {}
    order = 0
    for name, treatment in text.treatments.items():
        order += 1
        if name in names.here:
            at = root.below("treatments", name)
            timelines[name] = compile_timeline(name, treatment, arm, text, names, at, order)
    for name, visit in text.visits.items():
        order += 1
        if name in names.here:
            at = root.below("visits", name)
            spelled, at_when = _spell_visit(visit, at)
            timelines[name] = compile_timeline(name, spelled, arm, text, names, at, order, at_when)
    timelines = _with_activities(text, timelines)
    dates = {
        name: compile_date(name, spec, names, root.below("dates", name))
        for name, spec in text.dates.items()
        if spec != "recorded"
    }
    reference = names.moment(text.study_days.moment, "", root.below("study days")) or text.study_days.moment
    return Plan(
        text.study,
        text.version,
        text.title,
        arm,
        text.arms[arm],
        timelines,
        {name: timing for name, timing in dates.items() if timing is not None},
        tuple(_compile_periods(text, arm, names, root, order)),
        reference,
        text.study_days.label,
        _horizon(text, names, root),
        {name: _product(text, name) for name in text.products},
    )


def _spell_visit(visit: AnyVisitText, at: At) -> tuple[VisitText, At]:
    """A visit that is only its timing, spelled out; and where the timing stands."""
    if isinstance(visit, VisitText):
        return visit, at.below("when")
    return VisitText.model_construct(**_DEFAULTS, when=visit), at


_DEFAULTS = {
    name: field.default for name, field in VisitText.model_fields.items() if name != "when" and not field.is_required()
}


def _with_activities(text: ProtocolText, timelines: dict[str, Timeline]) -> dict[str, Timeline]:
    found: dict[str, list[tuple[Selection, str]]] = {name: [] for name in timelines}
    for activity, places in text.activities.items():
        for place in places:
            if place.timeline is None:
                for name in found:
                    found[name].append((EVERY, activity))
            elif place.timeline in found:
                found[place.timeline].append((place.selection, activity))
    return {name: _with_its_activities(line, tuple(found[name])) for name, line in timelines.items()}


_COMMON_NUMBERS = range(48)
"""The occurrences whose activities are worked out once for all patients: most studies have no more."""


def _with_its_activities(line: Timeline, activities: tuple[tuple[Selection, str], ...]) -> Timeline:
    line = replace(line, activities=activities)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_number = (line.activities_of(n) for n in _COMMON_NUMBERS)
    return replace(line, activities_by_number=tuple(shared.setdefault(each, each) for each in by_number))


def _compile_periods(text: ProtocolText, arm: str, names: Names, root: At, order: int) -> Iterable[Period]:
    for name, period in text.periods.items():
        order += 1
        at = root.below("periods", name)
        written = period.end.get(arm) if isinstance(period.end, dict) else period.end
        at_end = at.below("to", arm) if isinstance(period.end, dict) else at.below("to")
        if written is None:
            continue
        start = _bound(period.start, names, at.below("from"))
        end = _bound(written, names, at_end)
        if start is not None and end is not None:
            yield Period(name, period.title or spelled_title(name), start, end, order)


def _bound(timing: Timing, names: Names, at: At) -> Timing | None:
    clause = replace(timing.clause, line=at.line)
    try:
        moment = names.moment(timing.moment, "", at)
    except Elsewhere as missing:
        hint = "write a sentence for each arm"
        names.findings.append(at.finding("not-in-this-arm", f"not every arm has {missing.name}", hint, word=missing.name))
        return None
    waits = []
    for wait in timing.not_before:
        try:
            edge = names.edge(wait, "", at)
        except Elsewhere:
            continue
        if edge is not None:
            waits.append(edge)
    return replace(timing, clause=clause, moment=moment, not_before=tuple(waits)) if moment is not None else None


def _horizon(text: ProtocolText, names: Names, root: At) -> Edge | None:
    if text.horizon is None:
        return None
    edge, _ = text.horizon
    return names.edge(edge, "", root.below("horizon"))


def _product(text: ProtocolText, name: str) -> Product:
    written = text.products[name]
    pack, per_pack = written.pack or (None, None)
    lasts = written.opened_lasts[0] if written.opened_lasts else None
    return replace(written.unit, name=name, pack=pack, per_pack=per_pack, opened_lasts=lasts)


def _assumption(text: ProtocolText, name: str, root: At) -> Assumption:
    written = text.assumptions[name]
    line = root.node.key_place("assumptions", name).line
    return Assumption(name, written.question, written.reading, written.alternatives, written.because, line)


def _check_citations(text: ProtocolText, root: At, plans: dict[str, Plan]) -> Iterable[Finding]:
    known = {*text.sources, *text.assumptions}
    cited: set[str] = set()
    for clause in _clauses(plans):
        for name in clause.assumptions:
            cited.add(name)
            if name not in known:
                at = root.node.place()
                place = replace(at, line=clause.line or at.line)
                message = f"'{name}' is neither a source nor an assumption of this protocol"
                yield replace(root.finding("unknown-citation", message, "define it, or leave it out"), place=place)
    for name in text.assumptions:
        if name not in cited:
            at_name = root.below("assumptions", name)
            yield at_name.note("uncited-assumption", f"no sentence cites {name}", "cite it where it decides something")


def _clauses(plans: dict[str, Plan]) -> Iterable[Clause]:
    for plan in plans.values():
        for line in plan.timelines.values():
            timings = [*line.numbered.values(), *line.pieces, line.then, line.last]
            yield from (timing.clause for timing in timings if timing is not None)
            yield from (limit.clause for limit in (*line.counts, *line.limits_by_date))
            yield from (give.clause for give in line.gives)
            if line.ladder is not None:
                yield line.ladder.clause
        for period in plan.periods:
            yield period.start.clause
            yield period.end.clause


def _check_activities(text: ProtocolText, root: At) -> Iterable[Finding]:
    known = {*text.treatments, *text.visits}
    for activity, places in text.activities.items():
        for index, place in enumerate(places):
            if place.timeline is not None and place.timeline not in known:
                at = root.below("activities", activity, index)
                message = f"'{place.timeline}' is not a treatment or visit of this study"
                yield at.finding("unknown-visit", message, did_you_mean(place.timeline, known), word=place.timeline)


def _check_arms(text: ProtocolText, root: At) -> Iterable[Finding]:
    listed: list[tuple[At, str]] = []
    for name, treatment in text.treatments.items():
        at = root.below("treatments", name, "arms")
        listed += [(at.below(index), arm) for index, arm in enumerate(treatment.arms or ())]
    for name, visit in text.visits.items():
        if isinstance(visit, VisitText):
            at = root.below("visits", name, "arms")
            listed += [(at.below(index), arm) for index, arm in enumerate(visit.arms or ())]
        elif isinstance(visit, dict):
            listed += [(root.below("visits", name, arm), arm) for arm in visit]
    for at, arm in listed:
        if arm not in text.arms:
            yield at.finding("unknown-arm", f"the study has no arm '{arm}'", did_you_mean(arm, text.arms))
    for name in (*text.treatments, *text.visits):
        if name in text.treatments and name in text.visits:
            yield root.below("visits", name).finding("name-taken", f"'{name}' is a treatment already", "name it otherwise")
