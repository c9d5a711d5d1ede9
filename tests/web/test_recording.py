"""A coordinator's and an investigator's work: choose what happened, see what changes, record it; put it right; decide."""

from __future__ import annotations

import re
from typing import get_args

from httpx2 import Response

from scheduler.patient.events import AnyFact
from scheduler.store.checked_recording import record_events
from scheduler.store.study import study_of
from scheduler.store.values import Act, Who
from scheduler.web.recording.event_kinds import KINDS, groups_for
from tests.web.people import HELD, ORDER, PASSWORD, Person, Place, words_of

REACTION = {
    "event": "adverse event",
    "on": "2026-05-20",
    "ae": "7",
    "term": "Palmar-plantar erythrodysesthesia syndrome",
    "grade": "3",
    "related": "regorafenib",
}


def length(place: Place, subject: str) -> int:
    return place.store.log(subject).length


def test_every_kind_is_listed_but_a_decision_which_begins_at_its_proposal() -> None:
    listed = [kind for group in groups_for("investigator") for kind in group.kinds]
    assert {kind.word for kind in listed} == KINDS.keys() - {"decided"}
    assert len(listed) == len(get_args(AnyFact)) - 1


def test_form_of_every_kind_can_be_opened_and_asks_for_the_date_of_today(place: Place) -> None:
    person = place.somebody("investigator")
    for group in groups_for("investigator"):
        for kind in group.kinds:
            page = person.get(f"/subjects/EXP-001/record?event={kind.word.replace(' ', '+')}")
            assert page.status_code == 200, kind.word
            assert re.search(r'name="on" value="2026-05-21"', page.text), kind.word
            labels = set(re.findall(r'<label for="([^"]+)"', page.text))
            fields = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', page.text))
            assert labels == fields, kind.word


def test_hold_is_previewed_before_it_is_recorded(place: Place) -> None:
    person = place.somebody("coordinator")
    before = length(place, "EXP-001")
    preview = words_of(person.sends("/subjects/EXP-001/preview", **HELD))
    assert "Thursday 21 May 2026: Regorafenib is held" in preview
    assert "Regorafenib, cycle 3, days 16-21: held; it was 80 mg" in preview
    assert (
        "Regorafenib, cycle 4 loses its date, Wed 3 Jun 2026: it waits for when the hold ends, not before Wed 3 Jun 2026"
        in preview
    )
    assert length(place, "EXP-001") == before
    answer = person.records("EXP-001", **HELD)
    assert answer.headers["location"] == f"/subjects/EXP-001?saved={before + 1}"
    page = person.reads(f"/subjects/EXP-001?saved={before + 1}")
    assert f"Event {before + 1} is recorded." in page
    assert "regorafenib on hold" in person.reads("/subjects")
    record = list(place.store.records(subject="EXP-001"))[-1]
    assert (record.kind, record.who.name, record.who.role, record.reason) == (
        "held",
        "Dr Coordinator-0",
        "coordinator",
        "AE 2",
    )


def test_everything_that_is_wrong_stands_beside_its_field(place: Place) -> None:
    person = place.somebody("coordinator")
    wrong = {"event": "adverse event", "on": "2026-02-30", "ae": "one", "term": " ", "grade": "9"}
    answer = person.sends("/subjects/EXP-001/preview", **wrong)
    assert answer.status_code == 422
    found = dict(re.findall(r'id="field-(\w+)-wrong">\s*<li>([^<(]+)', answer.text))
    assert {name: text.strip().replace("&#39;", "'") for name, text in found.items()} == {
        "on": "there is no day 2026-02-30 in the calendar",
        "ae": "expected a whole number, but 'one' stands here",
        "term": "this is needed",
        "grade": "CTCAE has no grade 9",
    }
    assert 'value="2026-02-30"' in answer.text


def test_what_contradicts_the_log_is_refused_with_its_reason(place: Place) -> None:
    person = place.somebody("coordinator")
    answer = person.records("EXP-001", event="given", on="2026-05-20", treatment="toripalimab", n="1")
    assert answer.status_code == 422
    assert "'toripalimab' 1 was given twice" in words_of(answer)


def test_new_adverse_event_says_which_decision_it_will_call_for(place: Place) -> None:
    preview = words_of(place.somebody("coordinator").sends("/subjects/EXP-001/preview", **REACTION))
    assert "The protocol will call for a decision: Regorafenib: Hand-foot skin reaction" in preview


def test_typed_words_come_back_when_it_is_changed(place: Place) -> None:
    person = place.somebody("coordinator")
    page = person.sends("/subjects/EXP-001/preview", edit="1", **HELD)
    assert page.status_code == 200
    assert 'value="AE 2"' in page.text
    assert '<option value="regorafenib" selected>' in page.text


def decide(person: Person, proposal: str, **more: str) -> Response:
    return person.records(
        "EXP-001",
        event="decided",
        on="2026-05-21",
        proposal=proposal,
        action="hold at least 7 days until grade 0-1, then resume 1 level lower",
        by="Dr Example",
        **more,
    )


def proposal_of(person: Person) -> str:
    found = re.search(r'href="/subjects/EXP-001/decide/([^"]+)"', person.get("/subjects/EXP-001").text)
    assert found is not None
    return found.group(1)


def test_investigator_decides_and_signs_with_the_password(place: Place) -> None:
    coordinator, investigator = place.somebody("coordinator"), place.somebody("investigator")
    coordinator.records("EXP-001", **REACTION)
    assert "An investigator decides." in coordinator.reads("/subjects/EXP-001")
    proposal = proposal_of(investigator)
    page = investigator.reads(f"/subjects/EXP-001/decide/{proposal}")
    assert "hold at least 7 days until grade 0-1, then resume 1 level lower : 40 mg the protocol's" in page
    assert "Regorafenib, cycle 3, days 16-21: held; it was 80 mg, awaiting decision" in page
    before = length(place, "EXP-001")
    assert "The password is wrong" in words_of(decide(investigator, proposal, password="not mine"))
    assert "Your password again" in words_of(decide(investigator, proposal, password=""))
    assert length(place, "EXP-001") == before
    assert decide(investigator, proposal, password=PASSWORD).status_code == 303
    record = list(place.store.records(subject="EXP-001"))[-1]
    assert record.kind == "decided"
    assert record.who.role == "investigator"
    assert record.signed is not None
    assert record.signed.startswith("orders: ")
    assert "decided as proposed" in investigator.reads("/subjects/EXP-001/decisions")
    assert investigator.get(f"/subjects/EXP-001/decide/{proposal}").status_code == 404


def test_nobody_else_decides_by_any_way_round(place: Place) -> None:
    coordinator = place.somebody("coordinator")
    coordinator.records("EXP-001", **REACTION)
    proposal = proposal_of(place.somebody("investigator"))
    before = length(place, "EXP-001")
    for role in ("coordinator", "pharmacist", "admin"):
        person = place.somebody(role)
        assert decide(person, proposal, password=PASSWORD).status_code == 403
        dose = {"event": "dose changed", "on": "2026-05-21", "treatment": "regorafenib", "level": "-1", "dose": "40 mg"}
        assert person.records("EXP-001", password=PASSWORD, **dose).status_code == 403
        forced = {"event": "visit done", "on": "2026-05-21", "entry": "imaging.2", "override": "because"}
        assert person.records("EXP-001", password=PASSWORD, **forced).status_code == 403
    assert length(place, "EXP-001") == before


def test_wrong_passwords_at_decisions_lock_the_account_too(place: Place) -> None:
    place.somebody("coordinator").records("EXP-001", **REACTION)
    investigator = place.somebody("investigator")
    proposal = proposal_of(investigator)
    for _ in range(5):
        decide(investigator, proposal, password="not mine")
    assert decide(investigator, proposal, password=PASSWORD).status_code == 403


def test_correction_takes_the_place_and_says_why(place: Place) -> None:
    person = place.somebody("coordinator")
    person.records("EXP-001", **HELD)
    number = length(place, "EXP-001")
    form = person.get(f"/subjects/EXP-001/correct/{number}").text
    assert 'value="2026-05-21"' in form
    fields = HELD | {"on": "2026-05-20", "corrects": str(number)}
    assert person.records("EXP-001", **fields).status_code == 422
    assert person.records("EXP-001", why="wrong day typed", **fields).status_code == 303
    record = list(place.store.records(subject="EXP-001"))[-1]
    assert (record.kind, record.supersedes, record.reason) == ("corrected", number, "wrong day typed")
    history = person.reads("/subjects/EXP-001/history")
    assert f"no longer in force: event {number + 1}" in history
    assert person.get(f"/subjects/EXP-001/correct/{number}").status_code == 404
    again = person.records("EXP-001", corrects=str(number + 1), why="was right", **HELD)
    assert again.status_code == 303


def test_strike_withdraws_an_event(place: Place) -> None:
    person = place.somebody("coordinator")
    person.records("EXP-001", **HELD)
    number = length(place, "EXP-001")
    assert "regorafenib on hold" in person.reads("/subjects")
    assert person.records("EXP-001", strikes=str(number)).status_code == 422
    assert person.records("EXP-001", strikes=str(number), why="other patient").status_code == 303
    assert "regorafenib on hold" not in person.reads("/subjects")


def test_only_an_investigator_puts_an_order_right(place: Place) -> None:
    coordinator, investigator = place.somebody("coordinator"), place.somebody("investigator")
    number = next(
        record.event
        for record in place.store.records(subject="CTL-002")
        if record.kind == "resumed" and record.event is not None
    )
    assert coordinator.get(f"/subjects/CTL-002/strike/{number}").status_code == 403
    assert coordinator.records("CTL-002", strikes=str(number), why="no").status_code == 403
    as_a_visit = {"event": "unscheduled visit", "on": "2026-05-11", "corrects": str(number), "why": "no"}
    assert coordinator.records("CTL-002", **as_a_visit).status_code == 403
    strike = {"strikes": str(number), "why": "not resumed"}
    assert "Your password again" in words_of(investigator.records("CTL-002", **strike))
    assert investigator.records("CTL-002", password=PASSWORD, **strike).status_code == 303


def test_pharmacist_records_what_was_handed_out_and_nothing_else(place: Place) -> None:
    person = place.somebody("pharmacist")
    page = person.reads("/subjects/CTL-006/record")
    assert "Handed out" in page
    assert "Treatment put on hold" not in page
    lot = {
        "event": "dispensed",
        "on": "2026-05-21",
        "treatment": "regorafenib",
        "cycle": "1",
        "quantity": "84",
        "lot": "R1",
    }
    assert person.records("CTL-006", **lot).status_code == 303
    assert person.records("CTL-006", **HELD).status_code == 403


def test_what_somebody_else_recorded_meanwhile_is_shown_and_nothing_is_lost(place: Place) -> None:
    person = place.somebody("coordinator")
    person.sends("/subjects/EXP-001/preview", **HELD)
    seen = length(place, "EXP-001")
    place.somebody("coordinator").records("EXP-001", **REACTION)
    answer = person.sends("/subjects/EXP-001/record", seen=str(seen), **HELD)
    assert answer.status_code == 409
    told = words_of(answer)
    assert "Somebody recorded something meanwhile" in told
    assert "adverse event 7, Palmar-plantar erythrodysesthesia syndrome" in told
    assert "recorded by Dr Coordinator-1" in told
    assert 'name="reason" value="AE 2"' in answer.text
    assert length(place, "EXP-001") == seen + 1
    assert person.records("EXP-001", **HELD).status_code == 303


def test_conflict_is_found_by_the_store_too(place: Place, monkeypatch) -> None:
    person = place.somebody("coordinator")
    seen = length(place, "EXP-001")

    def another_first(store, study, subject, events, **more):
        monkeypatch.undo()
        other = place.store.study()
        assert other is not None
        one_more = list(place.store.log("EXP-003").records)[-1].event
        act = Act(Who("x", "Somebody", "coordinator"), place.time.now())
        record_events(
            store,
            study_of(other),
            subject,
            [one_more.model_copy(update={"entry": "toripalimab.5"})],
            seen=seen,
            act=act,
        )
        return record_events(store, study, subject, events, **more)

    monkeypatch.setattr("scheduler.web.pages.patient.event_form.record_events", another_first)
    answer = person.records("EXP-001", **HELD)
    assert answer.status_code == 409
    assert "recorded by Somebody" in words_of(answer)


def test_enrolment_takes_all_that_is_known_or_nothing(place: Place) -> None:
    person = place.somebody("coordinator")
    fields = {"subject": "EXP-010", "site": "Shanghai", "consented": "2026-05-15", "screened": "2026-05-19"}
    half = person.sends("/enrol", randomised="2026-05-20", **fields)
    assert "randomisation needs both its date and its arm" in words_of(half)
    assert place.store.subject("EXP-010") is None
    whole = fields | {"randomised": "2026-05-20", "arm": "experimental", "first_dose_planned": "2026-05-25"}
    assert person.sends("/enrol", **whole).headers["location"] == "/subjects/EXP-010"
    assert [record.event.event for record in place.store.log("EXP-010").records] == [
        "consented",
        "screened",
        "randomised",
        "first dose planned",
    ]
    page = person.reads("/subjects/EXP-010")
    assert "25 May 2026 planned" in page
    assert "there is a patient EXP-010 already" in words_of(person.sends("/enrol", **fields))


def test_worklist_offers_what_can_have_become_of_an_entry(place: Place) -> None:
    person = place.somebody("coordinator")
    page = person.get("/subjects/EXP-003/record?entry=toripalimab.6").text
    assert "/subjects/EXP-003/record?event=given&amp;treatment=toripalimab&amp;n=6" in page
    oral = person.get("/subjects/EXP-003/record?entry=regorafenib.5.1").text
    assert "/subjects/EXP-003/record?event=cycle+started&amp;treatment=regorafenib&amp;cycle=5" in oral


def test_missed_fraction_moves_to_the_next_open_day_in_the_preview(place: Place) -> None:
    person = place.somebody("coordinator")
    fields = {"subject": "EXP-011", "site": "Shanghai", "randomised": "2026-04-24", "arm": "experimental"}
    person.sends("/enrol", first_dose_planned="2026-04-27", **fields)
    person.records("EXP-011", event="cycle started", on="2026-04-27", treatment="regorafenib", cycle="1")
    preview = words_of(
        person.sends(
            "/subjects/EXP-011/preview", event="not done", on="2026-05-19", entry="radiotherapy.2", reason="linac down"
        )
    )
    first_days = "the first from Tue 19 May 2026 to Wed 20 May 2026"
    assert f"Radiotherapy, fraction 2 to Radiotherapy, fraction 4 move 1 day later, {first_days}" in preview
    assert "Radiotherapy, fraction 5 moves 3 days later, from Fri 22 May 2026 to Mon 25 May 2026" in preview
    first_days = "the first from Mon 25 May 2026 to Tue 26 May 2026"
    assert f"Regorafenib, cycle 2 to Regorafenib, cycle 22 move 1 day later, {first_days}" in preview


def test_what_takes_only_listed_words_offers_them(place: Place) -> None:
    """Also where it can be left out: the route of a medicine, the cause of a deviation, whether an operation is major."""
    person = place.somebody("investigator")

    def offered(kind: str, name: str) -> list[str]:
        page = person.get(f"/subjects/EXP-001/record?event={kind.replace(' ', '+')}").text
        found = re.search(rf'(?s)<select id="[^"]+" name="{name}".*?</select>', page)
        assert found is not None, (kind, name)
        return re.findall(r'<option value="([^"]*)"', found.group())

    assert offered("medicine started", "route")[:3] == ["", "oral", "intravenous"]
    assert offered("surgery", "size") == ["", "major", "minor"]
    assert offered("measured", "beyond") == ["", "&lt;", "&gt;"]
    assert offered("deviation assessed", "importance") == ["", "important", "not important"]
    assert len(offered("deviation assessed", "cause")) > 3


def test_five_tiles_come_first_and_the_rest_is_found_by_the_words_that_people_type(place: Place) -> None:
    doctor = place.somebody("investigator")
    page = doctor.get("/subjects/EXP-001/record").text
    assert re.findall(r'<h2 class="first">(.*?)</h2>', page) == [
        "Visit",
        "Adverse event",
        "Laboratory",
        "Tablets",
        "Dose decision",
    ]
    pharmacist = place.somebody("pharmacist")
    assert re.findall(r'<h2 class="first">(.*?)</h2>', pharmacist.get("/subjects/EXP-001/record").text) == ["Tablets"]

    def finds(typed: str) -> list[str]:
        answer = doctor.browser.get("/subjects/EXP-001/record", params={"q": typed}).text
        listed = re.search(r'(?s)<ul class="found">(.*?)</ul>', answer)
        return re.findall(r"event=([\w+%-]+)", listed[1]) if listed is not None else []

    assert finds("wound") == ["wound%20healed"]
    assert finds("AE") == ["adverse%20event"]
    assert finds("nobody says that") == []
    doctor.sends("/account/language", language="zh")
    assert finds("伤口") == ["wound%20healed"]


def test_order_is_given_by_whoever_signs_it(place: Place) -> None:
    doctor = place.somebody("investigator")
    form = doctor.get("/subjects/EXP-003/record?event=dose+changed").text
    assert 'name="by"' not in form
    assert "Decided by Dr Investigator-0, who signs it." in form
    assert doctor.records("EXP-003", password=PASSWORD, **ORDER | {"by": "Dr Somebody Else"}).status_code == 303
    assert place.store.log("EXP-003").records[-1].event.by == "Dr Investigator-0"


def test_correction_asks_for_one_reason_in_sight(place: Place) -> None:
    person = place.somebody("coordinator")
    person.records("EXP-001", **HELD)
    form = person.get(f"/subjects/EXP-001/correct/{length(place, 'EXP-001')}").text
    folded = re.search(r"(?s)<details.*?</details>", form)
    assert folded is not None
    assert 'name="reason"' in folded[0]
    assert re.findall(r'name="(reason|why)"', form.replace(folded[0], "")) == ["why"]
    first = person.get("/subjects/EXP-001/record?event=held").text
    open_to_see = re.sub(r"(?s)<details.*?</details>", "", first)
    assert re.findall(r'name="(reason|by|note|override)"', open_to_see) == ["by", "reason"]
