"""A timing told in a fixed short form, so that a table of sentences can say what each of them means."""

from __future__ import annotations

from datetime import date

from scheduler.protocol.plan.dosing.bands import Band
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.limits import DoseRestart, GoesOn, MadeUp
from scheduler.protocol.plan.only_if import AskedFact, OnlyIf, PairIs
from scheduler.protocol.plan.rules import AttributeIs
from scheduler.protocol.plan.sheet import Sheet
from scheduler.protocol.plan.times.moments import (
    DayOf,
    DueOf,
    EachEvent,
    Edge,
    EndOf,
    HasHad,
    IdealOf,
    LastDayOf,
    LastDose,
    Moment,
    Named,
    OnDate,
    OnStudyDay,
    Relative,
    Selection,
    StartOf,
    Which,
)
from scheduler.protocol.plan.times.timing import CountLimit, DateLimit, Timing
from scheduler.protocol.sentences.times.sheet import SheetPhrase
from scheduler.protocol.sentences.times.timing import TimingPhrase

_RELATIVE = {Relative.PREVIOUS: "n-1", Relative.SAME: "n"}


def told_phrase(phrase: TimingPhrase) -> str:
    """The whole of a "when"."""
    told = told_timing(phrase.timing)
    if phrase.ages:
        return f"{told} | each of {', '.join(map(str, phrase.ages))}"
    if phrase.follows is None:
        return told
    days = f" days {','.join(map(str, phrase.follows.days))}" if phrase.follows.days else ""
    return f"{told} | for {phrase.follows.timeline} {told_selection(phrase.follows.selection)}{days}"


def told_timing(timing: Timing) -> str:
    """Offset, moment, window, waits, limits, citation."""
    moment = "the last of the grid before" if timing.continues else told_moment(timing.moment)
    if timing.of_each_year:
        parts = [f"{', '.join(f'{day}.{month}.' for month, day in timing.of_each_year)} from {moment}"]
    elif timing.every is not None:
        parts = [f"{moment} + k x {timing.every}"]
    else:
        sign = "+" if timing.sign > 0 else "-"
        parts = [f"{moment} {sign} {timing.span}" if timing.span is not None else moment]
    if timing.open_ended:
        parts[0] += " or later"
    if timing.early is not None or timing.late is not None:
        parts.append(f"-{timing.early} +{timing.late}{' working days' if timing.in_open_days else ''}")
    parts += [f"-{timing.hours.early} +{timing.hours.late} min"] if timing.hours is not None else []
    parts += [f"from {told_edge(edge)}" for edge in timing.not_before]
    parts += [f"to {told_edge(edge)}" for edge in timing.not_after]
    parts += ["from then on"] if timing.lasts else []
    parts += [f"until {'before ' if limit.before else ''}{told_edge(limit.edge)}" for limit in timing.until]
    if timing.clause.assumptions:
        parts.append(f"by {','.join(timing.clause.assumptions)}")
    return " | ".join(parts)


def told_edge(edge: Edge) -> str:
    """A moment and what is added to it or taken off."""
    moment = told_moment(edge.moment)
    return moment if edge.span is None else f"{moment} {'+' if edge.sign > 0 else '-'} {edge.span}"


def told_limit(limit: CountLimit | DateLimit) -> str:
    """One limit of an "until"."""
    by = f" | by {','.join(limit.clause.assumptions)}" if limit.clause.assumptions else ""
    if isinstance(limit, CountLimit):
        choice = f" | of {', '.join(map(str, limit.choice))} {limit.of}" if limit.choice else ""
        return f"{limit.most} {limit.counted.value}{choice}{by}"
    finishes = " | the started cycle is finished" if limit.finishes else ""
    return f"{'before ' if limit.before else ''}{told_edge(limit.edge)}{finishes}{by}"


def told_moment(moment: Moment) -> str:
    """One moment."""
    if isinstance(moment, StartOf | DayOf | LastDayOf | IdealOf | DueOf):
        return _told_occurrence(moment)
    match moment:
        case Named(name):
            return name
        case OnStudyDay(label):
            return f"Day {label}"
        case OnDate(day):
            return date.fromordinal(day).isoformat()
        case EndOf(timeline):
            return f"{timeline} end"
        case HasHad(timeline, most):
            return f"{most} of {timeline} given"
        case LastDose(timeline):
            return f"last dose of {timeline or 'all'}"
        case EachEvent("adverse event", low, high, serious, ends):
            what = f"each {'serious ' if serious else ''}adverse event of grade {low}-{high}"
            return f"{what} {'ends' if ends else 'begins'}"
        case EachEvent(name):
            return f"each {name}"


def _told_occurrence(moment: StartOf | DayOf | LastDayOf | IdealOf | DueOf) -> str:
    occurrence = _of(moment.timeline, moment.which)
    match moment:
        case DayOf(day=day):
            return f"{occurrence} day {day or 'd'}"
        case LastDayOf():
            return f"{occurrence} last day"
        case IdealOf():
            return f"{occurrence} ideal"
        case DueOf():
            return f"{occurrence} due"
        case StartOf():
            return occurrence


def _of(timeline: str, which: Which) -> str:
    return f"{timeline or 'own'}.{_RELATIVE[which] if isinstance(which, Relative) else which}"


def told_selection(selection: Selection) -> str:
    """Which occurrences."""
    listed = ",".join(map(str, selection.listed))
    every = "" if selection.every is None else "all" if selection.every == 1 else f"every {selection.every}"
    return " then ".join(part for part in (listed, every) if part)


def told_restart(restart: DoseRestart) -> str:
    """After how long, of which dose, and with which one it begins again."""
    by = f" | by {','.join(restart.clause.assumptions)}" if restart.clause.assumptions else ""
    return f"after {told_selection(restart.after)}: beyond {restart.longer_than} from {restart.again_from}{by}"


def told_goes_on(goes_on: GoesOn) -> str:
    """Which values, of how many days, from which dose on, and for how long at most."""
    by = f" | by {','.join(goes_on.clause.assumptions)}" if goes_on.clause.assumptions else ""
    needs = " & ".join(f"{each.test} {each.asked.above} {each.asked.up_to} {each.words}" for each in goes_on.needs)
    numbers = f" to {goes_on.last}" if goes_on.last is not None else ""
    return f"{needs} | {goes_on.within} days | from {goes_on.first}{numbers} | at most {goes_on.longest}{by}"


def told_only_if(only_if: OnlyIf) -> str:
    """Which facts have to be so, all of them (&) or one (/), and which visit shows each."""
    by = f" | by {','.join(only_if.clause.assumptions)}" if only_if.clause.assumptions else ""
    return (" / " if only_if.any_of else " & ").join(map(_told_fact, only_if.facts)) + by


def _told_fact(fact: AskedFact) -> str:
    shown = f", by {fact.shown_by}" if fact.shown_by is not None else ""
    asked = fact.asked
    if isinstance(asked, AttributeIs):
        value = "" if asked.value is True else f" = {asked.value}"
        return f"{'not ' if fact.negated else ''}{asked.name}{value}{shown}"
    if isinstance(asked, PairIs):
        least = "/".join(map(str, asked.low)) if asked.low is not None else ""
        most = "/".join(map(str, asked.high)) if asked.high is not None else ""
        least = f"{least} {'<=' if asked.from_above else '<'} " if least else ""
        most = f" {'<' if asked.below else '<='} {most}" if most else ""
        return f"{least}{fact.name}{most} {asked.unit}{shown}"
    low = "" if asked.above is None else f"{asked.above} {'<=' if asked.from_above else '<'} "
    high = "" if asked.up_to is None else f" {'<' if asked.below else '<='} {asked.up_to}"
    of = asked.basis.of(asked.unit) if asked.basis.is_change else asked.unit
    return f"{low}{fact.name}{high} {of}{shown}"


def told_band(band: Band) -> str:
    """Which values, which of them count, and the dose."""
    low = "" if band.low is None else f"{band.low} {'<=' if band.includes_low else '<'} "
    high = "" if band.high is None else f" {'<=' if band.includes_high else '<'} {band.high}"
    per = f"/{band.per}" if band.per else ""
    of = f"/{band.parts}" if band.parts > 1 else ""
    dose = f"{band.share}{of}" if band.share is not None else f"{band.amount} {band.unit}{per}"
    if band.levels:
        dose = f"levels {', '.join(map(str, band.levels))} {band.unit}{per}"
    by = f" | by {','.join(band.clause.assumptions)}" if band.clause.assumptions else ""
    return f"{low}{band.measure.value}{high} {band.taken.value} -> {dose}{by}"


def told_made_up(how: MadeUp) -> str:
    """How many a day may have, how far apart, and on which days of the weekend."""
    by = f" | by {','.join(how.clause.assumptions)}" if how.clause.assumptions else ""
    return f"{how.a_day} a day, {how.hours_apart} hours apart | {','.join(how.weekdays) or '-'}{by}"


def told_give(give: Give) -> str:
    """What is given."""
    amount = "-" if give.amount is None else f"{give.amount:f}"
    high = f"-{give.high:f}" if give.high is not None else ""
    high = "".join(f" or {each:f}" for each in give.offered[1:]) or high
    if give.multiple is not None:
        whose = " ".join(str(each) for each in (give.multiple.of, give.multiple.number) if each is not None)
        part = "" if give.multiple.parts == 1 else f"/{give.multiple.parts}"
        amount = f"{give.multiple.share.normalize():f}{part} x {whose}"
    parts = [f"{amount}{high} {give.unit}{'/' + give.per if give.per else ''}".strip()]
    parts += ["prescribed"] if give.prescribed else []
    if give.a_day > 1:
        parts.append(f"{give.a_day} a day, {give.hours_apart} hours apart")
    parts += [part for part in (give.frequency, give.route, str(give.duration or "")) if part]
    parts += [str(give.taking)] if give.taking.says_anything else []
    days = "days " + ",".join(f"{first}-{last}" for first, last in give.days)
    from_then_on = give.days[0][0] if give.every_day else 1
    since = f" from day {from_then_on}" if from_then_on > 1 else ""
    parts.append(f"every day{since}" if give.every_day else days)
    parts += [f"cycles {told_selection(give.cycles)}"] if give.cycles is not None else []
    parts += [f"by {','.join(give.clause.assumptions)}"] if give.clause.assumptions else []
    return " | ".join(parts)


def told_sheet(phrase: SheetPhrase | Sheet) -> str:
    """At which minutes, in which window, after which doses."""
    early, late = phrase.points[0].early, phrase.points[0].late
    window = f" | -{early} +{late} min" if early is not None else ""
    by = f" | by {','.join(phrase.points[0].clause.assumptions)}" if phrase.points[0].clause.assumptions else ""
    days = f" days {','.join(map(str, phrase.follows.days))}" if phrase.follows.days else ""
    after = f"{phrase.follows.timeline} {told_selection(phrase.follows.selection)}{days}"
    return f"{after} + {','.join(str(point.minutes) for point in phrase.points)} min{window}{by}"
