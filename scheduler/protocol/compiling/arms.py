"""From the protocol as written to one plan for each arm: names resolved, defaults spelled out, lines cited."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from scheduler.findings import Finding, said_together
from scheduler.protocol.compiling.equivalents import check_equivalents, compile_equivalents
from scheduler.protocol.compiling.first_doses import with_first_doses
from scheduler.protocol.compiling.known_names import check_activities, check_arms, check_collections, check_names
from scheduler.protocol.compiling.names import ARMS, Elsewhere, Names
from scheduler.protocol.compiling.numbering import Numbering, numbering
from scheduler.protocol.compiling.rules import check_rule_names, compile_rules, rules_of_steps, rules_of_waits
from scheduler.protocol.compiling.sheets import compile_sheet, later_visits, numbering_of_sheet, sheets_in
from scheduler.protocol.compiling.timelines import compile_date, compile_timeline, in_cycles, spelled_title
from scheduler.protocol.plan.activity import Activity
from scheduler.protocol.plan.before_arms import plan_before_arms
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.limits import Interval
from scheduler.protocol.plan.sheet import Sheet
from scheduler.protocol.plan.study import Epoch, Period, Plan, StudyVersion, Timeline
from scheduler.protocol.plan.times.moments import Edge
from scheduler.protocol.plan.times.timing import Timing
from scheduler.protocol.plan.version import Amendment, Assumption, Moving, TrialVisit
from scheduler.protocol.sentences.citations import check_citations, citations, lines_by_citation
from scheduler.protocol.sentences.times.moment import NAMED_DATES
from scheduler.protocol.text.activities import ActivityText, called, places_of
from scheduler.protocol.text.protocol_text import AnyVisitText, CyclesText, ProtocolText, TreatmentText, VisitText
from scheduler.protocol.text.sentence_place import At
from scheduler.protocol.text.sheets import spell_sheet
from scheduler.protocol.text.version.synopsis import spell_synopsis
from scheduler.source.node import Node


def compile_protocol(
    text: ProtocolText, node: Node, digest: str, lost: frozenset[str] = frozenset()
) -> tuple[StudyVersion, list[Finding]]:
    """The plans of all arms, and every finding on the way. With errors among them the plans are not to be used.

    ``lost`` are names that the text has but that could not be read: sentences may use them all the same.
    """
    plans: dict[str, Plan] = {}
    elsewhere: dict[str, frozenset[str]] = {}
    findings_by_arm: dict[str, list[Finding]] = {}
    root = At(node, ())
    for arm in text.arms:
        names = _names(text, arm, lost)
        plans[arm] = _compile_arm(text, arm, names, root)
        findings_by_arm[arm] = names.findings
        elsewhere[arm] = names.everywhere - names.here
    cited = citations(node)
    findings = [
        *_said_once(findings_by_arm),
        *check_citations(node, cited, {*text.sources}, {*text.assumptions}),
        *check_activities(text, root, lost),
        *check_collections(text, root),
        *check_arms(text, root),
        *check_names(text, root),
        *check_rule_names(text.rules, lost | set(text.treatments), text.attributes, root),
        *check_equivalents(text.equivalents, text.rules, lost, root),
    ]
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
        lines_by_citation(cited),
        {str(kind): severity for kind, severity in text.deviations.items()},
        tuple(name for name in text.dates if name not in NAMED_DATES),
        tuple(text.groups),
        plan_before_arms(plans),
        {name: TrialVisit(each.number, each.title, each.day) for name, each in text.trial_visits.items()},
        spell_synopsis(text.synopsis),
        dict(text.enrolment),
    )
    return version, findings


def _consent_again(text: ProtocolText, root: At) -> Clause | None:
    says = text.screened_again
    return None if says is None else replace(says, line=root.below("screened again").line)


def _amendment(text: ProtocolText, root: At) -> Amendment | None:
    says = text.amendment
    if says is None:
        return None
    line = root.node.key_place("amendment").line
    return Amendment(says.of, Moving(says.patients), says.consent == "again", line)


def _said_once(findings_by_arm: Mapping[str, list[Finding]]) -> Iterator[Finding]:
    """What is wrong in several arms is one finding, which names them."""
    arms: dict[Finding, list[str]] = {}
    for arm, findings in findings_by_arm.items():
        for finding in dict.fromkeys(findings):
            arms.setdefault(finding, []).append(arm)
    for finding, found_in in arms.items():
        yield replace(finding, message=finding.message.replace(ARMS, _in_words(found_in)))


def _in_words(arms: list[str]) -> str:
    quoted = [f"'{arm}'" for arm in arms]
    return f"arm {quoted[0]} has" if len(arms) == 1 else f"arms {said_together(quoted)} have"


def _names(text: ProtocolText, arm: str, lost: frozenset[str]) -> Names:
    cycles = tuple(name for name, each in text.cycles.items() if _has(each.arms, arm))
    here = {name for name, treatment in text.treatments.items() if _has(treatment.arms, arm)} | set(cycles)
    here |= {name for name, visit in text.visits.items() if _visit_has(visit, arm)}
    with_visits = {name for name, sheet in text.sheets.items() if numbering_of_sheet(spell_sheet(sheet)) is not None}
    here |= with_visits & sheets_in(text, arm, frozenset(here)).keys()
    everywhere = {*text.cycles, *text.treatments, *text.visits, *with_visits}
    dates = {*NAMED_DATES, *text.dates}
    return Names(
        arm,
        frozenset(here | lost),
        frozenset(everywhere | lost),
        frozenset(dates),
        {name: numbers for name, numbers in _numbers(text, arm).items() if name not in lost},
        text.study_days.label,
        cycles,
    )


def _numbers(text: ProtocolText, arm: str) -> dict[str, Numbering]:
    numberings: dict[str, Numbering] = {}
    named: list[tuple[str, TreatmentText | CyclesText | AnyVisitText]] = [*text.cycles.items()]
    named += [*text.treatments.items(), *text.visits.items()]
    for name, each in named:
        spelled = each if isinstance(each, TreatmentText | CyclesText) else spell_visit(each)
        when = spelled.when
        if isinstance(when, dict) and arm in when:
            when = when[arm]
        until = spelled.until
        numberings[name] = numbering(when, until.get(arm) if isinstance(until, dict) else until)
    of_sheets = {name: numbering_of_sheet(spell_sheet(sheet)) for name, sheet in text.sheets.items()}
    return numberings | {name: numbers for name, numbers in of_sheets.items() if numbers is not None}


def _has(arms: list[str] | None, arm: str) -> bool:
    return arms is None or arm in arms


def _visit_has(visit: AnyVisitText, arm: str) -> bool:
    if isinstance(visit, VisitText):
        return _has(visit.arms, arm)
    return not isinstance(visit, dict) or arm in visit


def _compile_arm(text: ProtocolText, arm: str, names: Names, root: At) -> Plan:
    timelines: dict[str, Timeline] = {}
    order = 0
    for name, cycles in text.cycles.items():
        order += 1
        if _has(cycles.arms, arm):
            timelines[name] = compile_timeline(name, cycles, text, names, root.below("cycles", name), order)
    for name, treatment in text.treatments.items():
        order += 1
        if _has(treatment.arms, arm):
            at = root.below("treatments", name)
            timelines[name] = compile_timeline(name, treatment, text, names, at, order)
    for name, visit in text.visits.items():
        order += 1
        if _visit_has(visit, arm):
            at = root.below("visits", name)
            at_when = at.below("when") if isinstance(visit, VisitText) else at
            timelines[name] = compile_timeline(name, spell_visit(visit), text, names, at, order, at_when)
    sheets, order = _compile_sheets(text, timelines, names, root, order)
    timelines = _with_activities(text, in_cycles(text, timelines))
    dates = {
        name: compile_date(name, spec, names, root.below("dates", name))
        for name, spec in text.dates.items()
        if spec != "recorded"
    }
    written = text.study_days.moment
    reference = names.moment_in_arm(written, "", root.below("study days")) or written
    plan = Plan(
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
        {name: _products(text, name) for name in text.products},
        (
            *compile_rules(
                text.rules,
                compile_equivalents(text.equivalents, root.below("equivalents")),
                names.here,
                root.below("rules"),
            ),
            *rules_of_waits(timelines),
            *rules_of_steps(timelines),
        ),
        intervals=tuple(_intervals(text, names, root)),
        amendment=_amendment(text, root),
        ctcae=text.ctcae,
        sheets=sheets,
        epochs=tuple(_compile_epochs(text, names, root)),
        consent_again=_consent_again(text, root),
        lasts=text.lasts,
    )
    return with_first_doses(plan, text.study_days.first_dose_of, names, root.below("study days"))


def _compile_sheets(
    text: ProtocolText, timelines: dict[str, Timeline], names: Names, root: At, order: int
) -> tuple[tuple[Sheet, ...], int]:
    """The sheets of an arm; the visits of their later days go to its timelines."""
    sheets: list[Sheet] = []
    for name, written in sheets_in(text, names.arm, frozenset(timelines)).items():
        order += 1
        at = root.below("sheets", name)
        sheet = compile_sheet(name, written.title or spelled_title(name), written, names, at, order)
        if sheet is None:
            continue
        sheets.append(sheet)
        visits = later_visits(sheet, timelines.get(sheet.follows.timeline), names, at)
        if visits is not None:
            timelines[name] = visits
    return tuple(sheets), order


def spell_visit(visit: AnyVisitText) -> VisitText:
    """A visit that is only its timing, spelled out."""
    return visit if isinstance(visit, VisitText) else VisitText.model_construct(**_DEFAULTS, when=visit)


_DEFAULTS = {
    name: field.default for name, field in VisitText.model_fields.items() if name != "when" and not field.is_required()
}


def _with_activities(text: ProtocolText, timelines: dict[str, Timeline]) -> dict[str, Timeline]:
    added: dict[str, list[Activity]] = {name: [] for name in timelines}
    for activity, written in text.activities.items():
        footnote = written.footnote if isinstance(written, ActivityText) else None
        told = called(activity, written)
        for place in places_of(written):
            done = Activity(place.selection, told, footnote, place.apart)
            for name in added if place.timeline is None else (place.timeline,):
                if name in added:
                    added[name].append(done)
    return {name: _with_its_activities(line, tuple(added[name])) for name, line in timelines.items()}


_COMMON_NUMBERS = range(48)
"""The occurrences whose activities are worked out once for all patients: most studies have no more."""


def _with_its_activities(line: Timeline, activities: tuple[Activity, ...]) -> Timeline:
    if all(each.selection.every == 1 for each in activities):
        return replace(line, activities=activities, activities_by_number=(activities,) * len(_COMMON_NUMBERS))
    line = replace(line, activities=activities)
    shared: dict[tuple[Activity, ...], tuple[Activity, ...]] = {}
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
            yield Period(name, period.title or spelled_title(name), start, end, order, period.collects)


def _compile_epochs(text: ProtocolText, names: Names, root: At) -> Iterable[Epoch]:
    """The epochs in their order. One that begins with what this arm does not have is left out there."""
    for name, written in text.epochs.items():
        try:
            names.moment(written.moment, "", root.below("epochs", name))
        except Elsewhere:
            continue
        start = _bound(written, names, root.below("epochs", name))
        if start is not None:
            yield Epoch(name, start)


def _bound(timing: Timing, names: Names, at: At) -> Timing | None:
    moment = names.moment_in_arm(timing.moment, "", at)
    waits, ceilings = _edges(timing.not_before, names, at), _edges(timing.not_after, names, at)
    if moment is None:
        return None
    clause = replace(timing.clause, line=at.line)
    return replace(timing, clause=clause, moment=moment, not_before=waits, not_after=ceilings)


def _edges(edges: tuple[Edge, ...], names: Names, at: At) -> tuple[Edge, ...]:
    """Moments with their names resolved, without those that this arm does not have."""
    found = []
    for edge in edges:
        with contextlib.suppress(Elsewhere):
            found.append(names.edge(edge, "", at))
    return tuple(edge for edge in found if edge is not None)


def _horizon(text: ProtocolText, names: Names, root: At) -> Edge | None:
    if text.horizon is None:
        return None
    edge, _ = text.horizon
    moment = names.moment_in_arm(edge.moment, "", root.below("horizon"))
    return replace(edge, moment=moment) if moment is not None else None


def _intervals(text: ProtocolText, names: Names, root: At) -> Iterator[Interval]:
    for activity, phrase in text.at_least_every.items():
        at = root.below("at least every", activity)
        until = None
        if phrase.until is not None:
            moment = names.moment_in_arm(phrase.until.moment, "", at)
            until = replace(phrase.until, moment=moment) if moment is not None else None
        yield Interval(activity, phrase.span, until, replace(phrase.clause, line=at.line))


def _products(text: ProtocolText, name: str) -> tuple[Product, ...]:
    written = text.products[name]
    lasts = written.opened_lasts[0] if written.opened_lasts else None
    every = written.handed_out_every[0] if written.handed_out_every else None
    packs = [(product, written.pack_of(product)) for product in written.of_each_strength]
    return tuple(
        replace(
            product,
            name=name,
            pack=pack.pack if pack is not None else None,
            per_pack=pack.size if pack is not None else None,
            opened_lasts=lasts,
            handed_out_every=every,
            title=written.title,
        )
        for product, pack in packs
    )


def _assumption(text: ProtocolText, name: str, root: At) -> Assumption:
    written = text.assumptions[name]
    line = root.node.key_place("assumptions", name).line
    return Assumption(name, written.question, written.reading, written.alternatives, written.because, line)
