"""Calendars of so many patients are remembered: the rest are computed again, and every list is whole all the same."""

from __future__ import annotations

from functools import partial

import pytest

from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from scheduler.views.patients import Patient, patient_of
from scheduler.web.patients import Patients
from scheduler.web.weighing import Scale, weight_of
from tests.web.people import QUICK, Place, words_of


def test_so_many_patients_are_remembered_and_whoever_was_asked_for_longest_ago_is_computed_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[str] = []

    def counting(version: StudyVersion, site: Site, log: Log, *, subject: str) -> Patient:
        computed.append(subject)
        return patient_of(version, site, log, subject=subject)

    monkeypatch.setattr("scheduler.web.patients.patient_of", counting)
    patients = Patients(place.store, 2)
    one, two, three = place.store.subjects()[:3]
    for each in (one, two, one, three, one, two):
        assert patients.shown(each).subject == each
        assert patients.once(patients.shown(each), "number", partial(str, each.subject)) == each.subject
    assert computed == [each.subject for each in (one, two, three, two)]
    assert [len(patients._known), len(patients._made)] == [2, 2]


def test_list_of_more_patients_than_are_remembered_is_whole_at_once(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = place.somebody("coordinator")
    whole = {page: reader.reads(page).partition("Log out")[2] for page in ("/", "/pharmacy")}
    assert all(whole.values())
    monkeypatch.setattr("scheduler.web.patients._BATCH", 2)
    monkeypatch.setattr("scheduler.web.pages.worklist.PATIENCE", 0.0)
    monkeypatch.setattr("scheduler.web.pages.pharmacy.PATIENCE", 0.0)
    person = Place(place.store, place.time, QUICK.model_copy(update={"patients_kept": 2})).somebody("coordinator")
    for page, words in whole.items():
        shown = person.browser.get(page)
        assert "refresh" not in shown.text
        assert words_of(shown).partition("Log out")[2] == words


def test_so_much_memory_is_taken_and_whoever_was_asked_for_longest_ago_is_computed_again(place: Place) -> None:
    free = Patients(place.store)
    weights = {}
    for each in place.store.subjects():
        shown = free.shown(each)
        shared = (shown.version, shown.others, shown.site, free.study())
        weights[each.subject] = weight_of((shown.patient, shown.log), shared)
    # 0.12 to 0.28 MB each, more than a megabyte together; the last that fit into it are kept.
    assert 1_000_000 < sum(weights.values()) < 2_000_000
    bounded = Patients(place.store, megabytes=1)
    for each in place.store.subjects():
        bounded.shown(each)
    kept = list(bounded._known)
    assert kept == [each.subject for each in place.store.subjects()][-len(kept) :]
    assert 700_000 < sum(weights[number] for number in kept) < 1_100_000
    assert len(kept) < len(weights)
    ready, missing = bounded.some(place.store.subjects(), 0.0)
    assert (len(ready), missing) == (len(weights), 0)


def test_what_follows_from_calendars_counts_too_when_all_patients_were_computed_before(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a start: each calendar fits, and then pages make a megabyte of each."""
    monkeypatch.setattr("scheduler.web.patients._MAKINGS", 2)
    patients = Patients(place.store, megabytes=3)
    subjects = place.store.subjects()
    everybody = [patients.shown(each) for each in subjects]
    assert len(patients._known) == len(everybody) > 5
    for shown in everybody:
        patients.once(shown, "a page", partial(bytes, 1_000_000))
        patients.once(shown, "another", partial(str, shown.subject.subject))
    kept = list(patients._known)
    assert kept == [each.subject for each in subjects][-len(kept) :]
    assert 1 <= len(kept) <= 3
    assert patients._made.keys() <= patients._known.keys()


def test_a_calendar_of_more_than_all_memory_is_shown(place: Place) -> None:
    tiny = Patients(place.store, megabytes=0)
    first, second = place.store.subjects()[:2]
    assert tiny.shown(first).subject == first
    assert tiny.shown(second).subject == second
    assert list(tiny._known) == [second.subject]


def test_scale_weighs_by_the_line() -> None:
    scale = Scale()
    assert [scale.wants_one() for _ in range(66)] == [True] + [False] * 63 + [True, False]
    assert scale.of(10) == 0
    scale.weighed(1000, 10)
    scale.weighed(3000, 10)
    assert scale.of(3) == 600
