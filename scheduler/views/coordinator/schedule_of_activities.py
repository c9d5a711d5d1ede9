"""The protocol's schedule of activities of one arm: what is done at which visit, and when that visit is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.protocol.plan.activity import Activity
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, Role, Timeline
from scheduler.protocol.plan.times.moments import EVERY, Selection
from scheduler.protocol.plan.times.timing import Timing
from scheduler.said import COMMAS, Code, Name, Quoted, Said, Value, listed, own_words, said, said_as, text_of
from scheduler.views.table import Cell, Table

DONE = "X"
"""What a cell holds where the activity belongs to every occurrence of the visit."""


@dataclass(frozen=True, slots=True)
class VisitTiming:
    """A column of the schedule: a visit, when it is in the protocol's own words, and which assumptions that rests on."""

    title: str
    words: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is given, in the protocol's own words."""

    title: str
    words: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivitySchedule:
    """The schedule of activities of one arm in its parts. ``rows`` have an activity and one cell for each visit."""

    study: str
    version: str
    arm_title: str
    visits: tuple[VisitTiming, ...]
    treatments: tuple[Treatment, ...]
    rows: tuple[tuple[str, tuple[str | None, ...]], ...]

    @property
    def assumptions(self) -> frozenset[str]:
        """The ids of all assumptions that the schedule rests on."""
        cited = (*(each.assumptions for each in self.visits), *(each.assumptions for each in self.treatments))
        return frozenset(name for names in cited for name in names)


def schedule_of_activities(plan: Plan) -> Table:
    """Activities down, visits across in the protocol's order, each with its timing and window in the head.

    The first rows are what is given. A cell says at which occurrences: X for all of them, "1", "1, 2", "every 2nd".
    """
    schedule = activity_schedule(plan)
    lines = _visit_lines(plan)
    given: list[tuple[Cell, ...]] = [
        (line.title, *(_given(line) if line is each else None for each in lines)) for line in plan.treatments()
    ]
    title = said(
        "{study} {version}, schedule of activities: {arm}",
        study=Code(plan.study),
        version=Code(plan.version),
        arm=own_words(plan.arm_title),
    )
    heads = (
        text_of(said("{visit} ({timings})", visit=own_words(each.title), timings=Quoted(each.words, "en")))
        for each in schedule.visits
    )
    return Table(
        text_of(title),
        (text_of(said("activity")), *heads),
        (*given, *((activity, *cells) for activity, cells in schedule.rows)),
    )


def activity_schedule(plan: Plan) -> ActivitySchedule:
    """The same in its parts, for a sheet where the timings are notes below the table."""
    lines = _visit_lines(plan)
    activities = _in_protocol_order([[each.shown for each in line.activities] for line in lines])
    return ActivitySchedule(
        study=plan.study,
        version=plan.version,
        arm_title=plan.arm_title,
        visits=tuple(VisitTiming(line.title, _timings(line), _cited(_clauses(line))) for line in lines),
        treatments=tuple(
            Treatment(line.title, _given(line), _cited(give.clause for give in line.gives))
            for line in plan.treatments()
        ),
        rows=tuple((activity, tuple(_occurrences(line, activity) for line in lines)) for activity in activities),
    )


def _visit_lines(plan: Plan) -> list[Timeline]:
    return [line for line in plan.timelines.values() if line.role is not Role.DATE]


def _clauses(line: Timeline) -> Iterator[Clause]:
    for timing in (*line.numbered.values(), *line.pieces, line.then, line.last):
        if timing is not None:
            yield timing.clause
    yield from (limit.clause for limit in line.counts)
    yield from (limit.clause for limit in line.limits_by_date)
    yield from (each.clause for each in (*line.only_if_of.values(), line.only_if) if each is not None)


def _cited(clauses: Iterable[Clause]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for clause in clauses for name in clause.assumptions))


def _timings(line: Timeline) -> str:
    """All timings of a visit, as the protocol writes them."""
    if line.single and line.numbered:
        timings = [_words(timing) for timing in line.numbered.values()]
    else:
        timings = [f"{number}: {_words(timing)}" for number, timing in sorted(line.numbered.items())]
    timings += [_words(piece) for piece in line.pieces]
    if line.then is not None:
        timings.append(f"then: {_words(line.then)}" if timings or line.last else _words(line.then))
    if line.last is not None:
        timings.append(f"last: {_words(line.last)}")
    limits = [limit.clause.text for limit in line.counts] + [limit.clause.text for limit in line.limits_by_date]
    until = [f"until {' or '.join(_without_citation(text) for text in limits)}"] if limits else []
    return "; ".join((*timings, *until, *_only_ifs(line)))


def _only_ifs(line: Timeline) -> Iterator[str]:
    """What it hangs on, or what single numbers of it do."""
    for number, only_if in sorted(line.only_if_of.items()):
        yield f"{number}: {_without_citation(only_if.clause.text)}"
    if line.only_if is not None:
        then = "then: " if line.only_if_of else ""
        yield f"{then}{_without_citation(line.only_if.clause.text)}"


def _words(timing: Timing) -> str:
    return _without_citation(timing.clause.text)


def _without_citation(text: str) -> str:
    """The sentence without the sources and assumptions that close it: they are for the protocol's reader."""
    if text.endswith(")") and "(" in text:
        return text[: text.rindex("(")].rstrip()
    return text


def _given(line: Timeline) -> str:
    """What is given: the dose levels or the sentence, by drug where there are several."""
    parts = []
    several = len({give.name for give in line.gives}) > 1
    for give in line.gives:
        words = _without_citation(give.clause.text)
        if line.ladder is not None and give.amount is None:
            words = f"{line.ladder.amount_in_short(line.ladder.start)} {words}"
        bands = "; ".join(_without_citation(band.clause.text) for band in give.calculation.bands)
        words = f"{words} ({bands})" if bands else words
        parts.append(f"{give.name} {words}" if several else words)
    return "; ".join(parts) or DONE


def _occurrences(line: Timeline, activity: str) -> str | None:
    """At which occurrences of a visit an activity is done; None where it never is."""
    own = [each for each in line.activities if each.shown == activity]
    if not own:
        return None
    if all(each.apart is None for each in own) and (line.single or any(each.selection == EVERY for each in own)):
        return DONE
    return text_of(listed(*(_when_done(line, each) for each in own), how=COMMAS))


def _when_done(line: Timeline, activity: Activity) -> Value:
    """At which numbers, and on which days where these are not the visit's own."""
    which = Code(DONE) if line.single or activity.selection == EVERY else _in_words(activity.selection)
    if activity.apart is None:
        return which
    return said("{which} ({days})", which=which, days=Quoted(activity.apart.words, "en"))


def _in_words(selection: Selection) -> Value:
    numbers = Code(", ".join(str(number) for number in selection.listed))
    if selection.every is None:
        return numbers
    every = _every(selection.every)
    return said("{numbers}, then {every}", numbers=numbers, every=every) if selection.listed else every


def _every(number: int) -> Said:
    match number:
        case 1:
            return said_as("which occurrences", "every")
        case 2:
            return said_as("which occurrences", "every 2nd")
        case 3:
            return said_as("which occurrences", "every 3rd")
        case _ if ordinal(number).endswith("th"):
            return said_as("which occurrences", "every {number}th", number=number)
        case _:
            return said_as("which occurrences", "every {ordinal}", ordinal=_told(number))


def _told(number: int) -> Name:
    return Name((("en", ordinal(number)), ("zh", str(number))))


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _in_protocol_order(lists: Iterable[list[str]]) -> list[str]:
    """All activities once, so that each list keeps its order: every visit has its part of the protocol's one order."""
    ordered: list[str] = []
    remaining = [list(dict.fromkeys(each)) for each in lists]
    while any(remaining):
        heads = [each[0] for each in remaining if each]
        # An activity that stands behind another somewhere has to wait for it; where lists disagree, the first list wins.
        free = [head for head in heads if not any(head in each[1:] for each in remaining)]
        following = (free or heads)[0]
        ordered.append(following)
        remaining = [[text for text in each if text != following] for each in remaining]
    return ordered
