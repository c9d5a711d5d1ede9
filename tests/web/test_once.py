"""A double click, or a page sent again after its answer was lost, records once and leads to the same page."""

from __future__ import annotations

import re

from httpx2 import Response

from tests.web.people import HELD, PASSWORD, Person, Place, words_of
from tests.web.test_recording import REACTION, length, proposal_of

ENROLMENT = {"subject": "EXP-010", "site": "Shanghai", "consented": "2026-05-15", "screened": "2026-05-19"}


def hidden_in(page: Response) -> dict[str, str]:
    """What the page's last form carries: that of the button which records."""
    form = re.findall(r'(?s)<form method="post".*?</form>', page.text)[-1]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def clicks(person: Person, path: str, fields: dict[str, str], times: int = 2) -> list[tuple[int, str | None]]:
    answers = [person.sends(path, **fields) for _ in range(times)]
    return [(answer.status_code, answer.headers.get("location")) for answer in answers]


def test_double_click_records_once(place: Place) -> None:
    person, before = place.somebody("coordinator"), length(place, "EXP-001")
    fields = hidden_in(person.sends("/subjects/EXP-001/preview", **HELD))
    there = (303, f"/subjects/EXP-001?saved={before + 1}")
    assert clicks(person, "/subjects/EXP-001/record", fields) == [there, there]
    assert length(place, "EXP-001") == before + 1


def test_page_from_before_is_sent_again_though_others_recorded_meanwhile(place: Place) -> None:
    person, before = place.somebody("coordinator"), length(place, "EXP-001")
    fields = hidden_in(person.sends("/subjects/EXP-001/preview", **HELD))
    assert person.sends("/subjects/EXP-001/record", **fields).status_code == 303
    assert place.somebody("coordinator").records("EXP-001", **REACTION).status_code == 303
    again = person.sends("/subjects/EXP-001/record", **fields)
    assert (again.status_code, again.headers["location"]) == (303, f"/subjects/EXP-001?saved={before + 1}")
    assert length(place, "EXP-001") == before + 2


def test_each_preview_has_a_key_of_its_own(place: Place) -> None:
    person, before = place.somebody("coordinator"), length(place, "EXP-001")
    medicine = {"event": "medicine started", "on": "2026-05-20", "name": "loperamide"}
    keys = set()
    for _ in range(2):
        fields = hidden_in(person.sends("/subjects/EXP-001/preview", **medicine))
        keys.add(fields["once"])
        assert person.sends("/subjects/EXP-001/record", **fields).status_code == 303
    assert len(keys) == 2
    assert length(place, "EXP-001") == before + 2


def test_form_sent_twice_without_its_key_is_a_conflict_as_before(place: Place) -> None:
    person = place.somebody("coordinator")
    fields = hidden_in(person.sends("/subjects/EXP-001/preview", **HELD))
    del fields["once"]
    assert [status for status, _ in clicks(person, "/subjects/EXP-001/record", fields)] == [303, 409]


def test_wrong_password_takes_no_key_and_a_double_click_signs_once(place: Place) -> None:
    investigator = place.somebody("investigator")
    investigator.records("EXP-001", **REACTION)
    decision = {"event": "decided", "on": "2026-05-21", "proposal": proposal_of(investigator), "by": "Dr Example"}
    action = "hold at least 7 days until grade 0-1, then resume 1 level lower"
    fields = hidden_in(investigator.sends("/subjects/EXP-001/preview", action=action, **decision))
    before = length(place, "EXP-001")
    wrong = investigator.sends("/subjects/EXP-001/record", password="not mine", **fields)
    assert wrong.status_code == 403
    there = (303, f"/subjects/EXP-001?saved={before + 1}")
    assert clicks(investigator, "/subjects/EXP-001/record", fields | {"password": PASSWORD}) == [there, there]
    assert length(place, "EXP-001") == before + 1


def test_enrolment_clicked_twice_is_one_patient(place: Place) -> None:
    person = place.somebody("coordinator")
    fields = person.form_on("/enrol", "/enrol") | ENROLMENT
    assert clicks(person, "/enrol", fields) == [(303, "/subjects/EXP-010")] * 2
    assert [record.kind for record in place.store.records(subject="EXP-010")] == [
        "subject enrolled",
        "consented",
        "screened",
    ]


def test_next_patient_is_enrolled_from_the_same_page_after_going_back(place: Place) -> None:
    person = place.somebody("coordinator")
    fields = person.form_on("/enrol", "/enrol") | ENROLMENT
    assert clicks(person, "/enrol", fields, times=1) == [(303, "/subjects/EXP-010")]
    assert clicks(person, "/enrol", fields | {"subject": "EXP-011"}) == [(303, "/subjects/EXP-011")] * 2
    same_number = person.sends("/enrol", **fields | {"consented": "2026-05-14"})
    assert "there is a patient EXP-010 already" in words_of(same_number)


def test_print_clicked_twice_is_noted_once(place: Place) -> None:
    person = place.somebody("pharmacist")
    fields, before = person.form_on("/pharmacy", "/pharmacy/printed"), place.store.head().number
    assert [status for status, _ in clicks(person, "/pharmacy/printed", fields)] == [303, 303]
    assert place.store.head().number == before + 1
