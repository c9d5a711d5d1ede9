"""After a start: a page over all patients answers with what there is by then, and comes to be whole by asking again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from scheduler.patient.log import Log
from scheduler.store.values import Subject
from scheduler.views.patients import patient_of
from scheduler.web.patients import Following, Patients, Shown, lines_of
from scheduler.web.weighing import weight_of
from tests.web.people import ASKS_AGAIN, Place, server

COMPARED = "/endpoints/arms"
PAGES = (
    "/",
    "/agenda",
    "/subjects",
    "/search?q=EXP-003",
    "/pharmacy",
    "/stock",
    "/study",
    "/deviations",
    "/endpoints",
    COMPARED,
    "/reports/exposure",
    "/reports/adverse-events",
    "/reports/lots",
    "/notices",
    "/today/done",
    "/agenda/fewest-trips",
)


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Of whom something was worked out, in a server whose patience is over at once."""
    some, once, compute = Patients.some, Patients.once, Patients._compute
    found: list[str] = []

    def at_once(self: Patients, subjects: Any, seconds: float, *also: Following) -> tuple[list[Shown], int]:
        return some(self, subjects, 0.0, *also)

    def noting(self: Patients, shown: Shown, name: Hashable, make: Callable[[], Any]) -> Any:
        if not self.has(shown, name):
            found.append(shown.subject.subject)
        return once(self, shown, name, make)

    def computed(self: Patients, study: Any, generation: int, subject: Subject, log: Log) -> Shown:
        found.append(subject.subject)
        return compute(self, study, generation, subject, log)

    monkeypatch.setattr("scheduler.web.telling.noticing.MOST_COUNTED", 0)
    monkeypatch.setattr(Patients, "some", at_once)
    monkeypatch.setattr(Patients, "once", noting)
    monkeypatch.setattr(Patients, "_compute", computed)
    return found


def test_first_answer_of_each_page_waits_for_one_patient_alone(place: Place, worked: list[str]) -> None:
    people = {role: place.somebody(role) for role in ("admin", "monitor")}
    patients = server(place).patients
    for page in PAGES:
        patients._known.clear()
        patients._made.clear()
        person = people["monitor" if page == COMPARED else "admin"]
        worked.clear()
        answer = person.browser.get(page)
        assert (page, answer.status_code, ASKS_AGAIN in answer.text) == (page, 200, True)
        assert (page, len(set(worked))) == (page, 1)


@pytest.mark.parametrize("page", ["/study", "/pharmacy"])
def test_each_answer_has_one_patient_more_until_it_is_whole(place: Place, worked: list[str], page: str) -> None:
    person = place.somebody("admin")
    patients = len(place.store.subjects())
    for answer in range(1, patients + 1):
        worked.clear()
        found = person.browser.get(page)
        assert (answer, found.status_code, ASKS_AGAIN in found.text) == (answer, 200, answer < patients)
        assert len(set(worked)) == 1
    worked.clear()
    person.browser.get(page)
    assert worked == []


def test_time_is_looked_at_after_each_patient(place: Place) -> None:
    clock = count()
    patients = Patients(place.store, seconds=lambda: float(next(clock)))
    subjects = place.store.subjects()
    length = Following(lambda _: "length", lambda each: patients.once(each, "length", lambda: each.log.length))
    # Each look at the clock takes a second: the first patient without a look, then those at 1 and at 2 seconds of 3.
    assert [len(patients.some(subjects, 3.0)[0]) for _ in range(3)] == [3, 6, min(9, len(subjects))]
    # All calendars are there, and what follows from them is not.
    assert [len(patients.some(subjects, 2.0, length)[0]) for _ in range(2)] == [2, 4]


def test_first_patient_of_a_study_weighs_by_the_line_what_the_others_do(place: Place) -> None:
    patients = Patients(place.store)
    old = patients.shown(next(each for each in place.store.subjects() if each.subject == "EXP-003"))
    new = replace(old, log=Log(), patient=patient_of(old.version, old.site, Log(), subject="EXP-099"))
    shared = (old.version, old.others, old.site, patients.study())
    rates = [weight_of((each.patient, each.log), shared) / lines_of(each) for each in (new, old)]
    assert 0.5 <= rates[0] / rates[1] <= 1.5
