"""Asking about events before they are recorded: each by itself, after those before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from scheduler.asking.answering import answer_of, reason_of
from scheduler.asking.candidate import Candidate, Told, candidate_of, cited
from scheduler.asking.contradictions import contradicted
from scheduler.asking.question import Question, Strength
from scheduler.asking.rule import Rule
from scheduler.asking.rules import RULES
from scheduler.asking.standing import Standing
from scheduler.patient.events import Corrected, Event
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site

_ORDER = {Strength.REFUSED: 0, Strength.ASKED: 1, Strength.SAID: 2}


def ask(version: StudyVersion, site: Site, log: Log, events: Sequence[Event], *, today: date) -> tuple[Question, ...]:
    """All that is to be asked before these events are recorded at the end of this log, in the order of the events.

    ``version`` is the protocol version that the patient started under, with its ``others``. ``today`` is the civil date at the
    site. What carries its reason already is in the list too, with the reason: so the list is the same before and after it is
    answered. A correction is asked only about what the record that it corrects did not say already.
    """
    found: list[Question] = []
    known = Standing(version, site, log, today)
    for index, event in enumerate(events):
        candidate = candidate_of(version, site, log, event, today, known)
        found += _of_event(version, log, event, candidate, index)
        # With a reason beside it the event is another one, and the patient may stand otherwise.
        if candidate is not None and candidate.written == event:
            known = candidate.standing_after
        else:
            known = Standing(version, site, log.append_unchecked(event), today)
        log = known.log
    return tuple(found)


def _of_event(version: StudyVersion, log: Log, event: Event, candidate: Candidate | None, index: int) -> list[Question]:
    questions = list(contradicted(version, log, event, index))
    if candidate is not None and not any(each.strength is Strength.REFUSED for each in questions):
        questions += [_question(rule, told, event, index) for rule, told in _new(candidate)]
    return sorted(dict.fromkeys(questions), key=lambda each: _ORDER[each.strength])


def _new(candidate: Candidate) -> Iterator[tuple[Rule, Told]]:
    """What the rules ask, without what they would have asked about the record that is corrected."""
    already = {(rule.code, told.what) for rule, told in _told(candidate.corrected)} if candidate.corrected else set()
    yield from ((rule, told) for rule, told in _told(candidate) if (rule.code, told.what) not in already)


def _told(candidate: Candidate) -> Iterator[tuple[Rule, Told]]:
    for rule in RULES:
        if isinstance(candidate.event, rule.kinds):
            yield from ((rule, told) for told in rule.asks(candidate))


def _question(rule: Rule, told: Told, event: Event, index: int) -> Question:
    field = f"with.{told.field}" if isinstance(event, Corrected) else told.field
    asked = rule.strength is Strength.ASKED
    return Question(
        rule.strength,
        rule.code,
        told.what,
        cited(told.clause),
        told.hint,
        index,
        field,
        answer_of(event) if asked else None,
        reason_of(event) if asked else None,
        told.events,
    )
