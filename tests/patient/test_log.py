from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.patient.events import AdverseEvent, Corrected, Event, Progressed, Struck
from scheduler.patient.log import Log, in_force, log_of, withdrawn
from tests.patient.plans import events

DAY = date(2026, 3, 16)


def adverse(grade: int) -> AdverseEvent:
    return AdverseEvent(on=DAY, ae=1, term="Rash", grade=grade)


def to(number: int, grade: int) -> Corrected:
    return Corrected(on=DAY, number=number, with_=adverse(grade), reason="misread")


def strike(number: int) -> Struck:
    return Struck(on=DAY, number=number, reason="another patient")


# What is recorded after event 1, a rash of grade 1; the grade in force and its numbers; the grades withdrawn and by what.
TABLE: dict[str, tuple[list[Event], tuple[int, tuple[int, ...]] | None, list[tuple[int, tuple[int, ...]]]]] = {
    "nothing": ([], (1, (1,)), []),
    "corrected": ([to(1, 2)], (2, (1, 2)), [(1, (2,))]),
    "struck": ([strike(1)], None, [(1, (2,))]),
    "the correction corrected": ([to(1, 2), to(2, 3)], (3, (1, 2, 3)), [(1, (2, 3)), (2, (3,))]),
    "corrected a second time": ([to(1, 2), to(1, 3)], (3, (1, 2, 3)), [(1, (2, 3)), (2, (3,))]),
    "the correction struck": ([to(1, 2), strike(2)], (1, (1, 2, 3)), [(2, (3,))]),
    "corrected, then struck as a whole": ([to(1, 2), strike(1)], None, [(1, (2, 3)), (2, (3,))]),
    "the strike struck": ([strike(1), strike(2)], (1, (1, 2, 3)), []),
    "struck, restored, struck": ([strike(1), strike(2), strike(3)], None, [(1, (2, 3, 4))]),
    "the second correction struck": ([to(1, 2), to(1, 3), strike(3)], (2, (1, 2, 3, 4)), [(1, (2, 3, 4)), (3, (2, 4))]),
    "the strike of a correction struck": ([to(1, 2), strike(2), strike(3)], (2, (1, 2, 3, 4)), [(1, (2, 3, 4))]),
    "restored, then corrected": ([strike(1), strike(2), to(1, 4)], (4, (1, 2, 3, 4)), [(1, (2, 3, 4))]),
    "a correction of what is not there": ([to(9, 2)], (1, (1,)), []),
}


@pytest.mark.parametrize(("later", "standing", "gone"), TABLE.values(), ids=TABLE)
def test_what_stands_after_corrections_and_strikes(
    later: list[Event], standing: tuple[int, tuple[int, ...]] | None, gone: list[tuple[int, tuple[int, ...]]]
) -> None:
    log = log_of([adverse(1), *later])
    facts = [(fact.event, fact.numbers) for fact in in_force(log)]
    assert facts == ([(adverse(standing[0]), standing[1])] if standing else [])
    bodies = [(body.event, body.by, body.number) for body in withdrawn(log)]
    assert sorted(bodies, key=str) == sorted([(adverse(grade), by, 1) for grade, by in gone], key=str)


def test_events_count_by_date_then_time_then_number() -> None:
    log = log_of(
        events("""
            2026-03-17 progressed
            2026-03-16 surgery, at: 10:00
            2026-03-16 pregnancy, at: 09:00
            2026-03-16 screened
            2026-03-15 consented
            2026-03-16 screen failed
        """)
    )
    assert [fact.number for fact in in_force(log)] == [5, 4, 6, 3, 2, 1]


def test_the_time_of_a_booking_is_the_appointments() -> None:
    log = log_of(
        events("""
            2026-03-16 booked, entry: imaging.1, to: 2026-04-20, at: 15:00
            2026-03-16 screened, at: 08:00
            2026-03-16 rebooked, entry: imaging.1, to: 2026-04-21, at: 07:00
        """)
    )
    assert [fact.number for fact in in_force(log)] == [1, 3, 2]


def test_a_correction_keeps_the_place_of_what_it_corrects() -> None:
    log = log_of(
        events("""
            2026-03-16 progressed
            2026-03-16 surgery
            2026-03-18 corrected, number: 1, reason: misread, with: {on: 2026-03-16, event: pregnancy}
        """)
    )
    assert [(fact.event.event, fact.number) for fact in in_force(log)] == [("pregnancy", 1), ("surgery", 2)]


def test_a_correction_may_move_an_event_to_another_day() -> None:
    log = log_of(
        events("""
            2026-03-16 progressed
            2026-03-17 surgery
            2026-03-19 corrected, number: 1, reason: misread, with: {on: 2026-03-18, event: progressed}
        """)
    )
    assert [(fact.event.event, fact.number) for fact in in_force(log)] == [("surgery", 2), ("progressed", 1)]
    assert [(body.event.on, body.by) for body in withdrawn(log)] == [(date(2026, 3, 16), (3,))]


def test_a_log_can_be_cut_off_earlier() -> None:
    log = log_of([adverse(1), to(1, 2), strike(1)])
    assert log.until(2) == log_of([adverse(1), to(1, 2)])
    assert log.until(0) == Log()
    assert (len(log), log.length, Log().length) == (3, 3, 0)


def test_a_log_without_an_event_keeps_the_other_numbers() -> None:
    log = log_of([adverse(1), Progressed(on=DAY), strike(2)]).without(2)
    assert [record.number for record in log.records] == [1, 3]
    assert [fact.number for fact in in_force(log)] == [1]
    assert log.append_unchecked(Progressed(on=DAY)).length == 4


def test_a_record_is_found_by_its_number() -> None:
    log = log_of([adverse(1), to(1, 2)]).without(1)
    assert log.record(1) is None
    assert log.record(2) == log.records[0]


def test_equal_logs_have_one_digest() -> None:
    log = log_of([Progressed(on=DAY), strike(1)])
    assert log.digest == log_of([Progressed(on=DAY), strike(1)]).digest
    written = (
        '1 {"event":"progressed","on":"2026-03-16"}\n'
        '2 {"event":"struck","number":1,"on":"2026-03-16","reason":"another patient"}\n'
    )
    assert log.digest == hashlib.sha256(written.encode()).hexdigest()
    assert len({log.digest, log.until(1).digest, log.without(1).digest, Log().digest}) == 4


AMENDMENTS = st.lists(st.tuples(st.booleans(), st.integers(1, 8)), max_size=8)


@given(AMENDMENTS, st.integers(1, 11))
def test_what_does_not_cite_an_event_does_not_depend_on_it(amendments: list[tuple[bool, int]], deleted: int) -> None:
    later = [
        to(target, 1 + index % 5) if corrects else strike(target) for index, (corrects, target) in enumerate(amendments)
    ]
    log = log_of([Progressed(on=DAY), adverse(1), AdverseEvent(on=DAY, ae=2, term="Fever", grade=1), *later])
    shorter = {fact.number: fact.event for fact in in_force(log.without(deleted))}
    for fact in in_force(log):
        if deleted not in fact.numbers:
            assert shorter[fact.number] == fact.event
    cited = {body.number for body in withdrawn(log) if deleted in body.by}
    standing = {fact.number for fact in in_force(log)}
    assert set(shorter) <= standing | cited
