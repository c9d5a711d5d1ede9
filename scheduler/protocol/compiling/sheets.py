"""A sheet of time points as written, to the sheet of one arm and to the visits of its later days."""

from __future__ import annotations

from dataclasses import replace

from scheduler.protocol.compiling.names import Names
from scheduler.protocol.compiling.numbering import Numbering
from scheduler.protocol.plan.sheet import Sheet, TimePoint
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.protocol.plan.times.follows import Follows
from scheduler.protocol.plan.times.moments import DayOf, Relative
from scheduler.protocol.plan.times.timing import Timing
from scheduler.protocol.sentences.times.sheet import SheetPhrase
from scheduler.protocol.text.protocol_text import ProtocolText
from scheduler.protocol.text.sentence_place import At
from scheduler.protocol.text.sheets import SheetText, sentences_of, spell_sheet


def sheets_in(text: ProtocolText, arm: str, timelines: frozenset[str]) -> dict[str, SheetText]:
    """The sheets that an arm has: those that list it, or list none and count from what the arm has."""
    sheets: dict[str, SheetText] = {}
    for name, written in text.sheets.items():
        sheet = spell_sheet(written)
        followed = {phrase.follows.timeline for phrase in sentences_of(sheet)}
        elsewhere = sheet.arms is None and _is_elsewhere(text, followed - timelines)
        if (sheet.arms is None or arm in sheet.arms) and not elsewhere:
            sheets[name] = sheet
    return sheets


def _is_elsewhere(text: ProtocolText, missing: set[str]) -> bool:
    """True where what this arm does not have is defined all the same: then another arm has it, and the sheet."""
    return any(name in section for name in missing for section in (text.treatments, text.visits, text.cycles))


def numbering_of_sheet(sheet: SheetText) -> Numbering | None:
    """Which visits of later days a sheet has; None where all of it is on the day of the dose."""
    days = {point.days_later for phrase in sentences_of(sheet) for point in phrase.points} - {0}
    several = len(days) * max(len(phrase.follows.days) or 1 for phrase in sentences_of(sheet)) > 1
    return Numbering(frozenset(), True, None, several) if days else None


def compile_sheet(name: str, title: str, text: SheetText, names: Names, at: At, order: int) -> Sheet | None:
    """The sheet with its names resolved and its lines cited; None, with findings, where it cannot be."""
    phrases = sentences_of(text)
    where = _places(text, at)
    follows = phrases[0].follows
    points: list[TimePoint] = []
    for phrase, here in zip(phrases, where, strict=True):
        if not _counts_from_known(phrase, names, here):
            return None
        if phrase.follows != follows:
            message = "a sheet counts from the same doses in all its sentences"
            names.findings.append(here.finding("another-dose", message, "write another sheet for the others"))
            return None
        for point in phrase.points:
            if any(point.minutes == other.minutes for other in points):
                message = f"{point.name} is on this sheet already"
                names.findings.append(here.finding("twice", message, "leave one of them out"))
            points.append(replace(point, clause=replace(point.clause, line=here.line)))
    return Sheet(name, title, follows, tuple(sorted(points, key=lambda point: point.minutes)), order)


def _places(text: SheetText, at: At) -> list[At]:
    if isinstance(at.node.at(*at.path).value, dict):
        at = at.below("when")
    return [at.below(index) for index in range(len(text.when))] if isinstance(text.when, list) else [at]


def _counts_from_known(phrase: SheetPhrase, names: Names, at: At) -> bool:
    follows = phrase.follows
    if not names.timeline_in_arm(follows.timeline, at):
        return False
    for n in follows.selection.listed:
        names.check_number(follows.timeline, n, at)
    numbers = names.numbers.get(follows.timeline)
    if numbers is not None and numbers.by_day and not follows.days:
        message = f"{follows.timeline} is on several days of a cycle: after which of them?"
        hint = f"write: after every {follows.timeline} day 1"
        names.findings.append(at.finding("which-occurrence", message, hint, word=follows.timeline))
        return False
    return True


def later_visits(sheet: Sheet, followed: Timeline | None, names: Names, at: At) -> Timeline | None:
    """The visits of the days after the dose's own on which the sheet has time points; None where there are none."""
    if not sheet.later_days:
        return None
    if followed is not None and followed.follows is not None and followed.follows.has_days:
        message = f"{followed.name} is on several days of a cycle, so what comes a day or more later has no day here"
        hint = f"write a visit for it, such as: 1 day after every {followed.name} day {followed.follows.days[0]}"
        names.findings.append(at.finding("later-days", message, hint))
        return None
    follows = sheet.follows
    clause = sheet.on_day(sheet.later_days[0])[0].clause
    timing = Timing(clause, DayOf(follows.timeline, Relative.SAME, 0), early=0, late=0)
    return Timeline(
        name=sheet.name,
        title=sheet.title,
        role=Role.VISIT,
        kind="visit",
        order=sheet.order,
        then=timing,
        follows=Follows(follows.timeline, follows.selection, sheet.visit_days),
        resource="any day",
        sheet=sheet,
    )
