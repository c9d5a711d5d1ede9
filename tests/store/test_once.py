"""A request that is sent again records nothing more, and what was answered is kept with what it recorded, for a time."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa

from scheduler.errors import Conflict, RecordedAlready, Refused
from scheduler.patient.events import Event
from scheduler.store.checked_recording import enrol, record_events
from scheduler.store.interface import Store
from scheduler.store.values import ANSWERS_KEPT, Addition, Answered, Once
from scheduler.store.verifying import verify
from tests.store.sample import CONSENT, NURSE, RANDOMISED, STUDY, at, event, medicine, patient

ELSEWHERE = event("2026-03-01", "site transferred", site="Nowhere")


def once(key: str, account: str = NURSE.id) -> Once:
    """A request by that name."""
    return Once(account, key, f"what {key} asks", lambda records: f"{len(records)} recorded")


def rows(url: str) -> int:
    """How many answers the database holds."""
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        number: int = connection.exec_driver_sql("SELECT count(*) FROM answers").scalar_one()
    engine.dispose()
    return number


def test_an_enrolment_and_its_events_are_recorded_together(study: Store):
    records = enrol(study, STUDY, patient(), [CONSENT, RANDOMISED], act=at(1))
    assert [(record.number, record.kind, record.event) for record in records] == [
        (4, "subject enrolled", None),
        (5, "consented", 1),
        (6, "randomised", 2),
    ]
    assert list(study.records(after=3)) == list(records)


@pytest.mark.parametrize("events", [[CONSENT, RANDOMISED, RANDOMISED], [CONSENT, ELSEWHERE]])
def test_an_enrolment_that_is_refused_leaves_no_patient(study: Store, events: list[Event]):
    before = study.head()
    with pytest.raises(Refused):
        enrol(study, STUDY, patient(), events, act=at(1))
    assert (study.head(), study.subject("EXP-001")) == (before, None)


def test_what_was_answered_is_there_as_soon_as_it_is_recorded(study: Store):
    enrol(study, STUDY, patient(), [CONSENT], act=at(1), once=once("one"))
    record_events(study, STUDY, "EXP-001", [RANDOMISED, medicine(1)], seen=1, act=at(2), once=once("two"))
    study.note("looked", {}, at(3), once=once("three"))
    now = at(4).at
    assert study.answered(NURSE.id, "one", now) == Answered("what one asks", "2 recorded")
    assert study.answered(NURSE.id, "two", now) == Answered("what two asks", "2 recorded")
    assert study.answered(NURSE.id, "three", now) == Answered("what three asks", "1 recorded")
    assert study.answered(NURSE.id, "four", now) is None
    assert verify(study).findings == ()


def test_a_key_belongs_to_the_account_that_sent_it(study: Store):
    enrol(study, STUDY, patient(), [], act=at(1), once=once("one"))
    assert study.answered("u-2", "one", at(2).at) is None
    enrol(study, STUDY, patient("EXP-002"), [], act=at(2), once=once("one", "u-2"))
    assert [each.subject for each in study.subjects()] == ["EXP-001", "EXP-002"]


def test_the_same_request_records_nothing_more(study: Store):
    enrol(study, STUDY, patient(), [CONSENT], act=at(1), once=once("one"))
    head = study.head()
    for again in (
        lambda: study.enrol(patient("EXP-002"), at(2), once=once("one")),
        lambda: study.append_unchecked("EXP-001", [Addition(RANDOMISED)], seen=1, act=at(2), once=once("one")),
        lambda: study.note("looked", {}, at(2), once=once("one")),
    ):
        with pytest.raises(RecordedAlready):
            again()
    assert study.head() == head


def test_a_request_that_recorded_nothing_takes_no_key(study: Store, url: str):
    enrol(study, STUDY, patient(), [CONSENT], act=at(1))
    with pytest.raises(Conflict):
        study.append_unchecked("EXP-001", [Addition(RANDOMISED)], seen=0, act=at(2), once=once("one"))
    with pytest.raises(Refused):
        study.enrol(patient(), at(2), once=once("one"))
    assert (study.answered(NURSE.id, "one", at(3).at), rows(url)) == (None, 0)
    study.append_unchecked("EXP-001", [Addition(RANDOMISED)], seen=1, act=at(3), once=once("one"))
    assert rows(url) == 1


def test_an_answer_that_cannot_be_made_undoes_what_was_recorded(study: Store):
    def broken(_: object) -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        study.enrol(patient(), at(1), once=replace(once("one"), answer=broken))
    assert study.subjects() == ()


def test_answers_are_kept_for_a_week_and_then_forgotten(study: Store, url: str):
    enrol(study, STUDY, patient(), [], act=at(0), once=once("one"))

    def later(*, minutes: int) -> datetime:
        return at(minutes).at + ANSWERS_KEPT

    assert study.answered(NURSE.id, "one", later(minutes=-1)) == Answered("what one asks", "1 recorded")
    assert study.answered(NURSE.id, "one", later(minutes=0)) is None
    study.note("looked", {}, replace(at(0), at=later(minutes=-1)), once=once("two"))
    assert rows(url) == 2
    study.note("looked", {}, replace(at(0), at=later(minutes=0)), once=once("one"))
    assert rows(url) == 2, "the first made room, and its key may be used again"
    assert study.answered(NURSE.id, "two", later(minutes=0)) is not None


def test_the_same_request_by_many_at_once_is_recorded_once(study: Store):
    enrol(study, STUDY, patient(), [], act=at(1))
    together, ends = threading.Barrier(6), list[str]()

    def send() -> None:
        together.wait()
        try:
            study.note("looked", {}, at(2), once=once("one"))
        except RecordedAlready:
            ends.append("again")
        else:
            ends.append("recorded")

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["again"] * 5 + ["recorded"]
    assert [record.kind for record in study.records(after=4)] == ["looked"]
