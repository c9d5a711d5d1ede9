"""Stories of recording: a patient so far, what somebody types, and what is asked before it is recorded."""

from __future__ import annotations

from datetime import date

from scheduler.asking import Question, ask, questions_open
from scheduler.patient.events import Event
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from tests.dosing.story import told as log_told
from tests.seed import VERSION, shanghai

CONTROL = """
    2026-02-27 randomised, arm: control
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1""".strip()
EXPERIMENTAL = """
    2026-02-27 randomised, arm: experimental
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-02 given, treatment: toripalimab, n: 1""".strip()


def event(line: str) -> Event:
    """One event: "2026-03-16 held, treatment: regorafenib"."""
    return log_told(line).records[0].event


def asked(
    story: str, *lines: str, today: str = "2026-05-21", version: StudyVersion = VERSION, site: Site | None = None
) -> tuple[Question, ...]:
    """What is asked before these lines are recorded after that story."""
    log = log_told(story) if story.strip() else Log()
    events = [event(line) for line in lines]
    return ask(version, site or shanghai(), log, events, today=date.fromisoformat(today))


def codes(questions: tuple[Question, ...]) -> list[tuple[str, str, str]]:
    """How strongly, with which code, about which field."""
    return [(each.strength.value, each.code, each.path) for each in questions]


def stands(story: str, line: str, today: str = "2026-05-21") -> Log:
    """The log with the line, which carries its reason: nothing is open any more, and something was asked."""
    questions = asked(story, line, today=today)
    assert [each.code for each in questions if each.reason is not None], "nothing was asked"
    assert questions_open(questions) == ()
    return log_told(f"{story}\n{line}")
