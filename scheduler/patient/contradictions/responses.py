"""What assessments of the tumour contradict, and what in their order should be looked at.

An assessment is read from a scan, so it contradicts a scan that was not done. Everything else is strange and stands: the
criteria are for those who read scans. RECIST 1.1: Eur J Cancer 2009;45:228. iRECIST: Lancet Oncol 2017;18:e143, and the
EORTC's answers to frequent questions on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.patient.chart import Chart
from scheduler.patient.contradictions.entries import find
from scheduler.patient.contradictions.say import refuse, told, warn
from scheduler.patient.episodes.assessments import Assessed, Scan, assessments_in_order
from scheduler.patient.events import NotDone, Response, VisitDone
from scheduler.said import Code, Said, counted, said
from scheduler.source.quoting import quoted

CONFIRMED_AFTER = 28
"""Days from the scan of an iUPD to the first scan that may confirm it."""

MAY_BE_EARLY = 2
"""Days by which that scan may come early."""

AFTER_PROGRESSION = {"PD": ("CR", "PR", "SD", "non-CR/non-PD"), "iCPD": ("iCR", "iPR", "iSD", "non-iCR/non-iUPD")}
"""What cannot follow progression by the same criteria. Only iRECIST's unconfirmed progression can be taken back."""


def assessments_are_of_scans_that_were_done(chart: Chart) -> Iterator[Finding]:
    """Nobody assesses a scan that was recorded as not done."""
    done = {event.entry for _, event in chart.of(VisitDone)}
    missing = {event.entry: fact for fact, event in chart.of(NotDone) if event.entry not in done}
    for fact, event in chart.of(Response):
        if event.entry in missing:
            omitted = missing[event.entry]
            message = said(
                "{entry} is assessed {fact}, but was not done {omitted}",
                entry=Code(quoted(event.entry)),
                fact=told(fact),
                omitted=told(omitted),
            )
            yield refuse(
                "scan-not-done", message, said("correct the scan that is assessed, or strike one"), fact, omitted
            )


def assessed_scans_are_recorded(chart: Chart) -> Iterator[Finding]:
    """The scan that an assessment names has a record, of the same day or an earlier one."""
    done = {event.entry: fact for fact, event in chart.of(VisitDone)}
    missing = {event.entry for _, event in chart.of(NotDone)}
    for fact, event in chart.of(Response):
        target = find(chart, event.entry, event.on) if event.entry is not None else None
        if event.entry is None or target is None or target.line is None or event.entry in missing - set(done):
            continue
        if target.is_treatment:
            message = said("{entry}, assessed {fact}, is no scan", entry=Code(quoted(event.entry)), fact=told(fact))
            yield warn("not-a-scan", message, said("name the scan that was read"), fact)
        elif event.entry not in done:
            message = said(
                "{entry} is assessed {fact}, but nobody recorded that it was done",
                entry=Code(quoted(event.entry)),
                fact=told(fact),
            )
            yield warn(
                "scan-without-record", message, said("record 'visit done', or correct the scan that is assessed"), fact
            )
        elif done[event.entry].event.on > event.on:
            scan = done[event.entry]
            message = said(
                "{entry} is assessed {fact}, before it was done {scan}",
                entry=Code(quoted(event.entry)),
                fact=told(fact),
                scan=told(scan),
            )
            yield warn("assessed-before-scan", message, said("correct the date of one of them"), fact, scan)


def confirmations_follow_an_iupd(chart: Chart) -> Iterator[Finding]:
    """An iCPD confirms an iUPD that no better assessment has taken back, from a scan at least four weeks later."""
    reset: Assessed | None = None
    for each in _assessed(chart):
        if each.assessment == "iUPD":
            reset = None
        elif each.reset:
            reset = each
        if each.assessment != "iCPD":
            continue
        if each.iupd is None and reset is not None:
            message = said(
                "iCPD {fact} has no iUPD to confirm: {assessment} {fact_b} took it back",
                fact=told(each.fact),
                assessment=Code(reset.assessment),
                fact_b=told(reset.fact),
            )
            yield warn(
                "nothing-to-confirm", message, said("progression after that is iUPD again"), each.fact, reset.fact
            )
        elif each.iupd is None:
            message = said("iCPD {fact} has no iUPD before it to confirm", fact=told(each.fact))
            yield warn("nothing-to-confirm", message, said("record the iUPD, or correct this to iUPD"), each.fact)
        elif each.scan_day - each.iupd.scan_day < CONFIRMED_AFTER - MAY_BE_EARLY:
            days = each.scan_day - each.iupd.scan_day
            message = said(
                "iCPD {fact} is from a scan {days} after that of the iUPD {fact_b}",
                fact=told(each.fact),
                days=_days(days),
                fact_b=told(each.iupd.fact),
            )
            hint = said("it takes 4 weeks, 2 days less at most, unless an unscheduled scan shows one more new lesion")
            yield warn("confirmed-too-early", message, hint, each.fact, each.iupd.fact)


def nothing_is_better_after_progression(chart: Chart) -> Iterator[Finding]:
    """By RECIST 1.1 there is no response after PD, and by iRECIST none after iCPD."""
    ended: dict[str, Assessed] = {}
    for each in _assessed(chart):
        before = ended.get(each.criteria)
        if before is not None and each.assessment in AFTER_PROGRESSION[before.assessment]:
            message = said(
                "{assessment} {fact} comes after {assessment_b} {fact_b}",
                assessment=Code(each.assessment),
                fact=told(each.fact),
                assessment_b=Code(before.assessment),
                fact_b=told(before.fact),
            )
            hint = said("only an iUPD of iRECIST can be taken back; correct one of them")
            yield warn("better-after-progression", message, hint, each.fact, before.fact)
        if each.assessment in AFTER_PROGRESSION:
            ended.setdefault(each.criteria, each)


def complete_responses_end_in_progression(chart: Chart) -> Iterator[Finding]:
    """After a complete response whatever is seen again is progression; what was only partial was never complete."""
    complete: dict[str, Assessed] = {}
    for each in _assessed(chart):
        first = complete.get(each.criteria)
        if first is not None and each.assessment in ("PR", "SD", "iPR", "iSD"):
            message = said(
                "{assessment} {fact} comes after {assessment_b} {fact_b}",
                assessment=Code(each.assessment),
                fact=told(each.fact),
                assessment_b=Code(first.assessment),
                fact_b=told(first.fact),
            )
            hint = said("if it was complete, this is progression; if not, correct the first")
            yield warn("less-after-complete", message, hint, each.fact, first.fact)
        if each.assessment in ("CR", "iCR"):
            complete.setdefault(each.criteria, each)


def _assessed(chart: Chart) -> Iterator[Assessed]:
    return assessments_in_order((fact for fact, _ in chart.of(Response)), _scans(chart))


def _scans(chart: Chart) -> list[Scan]:
    """The scans that were done, as the calendar takes them."""
    scans = []
    for fact, event in chart.of(VisitDone):
        target = find(chart, event.entry, event.on)
        if target is not None and target.line is not None and target.line.kind == "scan":
            scans.append((fact.day, event.entry))
    return scans


def _days(number: int) -> Said:
    return counted("{n} day", "{n} days", number)
