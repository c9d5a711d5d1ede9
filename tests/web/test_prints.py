"""The pharmacy's list is printed, and then something is recorded: what was not on the paper is marked on the next list."""

from __future__ import annotations

import csv
import io
import json

import pytest

from scheduler.source.node import Data
from scheduler.store.values import Enrolment, Head, SiteSource
from scheduler.web.prints import PRINTED
from tests.laws.examples import one_in
from tests.web.people import HELD, PASSWORD, SETTING_UP, Person, Place, words_of

PERIOD = "from=2026-05-21&to=2026-06-18"
PAGE = f"/pharmacy?{PERIOD}"
REDUCED = {
    "event": "dose changed",
    "on": "2026-05-21",
    "treatment": "regorafenib",
    "level": "-1",
    "dose": "40 mg",
    "reason": "AE 2",
    "by": "Dr Example",
    "password": PASSWORD,
}
REACTION = {"event": "adverse event", "on": "2026-05-21", "ae": "9", "term": "Fatigue", "grade": "1"}
MOVED_THERE = {"event": "site transferred", "on": "2026-05-21", "site": "Beijing"}
MARK = "changed since the last print"


def form_of_the_list(person: Person) -> dict[str, str]:
    return person.form_on(PAGE, "/pharmacy/printed")


def lines_of(person: Person) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(person.get(f"/pharmacy.csv?{PERIOD}").text)))


def marked(person: Person) -> set[str]:
    return {line["subject"] for line in lines_of(person) if MARK in line["note"]}


def tablets(person: Person, subject: str) -> list[str]:
    return [
        line["units"] for line in lines_of(person) if (line["subject"], line["treatment"]) == (subject, "regorafenib")
    ]


def prints_noted(place: Place) -> int:
    return sum(record.kind == PRINTED for record in place.store.records())


def test_what_was_recorded_between_the_list_and_the_click_is_marked_on_the_next_list(place: Place) -> None:
    pharmacist, doctor = place.somebody("pharmacist"), place.somebody("investigator")
    pharmacist.prints(PAGE)
    assert tablets(pharmacist, "EXP-003") == ["42"]
    shown = form_of_the_list(pharmacist)
    assert doctor.records("EXP-003", **REDUCED).status_code == 303
    assert tablets(pharmacist, "EXP-003") == ["21"]
    assert pharmacist.sends("/pharmacy/printed", **shown).status_code == 303
    assert marked(pharmacist) == {"EXP-003"}
    assert MARK in pharmacist.reads(PAGE)
    pharmacist.prints(PAGE)
    assert marked(pharmacist) == set()


def test_what_the_print_keeps_is_how_far_each_log_had_come_in_the_list(place: Place) -> None:
    pharmacist, coordinator = place.somebody("pharmacist"), place.somebody("coordinator")
    lengths = {each.subject: each.length for each in place.store.subjects()}
    head = place.store.head()
    shown = form_of_the_list(pharmacist)
    for subject, event in (("EXP-003", HELD), ("EXP-003", REACTION), ("EXP-001", HELD)):
        assert coordinator.records(subject, **event).status_code == 303
    pharmacist.sends("/pharmacy/printed", **shown)
    *_, noted = place.store.records()
    assert shown["head"] == str(head)
    assert json.loads(noted.body) == {
        "from": "2026-05-21",
        "to": "2026-06-18",
        "sites": "all sites",
        "head": head.number,
        "lengths": lengths,
    }


def test_list_that_was_printed_late_does_not_hide_a_newer_one(place: Place) -> None:
    pharmacist, coordinator = place.somebody("pharmacist"), place.somebody("coordinator")
    older = form_of_the_list(pharmacist)
    coordinator.records("EXP-003", **HELD)
    pharmacist.prints(PAGE)
    place.time.pass_by(minutes=5)
    assert pharmacist.sends("/pharmacy/printed", **older).status_code == 303
    assert prints_noted(place) == 2
    assert marked(pharmacist) == set()
    assert "printed on 21 May 2026, 02:00 UTC" in pharmacist.reads(PAGE)
    coordinator.records("EXP-001", **HELD)
    assert marked(pharmacist) == {"EXP-001"}


def test_print_from_before_lists_had_a_head_still_counts(place: Place) -> None:
    pharmacist, coordinator = place.somebody("pharmacist"), place.somebody("coordinator")
    older = form_of_the_list(pharmacist)
    coordinator.records("EXP-003", **HELD)
    lengths: dict[str, Data] = {each.subject: each.length for each in place.store.subjects()}
    body: dict[str, Data] = {"from": "2026-05-21", "to": "2026-06-18", "sites": "all sites", "lengths": lengths}
    place.store.note(PRINTED, body, SETTING_UP)
    pharmacist.sends("/pharmacy/printed", **older)
    assert marked(pharmacist) == set()


def test_patient_who_came_to_the_site_after_the_list_was_shown_is_marked(place: Place) -> None:
    study = place.store.study()
    assert study is not None
    text = study.sites[0].text.replace("site: {en: Shanghai, zh: 上海}", "site: Beijing")
    place.store.add_site(SiteSource("Beijing", "beijing.yaml", text, study.sites[0].holidays), SETTING_UP)
    pharmacist, coordinator = place.somebody("pharmacist", frozenset({"Beijing"})), place.somebody("coordinator")
    shown = form_of_the_list(pharmacist)
    assert coordinator.records("EXP-003", **MOVED_THERE).status_code == 303
    pharmacist.sends("/pharmacy/printed", **shown)
    assert marked(pharmacist) == {"EXP-003"}
    pharmacist.prints(PAGE)
    assert marked(pharmacist) == set()


def test_patient_who_was_enrolled_after_the_list_was_shown_is_not_in_the_print(place: Place) -> None:
    pharmacist = place.somebody("pharmacist")
    known = {each.subject for each in place.store.subjects()}
    shown = form_of_the_list(pharmacist)
    one = place.store.subjects()[0]
    place.store.enrol(Enrolment("EXP-099", one.site, one.protocol), SETTING_UP)
    pharmacist.sends("/pharmacy/printed", **shown)
    *_, noted = place.store.records()
    assert set(json.loads(noted.body)["lengths"]) == known


@pytest.mark.parametrize(
    "wrong",
    one_in(
        3,
        [
            {"head": ""},
            {"head": "7"},
            {"head": "-1:" + "0" * 64},
            {"head": "9" * 40 + ":" + "0" * 64},
            {"head": str(Head())},
            {"head": "{number}:" + "0" * 64},
            {"head": "{newer}:{hash}"},
            {"head": "999999999999999999:{hash}"},
            {"from": "2026-06-18", "to": "2026-05-21"},
            {"from": "18.6.2026"},
            {"from": ""},
            {"to": ""},
        ],
    ),
)
def test_print_of_a_list_that_nobody_was_shown_is_refused(place: Place, wrong: dict[str, str]) -> None:
    person = place.somebody("pharmacist")
    head = place.store.head()
    known = {"number": head.number, "newer": head.number + 1, "hash": head.hash}
    answer = person.sends(
        "/pharmacy/printed", **form_of_the_list(person) | {key: said.format(**known) for key, said in wrong.items()}
    )
    assert answer.status_code == 422
    assert "The print was not noted" in words_of(answer)
    assert "Show the list anew, print it, and say so from there." in words_of(answer)
    assert place.store.head() == head


def test_print_without_any_list_is_refused(place: Place) -> None:
    person = place.somebody("pharmacist")
    assert person.sends("/pharmacy/printed").status_code == 422
    assert person.sends("/pharmacy/printed", **{"from": "2026-05-21", "to": "2026-06-18"}).status_code == 422
    assert prints_noted(place) == 0
