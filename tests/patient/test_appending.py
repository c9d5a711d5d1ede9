from __future__ import annotations

import random
import sys
from dataclasses import replace
from itertools import permutations
from types import FrameType

import pytest

from scheduler.errors import Refused
from scheduler.findings import Place
from scheduler.patient.appending import append, build_log, review
from scheduler.patient.events import Event
from scheduler.patient.log import Log, log_of
from tests.patient.plans import events, study

HOLD = """
2026-02-27 randomised, arm: experimental
2026-03-02 given, treatment: infusion, n: 1
2026-03-16 held, treatment: infusion, reason: fever
"""


def codes(refused: Refused) -> list[tuple[str, tuple[int, ...]]]:
    return [(finding.code, finding.events) for finding in refused.findings]


def test_an_event_is_appended() -> None:
    log = build_log(study(), events(HOLD))
    (resumed,) = events("2026-03-20 resumed, treatment: infusion")
    assert append(study(), log, resumed) == log_of([*events(HOLD), resumed])


def test_an_event_that_contradicts_the_log_is_refused_with_the_number_it_would_have() -> None:
    log = build_log(study(), events(HOLD))
    (again,) = events("2026-03-03 given, treatment: infusion, n: 1")
    with pytest.raises(Refused) as refused:
        append(study(), log, again)
    assert codes(refused.value) == [("given-twice", (2, 4))]


def test_an_earlier_fact_that_would_contradict_a_later_one_is_refused() -> None:
    log = build_log(study(), events(HOLD))
    (corrected,) = events(
        "2026-03-16 corrected, number: 1, reason: a, with: {on: 2026-03-03, event: randomised, arm: experimental}"
    )
    with pytest.raises(Refused) as refused:
        append(study(), log, corrected)
    assert codes(refused.value) == [("before-randomisation", (1, 2, 4))]


def test_striking_what_others_rest_on_is_refused() -> None:
    log = build_log(study(), events(HOLD + "2026-03-20 resumed, treatment: infusion\n"))
    (struck,) = events("2026-03-21 struck, number: 3, reason: another patient")
    with pytest.raises(Refused) as refused:
        append(study(), log, struck)
    assert codes(refused.value) == [("nothing-to-resume", (4,))]


def test_a_log_that_contradicts_itself_still_takes_what_puts_it_right() -> None:
    wrong = log_of(
        events("""
            2026-02-27 randomised, arm: control
            2026-03-20 died
            2026-03-20 died
            2026-03-21 given, treatment: infusion, n: 1
        """)
    )
    first, second = events("""
        2026-03-22 struck, number: 3, reason: recorded twice
        2026-03-22 struck, number: 4, reason: another patient
    """)
    assert review(study(), append(study(), append(study(), wrong, first), second)) == ()


SKIN = "2026-03-10 adverse event, ae: 1, term: {}, grade: {}\n"


@pytest.mark.parametrize("term", ["Palmar-plantar erythrodysesthesia syndrome", "HFS"])
def test_a_grade_that_the_term_has_not_is_refused_by_every_name_of_the_term(term: str) -> None:
    (worse,) = events(SKIN.format(term, 4))
    with pytest.raises(Refused) as refused:
        append(study(), build_log(study(), events(HOLD)), worse)
    assert [(finding.code, finding.hint) for finding in refused.value.findings] == [
        ("no-such-grade", "its grades are 1, 2, 3; a worse event has another term")
    ]


def test_a_grade_that_the_term_has_not_is_refused_as_a_later_grade_and_as_a_correction() -> None:
    log = build_log(study(), events(HOLD + SKIN.format("HFS", 3)))
    for said in (
        "regraded, ae: 1, grade: 4",
        "corrected, number: 4, reason: a, with: {on: 2026-03-10, event: adverse event, ae: 1, term: HFS, grade: 5}",
    ):
        (worse,) = events(f"2026-03-20 {said}")
        with pytest.raises(Refused) as refused:
            append(study(), log, worse)
        assert [finding.code for finding in refused.value.findings] == ["no-such-grade"]


def test_an_old_log_with_such_a_grade_is_replayed_and_takes_further_events() -> None:
    log = build_log(study(), events(HOLD + SKIN.format("HFS", 4)))
    (better,) = events("2026-03-20 regraded, ae: 1, grade: 2")
    assert append(study(), log, better) == log_of([*events(HOLD + SKIN.format("HFS", 4)), better])


FACTS = """
2026-02-27 randomised, arm: experimental
2026-03-02 given, treatment: infusion, n: 1
2026-03-16 adverse event, ae: 1, term: Rash, grade: 2
2026-03-16 held, treatment: infusion, reason: AE 1
2026-03-16 resumed, treatment: infusion
"""
TWICE = FACTS + "2026-03-02 given, treatment: infusion, n: 1\n2026-03-15 resumed, treatment: infusion\n"


def test_the_order_of_recording_does_not_matter() -> None:
    for order in permutations(events(FACTS)):
        assert build_log(study(), order) == log_of(order)


def test_a_contradiction_is_found_in_any_order_of_recording() -> None:
    shuffled = list(events(TWICE))
    for seed in range(50):
        random.Random(seed).shuffle(shuffled)
        with pytest.raises(Refused) as refused:
            build_log(study(), shuffled)
        assert sorted(code for code, _ in codes(refused.value)) == ["given-twice", "nothing-to-resume"]


def test_all_contradictions_are_found_at_once_each_at_its_last_event() -> None:
    places = [Place("case.yaml", line, 5) for line in range(4, 11)]
    with pytest.raises(Refused) as refused:
        build_log(study(), events(TWICE), places=places)
    assert [str(finding) for finding in refused.value.findings] == [
        "case.yaml:9:5: error: 'infusion' 1 was given twice: on 2026-03-02 (event 2) and on 2026-03-02 (event 6) "
        "(correct or strike one of them) [given-twice]",
        "case.yaml:10:5: error: 'infusion' is resumed on 2026-03-15 (event 7), but it was not held "
        "(record 'held' first; see the dates) [nothing-to-resume]",
    ]


def test_an_empty_log_says_nothing() -> None:
    assert build_log(study(), []) == Log()


MOVED = """
2026-02-27 randomised, arm: experimental
2026-03-16 dose changed, treatment: tablets, level: -1, dose: 40 mg
2026-04-01 moved to version, version: '2.0'
2026-04-02 dose changed, treatment: tablets, level: -1, dose: 60 mg
2026-04-03 dose changed, treatment: tablets, level: -2, dose: 40 mg
"""


def test_an_order_is_judged_by_the_version_in_force_that_day() -> None:
    amended = study("2.0", "80, 60, 40")
    assert len(build_log(study(), events(MOVED), versions=[study(), amended])) == 5
    early = MOVED.replace("2026-04-03", "2026-03-31")
    with pytest.raises(Refused) as refused:
        build_log(study(), events(early), versions=[amended])
    assert codes(refused.value) == [("unknown-level", (5,))]


def test_a_study_with_one_arm_needs_no_randomisation() -> None:
    only = replace(study(), arms={"control": study().arms["control"]})
    story = "2026-03-02 cycle started, treatment: tablets, cycle: 1\n2026-03-16 dose changed, treatment: tablets, "
    assert len(build_log(only, events(story + "level: -1, dose: 80 mg"))) == 2
    with pytest.raises(Refused) as refused:
        build_log(only, events(story + "level: -1, dose: 40 mg"))
    assert codes(refused.value) == [("dose-disagrees", (2,))]


def _long(cycles: int) -> list[Event]:
    lines = ["2026-01-01 randomised, arm: experimental"]
    for n in range(1, cycles + 1):
        lines.append(f"2026-02-01 cycle started, treatment: tablets, cycle: {n}")
        lines.append(f"2026-02-01 given, treatment: infusion, n: {n}")
        lines.append(f"2026-02-01 visit done, entry: imaging.{n}")
        lines.append(f"2026-02-01 adverse event, ae: {n}, term: Rash, grade: 2, related: [tablets]")
        lines.append("2026-02-01 held, treatment: tablets, reason: fever")
        lines.append("2026-02-01 resumed, treatment: tablets")
        lines.append(
            f"2026-02-01 corrected, number: {8 * n - 6}, reason: a, with: "
            f"{{on: 2026-02-02, event: cycle started, treatment: tablets, cycle: {n}}}"
        )
        lines.append("2026-02-01 unscheduled visit, activities: [ECG]")
    return list(events("\n".join(lines)))


def test_checking_a_log_takes_work_in_proportion_to_its_length() -> None:
    def calls(cycles: int) -> int:
        told = _long(cycles)
        counted = 0

        def count(frame: FrameType, what: str, argument: object) -> None:
            nonlocal counted
            counted += what == "call"

        sys.setprofile(count)
        try:
            build_log(study(), told)
        finally:
            sys.setprofile(None)
        return counted

    calls(1)
    # 65 and 1025 events: sixteen times as many, and no more than sixteen times the work.
    assert calls(128) < 16 * calls(8)
