"""Questions as values: their order, their digest, what answers them, and that asking is only at recording."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scheduler.asking import Question, Strength, as_if_answered, ask, digest_of, questions_open
from scheduler.asking.rules import RULES
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.findings import Severity
from scheduler.patient.appending import append, build_log
from scheduler.patient.events import dump_event
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from tests.asking.story import CONTROL, EXPERIMENTAL, asked, codes, event
from tests.dosing.story import told
from tests.seed import VERSION, shanghai

MISSPELT = "2026-03-16 adverse event, ae: 1, term: Pneumonitiss, grade: 3"
TODAY = date(2026, 5, 21)


def test_with_its_reason_it_is_not_open_and_the_list_is_the_same():
    log = told(EXPERIMENTAL)
    bare = asked(EXPERIMENTAL, MISSPELT)
    answered = asked(EXPERIMENTAL, f"{MISSPELT}, confirmed: as the ward wrote it")
    assert [each.reason for each in answered] == ["as the ward wrote it"]
    assert questions_open(bare) == bare
    assert questions_open(answered) == ()
    assert digest_of(bare, log) == digest_of(answered, log)


def test_the_digest_is_over_the_list_and_the_length_of_the_log():
    log = told(EXPERIMENTAL)
    questions = asked(EXPERIMENTAL, MISSPELT)
    seen = digest_of(questions, log)
    assert len(seen) == 64
    assert digest_of(questions, log.append_unchecked(event(MISSPELT))) != seen
    assert digest_of((), log) != seen
    other = asked(EXPERIMENTAL, MISSPELT.replace("grade: 3", "grade: 2"))
    assert digest_of(other, log) != seen


def test_several_events_are_asked_about_in_their_order():
    lines = (
        "2026-03-23 given, treatment: toripalimab, n: 2",
        "2026-03-24 given, treatment: toripalimab, n: 5",
        MISSPELT,
        "2026-03-25 given, treatment: toripalimab, n: 6",
    )
    assert [each.path for each in asked(EXPERIMENTAL, *lines) if each.code in ("number-skips", "unknown-term")] == [
        "1.n",
        "2.term",
    ]


def test_what_cannot_be_comes_before_what_is_asked():
    line = "2026-06-16 adverse event, ae: 1, term: Pneumonitiss, grade: 3"
    assert codes(asked(EXPERIMENTAL, line)) == [
        ("refused", "in-the-future", "0.on"),
        ("asked", "unknown-term", "0.term"),
    ]


def test_an_order_is_answered_by_override_and_a_fact_by_confirmed():
    order = "2026-03-12 dose changed, treatment: regorafenib, level: -5, dose: 10 mg"
    [question] = asked(CONTROL, order)
    assert (question.strength, question.code, question.answer) == (Strength.ASKED, "unknown-level", "override")
    assert questions_open(asked(CONTROL, f"{order}, override: Dr Example insists")) == ()
    [still] = asked(CONTROL, f"{order}, confirmed: the wrong field")
    assert still.is_open


def test_what_only_a_reason_lets_stand_is_asked_and_the_rest_is_refused():
    before = "2026-02-26 given, treatment: toripalimab, n: 1"
    story = "2026-02-27 randomised, arm: experimental"
    assert codes(asked(story, before))[0] == ("asked", "before-randomisation", "0.on")
    again = "2026-03-02 cycle started, treatment: regorafenib, cycle: 1"
    assert codes(asked(CONTROL, again)) == [("refused", "cycle-started-twice", "0.event")]


def test_a_correction_is_asked_about_what_it_says_and_the_record_did_not():
    story = f"{EXPERIMENTAL}\n{MISSPELT}"
    said = "on: 2026-03-16, event: adverse event, ae: 1, term: Pneumonitiss, grade: 3"
    same = f"2026-05-20 corrected, number: 4, reason: grade, with: {{{said}}}"
    assert asked(story, same.replace("grade: 3", "grade: 2")) == ()
    worse = same.replace("Pneumonitiss", "Colitiss")
    assert codes(asked(story, worse)) == [("asked", "unknown-term", "0.with.term")]


def test_a_strike_is_only_held_against_the_log():
    assert asked(EXPERIMENTAL, "2026-05-20 struck, number: 3, reason: not given") == ()
    assert codes(asked(EXPERIMENTAL, "2026-05-20 struck, number: 9, reason: not given")) == [
        ("refused", "no-such-number", "0.event")
    ]


def test_nothing_is_asked_of_a_log_that_exists():
    events = [record.event for record in told(f"{EXPERIMENTAL}\n{MISSPELT}").records]
    assert build_log(VERSION, events).length == 4


def test_a_preview_is_of_the_events_as_they_would_stand():
    log = told("2026-02-27 randomised, arm: experimental")
    events = [event("2026-02-26 given, treatment: toripalimab, n: 1")]
    questions = ask(VERSION, shanghai(), log, events, today=TODAY)
    [standing] = as_if_answered(events, questions)
    assert dump_event(standing) == {**dump_event(events[0]), "confirmed": "asked"}
    assert append(VERSION, log, standing).length == 2


def test_a_question_is_a_finding_for_those_who_show_findings():
    [question] = asked(CONTROL, "2026-03-30 cycle started, treatment: regorafenib, cycle: 3")
    found = question.finding
    assert (found.code, found.severity, found.message) == ("number-skips", Severity.WARNING, str(question.what))
    assert found.hint is not None
    assert found.hint.startswith("the protocol says, line ")


def test_each_question_has_one_code_and_says_what_it_is_about():
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(rule.about and rule.asks.__doc__ for rule in RULES)


@pytest.mark.parametrize("today", ["2026-05-21", "2026-03-16"])
def test_a_synonym_is_said_and_is_not_open(today: str):
    line = "2026-03-16 adverse event, ae: 1, term: hand-foot syndrome, grade: 2"
    [question] = asked(CONTROL, line, today=today)
    assert (question.strength, question.code, question.is_open) == (Strength.SAID, "read-as", False)
    assert str(question.what) == "'hand-foot syndrome' was read as Palmar-plantar erythrodysesthesia syndrome"


CHAIN = (
    "2026-03-16 given, treatment: toripalimab, n: 2",
    "2026-03-20 held, treatment: regorafenib, reason: AE 1",
    "2026-03-24 given, treatment: toripalimab, n: 5, confirmed: the third and fourth were given elsewhere",
    "2026-03-30 cycle started, treatment: regorafenib, cycle: 2, confirmed: she felt well",
    "2026-04-13 given, treatment: toripalimab, n: 6",
)


def test_each_of_several_is_asked_about_as_if_it_came_alone_after_those_before_it():
    """Also where an event has a reason, without which it is asked about and with which it stands."""
    alone: list[Question] = []
    for index, line in enumerate(CHAIN):
        before = "\n".join((EXPERIMENTAL, *CHAIN[:index]))
        alone += [replace(each, index=index) for each in asked(before, line)]
    assert {each.index for each in alone} == {0, 2, 3}
    assert asked(EXPERIMENTAL, *CHAIN) == tuple(alone)


def test_the_calendar_after_an_event_is_the_calendar_before_the_next(monkeypatch: pytest.MonkeyPatch):
    """An import of many events worked each calendar out twice."""
    lengths: list[int] = []

    def counted(version: StudyVersion, site: Site, log: Log) -> Calendar:
        lengths.append(log.length)
        return calendar_of(version, site, log)

    monkeypatch.setattr("scheduler.asking.standing.calendar_of", counted)
    asked(EXPERIMENTAL, *(line for line in CHAIN if "confirmed" not in line))
    assert lengths
    assert len(lengths) == len(set(lengths))
