"""What a hold waits for by the rules that asked for it, days and recovery, and whether a resume waited for it.

A hold is what a proposal was answered by: a decision or an order. Dosing goes on when all holds of the treatment have ended. What
only a person can see ("controlled") is told while the hold lasts and never judged afterwards. A resume on the last day of the
time that a rule names, counted from the first day not dosed or from the finding where that came later, is in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, cast

from scheduler.dates import Day, add_span
from scheduler.patient.course import Hold
from scheduler.patient.dose_rules.answers import Answer
from scheduler.patient.dose_rules.facts.names import test_key
from scheduler.patient.dose_rules.facts.recovery import is_recovered
from scheduler.patient.dose_rules.facts.recovery_time import down_after, last_days_in_time, recovered_by
from scheduler.patient.dose_rules.facts.values import Measurement
from scheduler.patient.dose_rules.firing.happenings import operated_on
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.options import Option, lead
from scheduler.patient.dose_rules.so_far.reading import Reading
from scheduler.patient.dose_rules.so_far.rows import is_named
from scheduler.patient.events import AdverseEvent, Decided, Measured, OfAdverseEvent, WoundHealed
from scheduler.patient.log import Fact
from scheduler.protocol.plan.actions import Action, Recovery
from scheduler.protocol.plan.rules import GradeIs, values_in
from scheduler.said import COMMAS, Code, Quoted, Said, Text, Value, counted, listed, said, text_of

_TENTH = Decimal("0.1")
_ALWAYS = date.max.toordinal()


class Awaited(NamedTuple):
    """What a rule asks of a hold before dosing goes on, and how that stands on the day of the resume, or now.

    ``earliest`` is the first day on which a resume is late enough, None where the rule names no time. ``not_yet`` is what has
    not recovered, in words; ``for_a_person`` is what only somebody can see. ``resumed`` is the day on which dosing went on, None
    while it has not; ``facts`` are what says so, the finding first. ``mended``: what a resume did not wait for has come since,
    or dosing was held again. ``level`` says at which level dosing goes on where that depends on how long the recovery takes.
    """

    earliest: Day | None
    not_yet: tuple[str, ...]
    for_a_person: str | None
    resumed: Day | None
    facts: tuple[Fact, ...]
    mended: bool = False
    level: str | None = None

    @property
    def days_short(self) -> int:
        """How many days too soon the resume came; 0 where it came in time."""
        return max(0, self.earliest - self.resumed) if self.earliest is not None and self.resumed is not None else 0


def awaited_by(history: History, reading: Reading, options: tuple[Option, ...], answer: Answer) -> Awaited | None:
    """What the hold that answered a proposal waits for; None where it was answered otherwise, or the treatment is over."""
    action, hold = _asked(reading, options, answer), _hold(history, reading, answer)
    if action is None or hold is None:
        return None
    last = _last_of(history, reading.rule.treatment, hold)
    if last.end is None and history.ended_by(reading.rule.treatment, _ALWAYS) is not None:
        return None
    since = max(hold.start, reading.day)
    earliest = add_span(since, action.at_least) if action.at_least is not None else None
    looked = _look(history, reading, action.recovery, last.end if last.end is not None else _ALWAYS)
    facts = (reading.trigger, *hold.facts, *last.facts, *looked.facts)
    mended = last.end is not None and _is_mended(history, reading, action.recovery, earliest, last)
    level = _level_of_resume(history, reading, action)
    return Awaited(earliest, looked.not_yet, looked.for_a_person, last.end, tuple(dict.fromkeys(facts)), mended, level)


def _level_of_resume(history: History, reading: Reading, action: Action) -> Text | None:
    if not (times := last_days_in_time(action, reading.trigger)):
        return None
    rule, trigger = reading.rule, reading.trigger
    recovered = recovered_by(history.plan, history.course, rule, action.recovery, trigger, _ALWAYS)
    if recovered is not None:
        down = down_after(action, trigger, recovered.day)
        what = said("treatment is to end") if down is None else said("dosing goes on {level}", level=_lower(down))
        return text_of(said("it has recovered by {day}: {what}", day=Code(f"{recovered.event.on}"), what=what))
    (last, down), *more = times
    first = said("{level} if it has recovered by {day}", level=_lower(down), day=Code(f"{date.fromordinal(last)}"))
    later = [said("{level} by {day}", level=_lower(each), day=Code(f"{date.fromordinal(day)}")) for day, each in more]
    in_time = listed(first, *later, how=COMMAS)
    if action.ends_if_later:
        return text_of(said("dosing goes on {in_time}, and ends if it recovers later", in_time=in_time))
    late = _lower(action.down_if_later)
    return text_of(said("dosing goes on {in_time}, {late} if it recovers later", in_time=in_time, late=late))


def _lower(levels: int) -> Said:
    return said("at the same level") if levels == 0 else counted("{n} level lower", "{n} levels lower", levels)


def _is_mended(history: History, reading: Reading, recovery: Recovery | None, earliest: Day | None, hold: Hold) -> bool:
    if any(later.start >= (hold.end or 0) for later in history.course.holds.get(reading.rule.treatment, ())):
        return True
    come = earliest is None or history.reached_on(earliest) is not None
    return come and not _look(history, reading, recovery, _ALWAYS).not_yet


def _asked(reading: Reading, options: tuple[Option, ...], answer: Answer) -> Action | None:
    """The action whose conditions count: the one that was chosen, where it names any, else the rule's own."""
    own = lead(options).action
    by = answer.fact.event
    chosen = answer.action if isinstance(by, Decided) and by.proposal == reading.id else None
    actions = [action for action in (chosen, own) if action is not None and action.hold]
    return next((action for action in actions if action.recovery is not None), None)


def _hold(history: History, reading: Reading, answer: Answer) -> Hold | None:
    """The hold that an answer began, or ended."""
    holds = history.course.holds.get(reading.rule.treatment, ())
    return next((hold for hold in holds if not hold.discontinued and {*hold.facts} & {*answer.facts}), None)


def _last_of(history: History, treatment: str, hold: Hold) -> Hold:
    """The hold after whose end dosing goes on: the last of those that follow each other without a day between."""
    for other in sorted(history.course.holds.get(treatment, ()), key=lambda each: each.start):
        if hold.end is not None and other.start <= hold.end and (other.end is None or other.end > hold.end):
            hold = other
    return hold


class _Looked(NamedTuple):
    not_yet: tuple[str, ...] = ()
    for_a_person: str | None = None
    facts: tuple[Fact, ...] = ()


def _look(history: History, reading: Reading, recovery: Recovery | None, day: Day) -> _Looked:
    """How far something has recovered by a day, that day included."""
    if recovery is None:
        return _Looked()
    if recovery.healed:
        return _look_at_the_wound(history, reading, day)
    if recovery.grade is None and recovery.times is None:
        what, asked = Quoted(_what(history, reading)), Quoted(recovery.words, "en")
        seen = said("{what} must be {recovery}, which somebody has to see", what=what, recovery=asked)
        return _Looked(for_a_person=text_of(seen))
    if isinstance(reading.trigger.event, Measured):
        values = [
            found for found in _values(history, reading, day) if not is_recovered(history.values, found, recovery)
        ]
        words = (
            said(
                "{value}, a resume asks for {recovery}",
                value=_value_in_words(history, found, recovery),
                recovery=Quoted(recovery.words, "en"),
            )
            for found in values
        )
        return _Looked(
            tuple(map(text_of, dict.fromkeys(words))), None, tuple(dict.fromkeys(found.fact for found in values))
        )
    return _look_at_grade(history, reading, recovery, day)


def _look_at_the_wound(history: History, reading: Reading, day: Day) -> _Looked:
    """Healed once somebody recorded it after the operation. Before a planned operation there is no wound."""
    operated = operated_on(reading.trigger)
    healed = [fact for fact in history.course.of(WoundHealed) if operated <= fact.day <= day]
    if healed:
        return _Looked(facts=tuple(healed[:1]))
    day_of_it = Code(f"{date.fromordinal(operated)}")
    return _Looked((text_of(said("no 'wound healed' is recorded since {day}", day=day_of_it)),))


def _look_at_grade(history: History, reading: Reading, recovery: Recovery, day: Day) -> _Looked:
    words: list[str] = []
    facts: list[Fact] = []
    for term, steps in history.grades(reading.rule.related_to, reading.rule.attributed).items():
        past = [step for step in steps if step.day <= day]
        triggered = any(step.fact is reading.trigger for step in steps)
        about = triggered or (not _has_grade(reading.trigger) and _is_about(reading, term))
        if about and past and past[-1].grade > (recovery.grade or 0):
            told = said(
                "{event} is grade {grade}, a resume asks for {recovery}",
                event=Quoted(_what(history, reading) if triggered else term),
                grade=past[-1].grade,
                recovery=Quoted(recovery.words, "en"),
            )
            words.append(text_of(told))
            facts.append(past[-1].fact)
    return _Looked(tuple(words), None, tuple(facts))


def _has_grade(trigger: Fact) -> bool:
    return isinstance(trigger.event, AdverseEvent | OfAdverseEvent)


def _is_about(reading: Reading, term: str) -> bool:
    asked = (condition for condition in reading.rule.conditions if isinstance(condition, GradeIs))
    return any(is_named(reading.rule, condition, term) for condition in asked)


def _values(history: History, reading: Reading, day: Day) -> Iterator[Measurement]:
    """The last value of each test of the rule up to a day; what was never measured has nothing to recover from."""
    tests = [
        test_key(test)
        for condition in reading.rule.conditions
        for value in values_in(condition)
        if not value.at_baseline
        for test in value.tests
    ]
    for test in dict.fromkeys(tests):
        past = [measured for measured in history.values.by_test.get(test, ()) if measured.day <= day]
        yield from past[-1:]


def _value_in_words(history: History, measured: Measurement, recovery: Recovery) -> Value:
    """ALT 250 U/L is 6.3 x upper limit."""
    event = cast(Measured, measured.fact.event)
    told = said("{test} {amount}", test=Quoted(event.test), amount=Quoted(str(event.amount), "en"))
    also = recovery.also.basis if recovery.also is not None else None
    basis = also if also is not None and also.is_change else recovery.basis
    unit = recovery.also.unit if recovery.also is not None and basis is also else recovery.unit
    if recovery.times is None or basis is None or (unit is not None and not basis.is_change):
        return told
    number = history.values.multiple(measured, basis, unit).number
    if number is None:
        return told
    rounded = number.quantize(_TENTH, ROUND_HALF_UP)
    return said("{value} is {number} {of}", value=told, number=rounded, of=Quoted(basis.of(unit), "en"))


def _what(history: History, reading: Reading) -> str:
    """What it is about: the adverse event as it was recorded, else the table's title."""
    event = reading.trigger.event
    if isinstance(event, AdverseEvent):
        return event.term
    if isinstance(event, OfAdverseEvent):
        recorded = (fact.event for fact in history.graded if isinstance(fact.event, AdverseEvent))
        return next((each.term for each in recorded if each.ae == event.ae), reading.rule.title)
    return reading.rule.title
