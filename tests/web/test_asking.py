"""What is likely a slip is told on the page before it is recorded, with a field for the reason that lets it stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from httpx2 import Response

from scheduler.asking import Strength
from scheduler.asking.candidate import Candidate, Told
from scheduler.asking.rule import Rule
from scheduler.patient.events import Corrected, Randomised
from tests.web.people import PASSWORD, Person, Place, words_of
from tests.web.test_once import hidden_in
from tests.web.test_recording import REACTION, length

MISSPELT = REACTION | {"term": "Hand foot syndrom"}
RECORD, LOOK = "/subjects/EXP-001/record", "/subjects/EXP-001/preview"
ASKED = "'Hand foot syndrom' is not a term of CTCAE v5.0"
WHY = "as the ward wrote it"


def fields_of(page: Response) -> dict[str, str]:
    """The names of the fields that a person can fill in for the button that records, each with what it holds."""
    return dict(re.findall(r'<input id="why-\w+" name="(\w+)" value="([^"]*)"[^>]* form="\w+"', page.text))


def asked_once(person: Person, fields: dict[str, str]) -> tuple[Response, dict[str, str]]:
    """The preview with its questions, and what its form carries."""
    page = person.sends(LOOK, **fields)
    assert page.status_code == 200, words_of(page)
    return page, hidden_in(page)


def test_slip_is_told_at_the_top_of_the_preview_with_a_field_for_the_reason(place: Place) -> None:
    page, _ = asked_once(place.somebody(), MISSPELT)
    told = words_of(page)
    assert told.index(ASKED) < told.index("This event")
    assert "did you mean 'Palmar-plantar erythrodysesthesia syndrome'?" in told
    assert "The protocol says, line " in told
    assert fields_of(page) == {"confirmed": ""}


def test_button_without_a_reason_asks_again_and_with_it_records(place: Place) -> None:
    person, before = place.somebody(), length(place, "EXP-001")
    _, hidden = asked_once(person, MISSPELT)
    again = person.sends(RECORD, confirmed=" ", **hidden)
    assert again.status_code == 422
    assert "Nothing is recorded yet" in words_of(again)
    assert fields_of(again).keys() == {"confirmed"}
    assert length(place, "EXP-001") == before
    assert person.sends(RECORD, confirmed=WHY, **hidden_in(again)).status_code == 303
    event = place.store.log("EXP-001").records[-1].event
    assert (event.event, event.confirmed) == ("adverse event", WHY)
    history = person.reads("/subjects/EXP-001/history")
    assert f"Event {before + 1} is recorded." in person.reads(f"/subjects/EXP-001?saved={before + 1}")
    assert "Hand foot syndrom" in history


def test_double_click_on_an_answered_question_records_once(place: Place) -> None:
    person, before = place.somebody(), length(place, "EXP-001")
    _, hidden = asked_once(person, MISSPELT)
    answers = [person.sends(RECORD, confirmed=WHY, **hidden).status_code for _ in range(2)]
    assert (answers, length(place, "EXP-001")) == ([303, 303], before + 1)


def test_reason_typed_before_anybody_asked_is_asked_too(place: Place) -> None:
    person, before = place.somebody(), length(place, "EXP-001")
    page, hidden = asked_once(person, MISSPELT | {"confirmed": WHY})
    assert fields_of(page) == {"confirmed": WHY}
    assert "confirmed" not in hidden
    unread = {name: value for name, value in hidden.items() if name != "confirm"}
    assert person.sends(RECORD, confirmed=WHY, **unread).status_code == 422
    assert length(place, "EXP-001") == before
    assert person.sends(RECORD, confirmed=WHY, **hidden).status_code == 303


def test_reason_for_another_list_is_asked_again(place: Place) -> None:
    person, before = place.somebody(), length(place, "EXP-001")
    _, hidden = asked_once(person, MISSPELT)
    other = person.sends(RECORD, **hidden | {"term": "Pneumonitiss", "confirmed": WHY})
    assert other.status_code == 409
    assert "it is no longer what you answered that is asked" in words_of(other)
    assert length(place, "EXP-001") == before
    assert person.sends(RECORD, confirmed=WHY, **hidden_in(other)).status_code == 303


def test_what_cannot_be_stands_beside_its_field_with_all_that_is_asked(place: Place) -> None:
    answer = place.somebody().sends(LOOK, **MISSPELT | {"on": "2026-05-22"})
    assert answer.status_code == 422
    assert 'id="field-on-wrong"' in answer.text
    assert ASKED in words_of(answer)
    assert 'value="2026-05-22"' in answer.text


def test_correction_is_asked_about_what_is_new_in_it(place: Place) -> None:
    person = place.somebody()
    assert person.records("EXP-001", **REACTION).status_code == 303
    number = length(place, "EXP-001")
    _, hidden = asked_once(person, MISSPELT | {"corrects": str(number), "why": "wrong term"})
    assert person.sends(RECORD, confirmed=WHY, **hidden).status_code == 303
    event = place.store.log("EXP-001").records[-1].event
    assert isinstance(event, Corrected)
    assert event.with_.confirmed == WHY


def test_order_that_is_asked_about_waits_for_an_investigator_who_signs(place: Place) -> None:
    order = {"event": "delayed", "on": "2026-05-21", "treatment": "toripalimab", "n": "4", "until": "2026-05-11"}
    page, hidden = asked_once(place.somebody(), order)
    assert fields_of(page) == {}
    assert "stands only with the reason and the signature of an investigator" in words_of(page)
    assert place.somebody("pharmacist").sends(RECORD, override=WHY, **hidden).status_code == 403
    doctor, before = place.somebody("investigator"), length(place, "EXP-001")
    page, hidden = asked_once(doctor, order)
    assert fields_of(page) == {"override": ""}
    assert "Your password again" in words_of(page)
    assert doctor.sends(RECORD, override=WHY, password="not mine", **hidden).status_code == 403
    assert doctor.sends(RECORD, override=WHY, password=PASSWORD, **hidden).status_code == 303
    assert length(place, "EXP-001") == before + 1
    assert list(place.store.records(subject="EXP-001"))[-1].signed is not None


def test_synonym_is_said_and_asks_for_nothing(place: Place) -> None:
    page, hidden = asked_once(person := place.somebody(), REACTION | {"term": "hand-foot syndrome"})
    assert "'hand-foot syndrome' was read as Palmar-plantar erythrodysesthesia syndrome" in words_of(page)
    assert fields_of(page) == {}
    assert person.sends(RECORD, **hidden).status_code == 303


def asked_before(day: date) -> Rule:
    """A question of the test's own about a randomisation."""

    def too_early(candidate: Candidate) -> Iterator[Told]:
        if candidate.event.on < day:
            yield Told("nobody was randomised that early", "on", "look at the day", None)

    return Rule("randomised-early", Strength.ASKED, (Randomised,), "a randomisation before the site opened", too_early)


TYPED = {"subject": "EXP-010", "site": "Shanghai", "arm": "control", "consented": "2026-05-14"}


def test_enrolment_asks_on_its_own_page_and_keeps_what_was_typed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.asking.asking.RULES", (asked_before(date(2026, 5, 16)),))
    person, early = place.somebody(), TYPED | {"randomised": "2026-05-15"}
    asked = person.sends("/enrol", **person.form_on("/enrol", "/enrol"), **early)
    assert asked.status_code == 422
    assert place.store.subject("EXP-010") is None
    assert "nobody was randomised that early" in words_of(asked)
    assert 'value="2026-05-14"' in asked.text
    assert fields_of(asked) == {"why_randomised": ""}
    assert person.sends("/enrol", **hidden_in(asked), **early).status_code == 422
    assert person.sends("/enrol", **hidden_in(asked), **early, why_randomised=WHY).status_code == 303
    confirmed = [(each.event.event, each.event.confirmed) for each in place.store.log("EXP-010").records]
    assert confirmed == [("consented", None), ("randomised", WHY)]


def test_enrolment_put_right_is_looked_at_again_and_needs_no_reason(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.asking.asking.RULES", (asked_before(date(2026, 5, 16)),))
    person, late = place.somebody(), TYPED | {"randomised": "2026-05-17"}
    asked = person.sends("/enrol", **person.form_on("/enrol", "/enrol"), **TYPED, randomised="2026-05-15")
    right = person.sends("/enrol", **hidden_in(asked), **late)
    assert (right.status_code, fields_of(right)) == (409, {})
    assert person.sends("/enrol", **hidden_in(right), **late).status_code == 303
    assert [each.event.confirmed for each in place.store.log("EXP-010").records] == [None, None]


def test_enrolment_says_what_cannot_be(place: Place) -> None:
    person = place.somebody()
    future = TYPED | {"randomised": "2026-05-22"}
    refused = person.sends("/enrol", **person.form_on("/enrol", "/enrol"), **future)
    assert refused.status_code == 422
    assert "2026-05-22 is still to come" in words_of(refused)
    assert place.store.subject("EXP-010") is None
