"""The log: what is recorded comes back as it was, in order, with who, when and why; and two writers lose nothing."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from scheduler.errors import Conflict, Refused, UnknownSubject
from scheduler.patient.log import Log, log_of
from scheduler.store.checked_recording import record_events
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.study import study_of
from scheduler.store.values import Addition, Head, Kind, Position, Subject
from scheduler.store.verifying import verify
from tests.store.sample import (
    BEIJING,
    CONSENT,
    DIGEST,
    NURSE,
    RANDOMISED,
    SEED,
    START,
    STUDY,
    at,
    corrected,
    event,
    medicine,
    patient,
)


def codes(error: Refused | Conflict) -> list[str]:
    return [finding.code for finding in error.findings]


def test_an_empty_database_has_no_study_and_no_records(store: Store):
    assert store.study() is None
    assert store.feed_key() is None
    assert store.head() == Head(0, "0" * 64)
    assert list(store.records()) == []
    assert store.subjects() == ()
    assert store.position("EXP-001") is None
    assert store.subject("EXP-001") is None
    assert store.log("EXP-001") == Log()


def test_a_study_comes_back_as_it_was_put_in(store: Store):
    head = store.make_study(SEED, at(0, "first"))
    assert store.study() == SEED
    assert store.feed_key() == SEED.feed_key
    assert store.head() == head
    assert [(record.number, record.kind, record.reason) for record in store.records()] == [
        (1, Kind.STUDY_MADE, "first"),
        (2, Kind.PROTOCOL_ADDED, "first"),
        (3, Kind.SITE_ADDED, "first"),
    ]


def test_a_database_holds_one_study(study: Store):
    with pytest.raises(Refused) as error:
        study.make_study(SEED, at(1))
    assert codes(error.value) == ["study-there"]


def test_the_key_of_the_feeds_is_long_enough(store: Store):
    with pytest.raises(Refused) as error:
        store.make_study(replace(SEED, feed_key=b"short"), at(0))
    assert codes(error.value) == ["bad-feed-key"]
    assert store.study() is None


def test_a_record_keeps_who_when_what_and_why(study: Store):
    study.enrol(patient(), at(1))
    correction = corrected("2026-02-21", 1, "wrong day", {"on": "2026-02-21", "event": "consented"})
    record_events(study, STUDY, "EXP-001", [CONSENT], seen=0, act=at(2, "on paper"))
    record_events(study, STUDY, "EXP-001", [correction], seen=1, act=at(3, "not this", signed="I correct this"))
    first, second = list(study.records(after=4))
    assert (first.number, first.event, first.subject, first.kind) == (5, 1, "EXP-001", "consented")
    assert (first.at, first.on, first.who) == (START + timedelta(minutes=2), date(2026, 2, 20), NURSE)
    assert first.body == '{"event":"consented","on":"2026-02-20","recorded":"2026-03-01T08:02:00Z"}'
    assert (first.reason, first.signed, first.supersedes) == ("on paper", None, None)
    assert (first.protocol, first.previous) == (DIGEST, list(study.records())[3].hash)
    assert (second.kind, second.event, second.supersedes, second.previous) == ("corrected", 2, 1, first.hash)
    assert (second.reason, second.signed) == ("wrong day", "I correct this")


def test_the_log_of_a_subject_is_what_was_recorded(study: Store):
    study.enrol(patient(), at(1))
    study.enrol(patient("EXP-002"), at(1))
    record_events(study, STUDY, "EXP-001", [CONSENT, RANDOMISED], seen=0, act=at(2))
    stamped = [each.model_copy(update={"recorded": START + timedelta(minutes=2)}) for each in (CONSENT, RANDOMISED)]
    assert study.log("EXP-001") == log_of(stamped)
    assert study.logs() == {"EXP-001": log_of(stamped)}
    assert study.logs(["EXP-002", "EXP-001"]) == {"EXP-001": log_of(stamped), "EXP-002": Log()}


def test_nobody_can_say_that_an_event_was_recorded_at_another_time(study: Store):
    study.enrol(patient(), at(1))
    said = CONSENT.model_copy(update={"recorded": datetime(2020, 1, 1, tzinfo=UTC)})
    elsewhere = replace(at(2), at=(START + timedelta(minutes=2)).astimezone(timezone(timedelta(hours=8))))
    (record,) = record_events(study, STUDY, "EXP-001", [said], seen=0, act=elsewhere)
    assert record.at == START + timedelta(minutes=2)
    assert study.log("EXP-001").records[0].event.recorded == START + timedelta(minutes=2)


def test_a_moment_without_a_zone_is_no_moment(study: Store):
    with pytest.raises(ValueError, match="without a time zone"):
        study.note("looked", {}, replace(at(1), at=datetime(2026, 3, 1)))
    assert study.head().number == 3


def test_a_writer_who_saw_an_older_log_is_told(study: Store):
    study.enrol(patient(), at(1))
    record_events(study, STUDY, "EXP-001", [CONSENT], seen=0, act=at(2))
    with pytest.raises(Conflict) as checked:
        record_events(study, STUDY, "EXP-001", [RANDOMISED], seen=0, act=at(3))
    with pytest.raises(Conflict) as unchecked:
        study.append_unchecked("EXP-001", [Addition(RANDOMISED)], seen=2, act=at(3))
    assert (checked.value.seen, checked.value.length) == (0, 1)
    assert (unchecked.value.seen, unchecked.value.length) == (2, 1)
    assert codes(checked.value) == ["log-moved-on"]
    assert study.log("EXP-001").length == 1


def test_several_events_are_recorded_together_or_not_at_all(study: Store):
    study.enrol(patient(), at(1))
    before = study.head()
    with pytest.raises(Refused) as error:
        record_events(study, STUDY, "EXP-001", [CONSENT, RANDOMISED, RANDOMISED], seen=0, act=at(2))
    assert codes(error.value) == ["randomised-twice"]
    assert study.head() == before
    records = record_events(study, STUDY, "EXP-001", [CONSENT, RANDOMISED], seen=0, act=at(2))
    assert [(record.number, record.event) for record in records] == [(5, 1), (6, 2)]


def test_a_site_that_the_study_does_not_have_takes_no_patient(study: Store):
    study.enrol(patient(), at(1))
    for said in (
        event("2026-03-01", "site transferred", site="Shangai"),
        corrected("2026-03-02", 1, "no", {"on": "2026-03-01", "event": "site transferred", "site": "Shangai"}),
    ):
        with pytest.raises(Refused) as error:
            record_events(study, STUDY, "EXP-001", [said], seen=0, act=at(2))
        assert [(finding.code, finding.hint) for finding in error.value.findings] == [
            ("unknown-site", "did you mean 'Shanghai'?")
        ]


def test_events_are_about_somebody_in_the_study(study: Store):
    for attempt in (
        lambda: record_events(study, STUDY, "EXP-009", [CONSENT], seen=0, act=at(1)),
        lambda: study.append_unchecked("EXP-009", [Addition(CONSENT)], seen=0, act=at(1)),
        lambda: study.note("looked", {}, at(1), subject="EXP-009"),
    ):
        with pytest.raises(UnknownSubject, match="there is no patient EXP-009 in the study"):
            attempt()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"subject": "  "}, "bad-subject"),
        ({"subject": "EXP\n002"}, "bad-subject"),
        ({"subject": "X" * 65}, "bad-subject"),
        ({"subject": "EXP-001"}, "duplicate-subject"),
        ({"site": "Atlantis"}, "unknown-site"),
        ({"protocol": "0" * 64}, "unknown-version"),
    ],
)
def test_who_cannot_be_enrolled_is_not(study: Store, change: dict[str, Any], code: str):
    study.enrol(patient(), at(1))
    with pytest.raises(Refused) as error:
        study.enrol(replace(patient("EXP-002"), **change), at(2))
    assert codes(error.value) == [code]
    assert study.head().number == 4


def test_subjects_are_told_with_how_far_their_logs_have_come(study: Store):
    study.enrol(patient("EXP-002", name="后"), at(1))
    study.enrol(replace(patient("EXP-001"), site=None), at(2))
    record_events(study, STUDY, "EXP-002", [CONSENT, RANDOMISED], seen=0, act=at(3))
    study.note("looked", {"page": "subject"}, at(4), subject="EXP-001")
    study.note("looked", {"page": "list"}, at(5))
    assert study.subjects() == (
        Subject("EXP-001", None, None, DIGEST, {}, 0, 8),
        Subject("EXP-002", "Shanghai", "Shanghai", DIGEST, {"name": "后"}, 2, 7),
    )
    assert study.subject("EXP-002") == study.subjects()[1]
    assert study.position("EXP-002") == Position(length=2, last=7, study=3)
    assert study.position("EXP-001") == Position(length=0, last=8, study=3)
    assert [record.number for record in study.records(subject="EXP-002")] == [4, 6, 7]
    assert [record.number for record in study.records(after=6)] == [7, 8, 9]


def test_a_transferred_patient_is_where_the_log_says(study: Store):
    study.add_site(BEIJING, at(1))
    larger = study_of(study.study() or SEED)
    study.enrol(patient(), at(1))
    moved = event("2026-03-01", "site transferred", site="Beijing")
    record_events(study, larger, "EXP-001", [CONSENT, moved], seen=0, act=at(2))
    assert [(s.site, s.enrolled_at) for s in study.subjects()] == [("Beijing", "Shanghai")]
    record_events(
        study, larger, "EXP-001", [event("2026-03-02", "struck", number=2, reason="stayed")], seen=2, act=at(3)
    )
    assert [(s.site, s.enrolled_at) for s in study.subjects()] == [("Shanghai", "Shanghai")]


def test_what_no_database_can_keep_is_refused(study: Store):
    for text in ("a\x00b", "a\ud800b"):
        with pytest.raises(Refused) as error:
            study.note("looked", {}, at(1, reason=text))
        assert codes(error.value) == ["bad-character"]
    assert study.head().number == 3


def test_two_writers_take_turns_and_lose_nothing(study: Store, url: str):
    subjects = ["EXP-001", "EXP-002", "EXP-003"]
    for subject in subjects:
        study.enrol(patient(subject), at(1))
    conflicts: list[Conflict] = []

    def write(first: int) -> None:
        mine = open_store(url, make=False)
        for number in range(first, first + 20):
            while True:
                subject = subjects[number % 3]
                try:
                    seen = mine.log(subject).length
                    mine.append_unchecked(subject, [Addition(medicine(number))], seen=seen, act=at(number))
                    break
                except Conflict as conflict:
                    conflicts.append(conflict)
        mine.close()

    writers = [threading.Thread(target=write, args=(100 * each,)) for each in range(1, 5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    names = [record.event.name for log in study.logs().values() for record in log.records]  # type: ignore[attr-defined]
    assert sorted(names) == sorted(f"medicine {100 * each + number}" for each in range(1, 5) for number in range(20))
    assert verify(study).findings == ()
    assert study.head().number == 3 + 3 + 80


def test_many_subjects_are_read_as_one(study: Store):
    """Above some hundred subjects another way of asking is taken, with the same answer."""
    for number in range(3):
        study.enrol(patient(f"EXP-{number}"), at(1))
        study.append_unchecked(f"EXP-{number}", [Addition(medicine(number))], seen=0, act=at(2))
    strangers = [f"X-{number}" for number in range(600)]
    found = study.logs(["EXP-0", "EXP-2", *strangers])
    assert {subject: log for subject, log in found.items() if log.length} == study.logs(["EXP-0", "EXP-2"])
    assert len(found) == 602


def test_a_log_longer_than_a_page_is_read_to_its_end(study: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("scheduler.store.sql.records.PAGE", 4)
    for number in range(9):
        study.note("looked", {"n": number}, at(number))
    assert [record.number for record in study.records()] == list(range(1, 13))
    assert [record.number for record in study.records(after=4)] == list(range(5, 13))
