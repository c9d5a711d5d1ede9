"""What a person has to look at on a calendar: broken limits, events without effect, attendances without a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, pairwise

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import CANCELLED, DONE, NOT_DONE, PLANNED, Placement, entry_id
from scheduler.calendar.engine.evaluation.restarts import findings_of_restarts
from scheduler.calendar.engine.findings.beyond_progression import goes_on_beyond_progression
from scheduler.calendar.engine.findings.chosen_numbers import not_a_choice
from scheduler.calendar.engine.findings.doses.made_up import fractions_to_make_up
from scheduler.calendar.engine.findings.holding.delays import delayed_too_long
from scheduler.calendar.engine.findings.moves import findings_of_moves
from scheduler.calendar.engine.findings.reopened import findings_of_reopened
from scheduler.calendar.engine.moments.answering import edge_answer
from scheduler.calendar.engine.moments.births import birth_needed
from scheduler.calendar.engine.placing.cancelled.cancelling import transfers_of
from scheduler.calendar.entries.entry import Flag
from scheduler.calendar.entries.spans_in_words import span_in_words
from scheduler.dates import add_span, civil_date
from scheduler.findings import Finding, Severity
from scheduler.protocol.plan.study import Timeline
from scheduler.said import COMMAS, Code, Quoted, Said, listed, said


def findings_of(ev: Evaluation, by_line: Mapping[str, list[Placement]]) -> Iterator[Finding]:
    """Every finding of one calendar, from the occurrences of each timeline."""
    for placement in chain.from_iterable(by_line.values()):
        if placement.findings or placement.flags:
            yield from _of_one(placement)
    yield from _of_planned_dates(ev)
    for line in ev.plan.treatments():
        put = [each for each in by_line[line.name] if each.day is not None and each.standing in _HAPPENING]
        yield from _gap_too_long(line, put)
        yield from delayed_too_long(ev, line, put)
        if line.long_holds:
            yield from findings_of_restarts(ev.course, line, ev.restarts_of(line))
        yield from _starts_too_late(ev, line, put)
        yield from _lasts_too_long(line, put)
        yield from _without_record(ev, line, put)
        yield from _several_on_a_day(line, put)
        yield from fractions_to_make_up(ev, line, put)
        if line.together_with is not None:
            yield from _without_the_other(line.together_with, put, by_line[line.together_with])
    for line in ev.plan.cycles():
        put = [each for each in by_line[line.name] if each.day is not None and each.standing in _HAPPENING]
        yield from _gap_too_long(line, put)
        yield from delayed_too_long(ev, line, put)
    yield from findings_of_reopened(ev, by_line)
    yield from birth_needed(ev)
    yield from not_a_choice(ev)
    yield from goes_on_beyond_progression(ev)
    yield from _delays_without_effect(ev)
    yield from _death_not_recorded(ev)
    for fact in transfers_of(ev):
        message = said(
            "{day}, event {number}: from this day on the open days are those of the new site",
            day=Code(f"{fact.event.on}"),
            number=fact.number,
        )
        yield Finding.of("site-transferred", Severity.NOTE, message, events=fact.numbers)
    if ev.plan.earlier:
        yield from findings_of_moves(ev)


_HAPPENING = (PLANNED, DONE)
_ASKS_FOR_A_DAY = ("booking-void", "no-open-day")


def _of_planned_dates(ev: Evaluation) -> Iterator[Finding]:
    """Of dates that the protocol plans until they are recorded. They are no entries: a finding names none."""
    for line in ev.plan.dates.values():
        placement = ev.placed.get(entry_id(line, line.first_number))
        for finding in placement.findings if placement is not None else ():
            yield replace(finding, entry=None)


def _of_one(placement: Placement) -> Iterator[Finding]:
    for finding in placement.findings:
        # Nobody books another day for what is cancelled.
        if placement.standing is not CANCELLED or finding.code not in _ASKS_FOR_A_DAY:
            yield finding
    if placement.standing is DONE and Flag.OUT_OF_WINDOW in placement.flags:
        yield _warn(
            "out-of-window",
            said("{entry} was done outside its window", entry=Code(placement.id)),
            said("say why in the record"),
            placement,
        )


def _warn(code: str, message: Said, hint: Said, placement: Placement) -> Finding:
    return Finding.of(code, Severity.WARNING, message, hint, entry=placement.id)


def _several_on_a_day(line: Timeline, put: list[Placement]) -> Iterator[Finding]:
    """Doses of one treatment that closed days have put on one day: nobody is given two at once without a word."""
    by_day: dict[int, list[str]] = {}
    for placement in put if line.most_a_day == 1 else ():
        if placement.standing is PLANNED and placement.day is not None:
            by_day.setdefault(placement.day, []).append(placement.id)
    for day, ids in by_day.items():
        if len(ids) > 1:
            message = said(
                "{day} has {ids} doses of {treatment}: {ids_b}",
                day=Code(f"{civil_date(day)}"),
                ids=len(ids),
                treatment=Code(line.name),
                ids_b=listed(*map(Code, ids), how=COMMAS),
            )
            hint = said("book another day, or write in the protocol: not before 1 day after the previous dose")
            yield Finding.of("several-on-a-day", Severity.WARNING, message, hint, entry=ids[1])


def _gap_too_long(line: Timeline, put: list[Placement]) -> Iterator[Finding]:
    limit = line.limits.gap_at_most
    if limit is None:
        return
    for before, after in pairwise(put):
        days = (after.day or 0) - (before.day or 0)
        if (after.day or 0) > add_span(before.day or 0, limit):
            message = said(
                "{days} days lie between {entry} and {entry_b}, more than {limit}",
                days=days,
                entry=Code(before.id),
                entry_b=Code(after.id),
                limit=span_in_words(limit),
            )
            yield _warn("gap-too-long", message, said("the investigator decides whether to go on"), after)


def _starts_too_late(ev: Evaluation, line: Timeline, put: list[Placement]) -> Iterator[Finding]:
    if line.limits.start_by is None or not put:
        return
    limit = edge_answer(ev, line.limits.start_by, line, 0)
    if limit.day is not None and (put[0].day or 0) > limit.day:
        message = said(
            "{treatment} starts after {words}",
            treatment=Code(line.name),
            words=Quoted(line.limits.start_by.words, "en"),
        )
        yield _warn("starts-late", message, said("the protocol's last day to start has passed"), put[0])


def _lasts_too_long(line: Timeline, put: list[Placement]) -> Iterator[Finding]:
    limit = line.limits.finish_within
    if limit is None or len(put) < 2:
        return
    first, last = put[0].day or 0, put[-1].day or 0
    days = last - first + 1
    if last >= add_span(first, limit):
        message = said(
            "{treatment} takes {days} days from first to last, more than {limit}",
            treatment=Code(line.name),
            days=days,
            limit=span_in_words(limit),
        )
        yield _warn("takes-too-long", message, said("the investigator decides whether to go on"), put[-1])


def _without_record(ev: Evaluation, line: Timeline, put: list[Placement]) -> Iterator[Finding]:
    stop = ev.stop(line)
    for placement in put:
        if stop is None or placement.standing is not PLANNED or (placement.day or 0) >= stop.day:
            continue
        message = said("nobody recorded {entry}, and the treatment has ended since", entry=Code(placement.id))
        yield _warn("no-record", message, said("record it as given or as not done"), placement)


def _without_the_other(other: str, put: list[Placement], others: list[Placement]) -> Iterator[Finding]:
    """What goes together with another treatment stays where it is when that one is left out: a person has to look."""
    takes_place = {each.day for each in others if each.standing in _HAPPENING}
    left_out = {each.day: each.id for each in others if each.standing in (NOT_DONE, CANCELLED)}
    for placement in put:
        without = left_out.get(placement.day)
        if placement.standing is PLANNED and without is not None and placement.day not in takes_place:
            message = said(
                "{entry} goes together with {other}, and {without} is not given on that day",
                entry=Code(placement.id),
                other=Code(other),
                without=Code(without),
            )
            hint = said(
                "the investigator decides: give it without {other}, delay it, or record it as not done",
                other=Code(other),
            )
            yield _warn("without-the-other", message, hint, placement)


def _death_not_recorded(ev: Evaluation) -> Iterator[Finding]:
    fact = ev.course.grade_5
    if fact is not None and ev.course.died is None:
        message = said(
            "{day}, event {number}: grade 5 is death, so nothing is planned from the next day on",
            day=Code(f"{fact.event.on}"),
            number=fact.number,
        )
        hint = said("record 'died' with its date, or the grade that the event really has")
        yield Finding.of("death-not-recorded", Severity.WARNING, message, hint, events=fact.numbers)


def _delays_without_effect(ev: Evaluation) -> Iterator[Finding]:
    for fact in ev.course.delays_in_the_past:
        message = said("this delay has no effect: its date had passed when it was made")
        hint = said("give a date that is still to come")
        yield Finding.of("delay-in-the-past", Severity.WARNING, message, hint, None, None, fact.numbers)
