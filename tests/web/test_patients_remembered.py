"""Calendars of so many patients are remembered: the rest are computed again, and every list is whole all the same."""

from __future__ import annotations

from functools import partial

import pytest

from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from scheduler.views.patients import Patient, patient_of
from scheduler.web.patients import Patients
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
