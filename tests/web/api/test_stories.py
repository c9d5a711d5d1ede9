"""What programs do with the API: look, record, decide, enrol; and what they are told when something is wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from scheduler.errors import StoreUnavailable
from scheduler.exports.json import calendar_as_json
from scheduler.folder.reading.case import read_case
from scheduler.store.values import SiteSource
from scheduler.views.reasons import reasons_of
from tests.web.api.programs import REACTION, Program, problem_of, program
from tests.web.people import HELD, PASSWORD, SETTING_UP, Person, Place

EXAMPLES = Path(__file__).parents[3] / "examples" / "rego-tori-rt" / "patients"


def test_calendar_is_what_the_command_line_shows(place: Place) -> None:
    answer = program(place, "monitor").get("/api/subjects/EXP-003/calendar?until=2026-06-30")
    case = read_case(EXAMPLES / "EXP-003.yaml")
    calendar = case.calendar(date(2026, 6, 30))
    assert answer.text == calendar_as_json(calendar, reasons_of(calendar))


def test_patient_comes_with_the_same_calendar(place: Place) -> None:
    reader = program(place, "monitor")
    one = reader.reads("/api/subjects/EXP-003")
    assert one["calendar"] == reader.reads("/api/subjects/EXP-003/calendar")
    assert (one["subject"], one["site"], one["zone"]) == ("EXP-003", "Shanghai", "Asia/Shanghai")
    assert one["events"] == place.store.log("EXP-003").length


def test_list_tells_what_the_page_tells(place: Place) -> None:
    rows = program(place, "pharmacist").reads("/api/subjects?q=exp")["subjects"]
    page = place.somebody("pharmacist").reads("/subjects?q=exp")
    assert [row["subject"] for row in rows] == ["EXP-001", "EXP-003", "EXP-004", "EXP-005"]
    for row in rows:
        assert row["next_what"] in page
        assert row["state"] in page


def test_what_one_has_is_not_sent_again(place: Place) -> None:
    reader = program(place, "coordinator")
    for path in ("/api/subjects", "/api/subjects/EXP-001", "/api/subjects/EXP-001/events", "/api/worklist"):
        tag = reader.get(path).headers["etag"]
        again = reader.get(path, **{"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert reader.get(path, **{"if-none-match": f'"other", W/{tag}'}).status_code == 304
    tags = {path: reader.get(path).headers["etag"] for path in ("/api/subjects/EXP-001", "/api/subjects/EXP-003")}
    assert reader.records("EXP-001", HELD).status_code == 201
    assert reader.get("/api/subjects/EXP-001", **{"if-none-match": tags["/api/subjects/EXP-001"]}).status_code == 200
    assert reader.get("/api/subjects/EXP-003", **{"if-none-match": tags["/api/subjects/EXP-003"]}).status_code == 304


def test_another_text_of_the_study_changes_every_tag(place: Place) -> None:
    reader = program(place, "coordinator")
    tag = reader.get("/api/subjects/EXP-001").headers["etag"]
    study = place.store.study()
    assert study is not None
    closed = study.sites[0].text.replace("site: {en: Shanghai, zh: 上海}", "site: Beijing")
    place.store.add_site(SiteSource("Beijing", "beijing.yaml", closed, study.sites[0].holidays), SETTING_UP)
    assert reader.get("/api/subjects/EXP-001").headers["etag"] != tag


def test_hold_is_looked_at_before_it_is_recorded(place: Place) -> None:
    writer = program(place, "coordinator")
    told = writer.send("/api/subjects/EXP-001/preview", {"events": [HELD]}).json()
    assert "regorafenib.4" in {entry for change in told["changes"] for entry in change["entries"]}
    assert (told["signs"], told["findings"]) == ([], [])
    assert place.store.log("EXP-001").length == told["events"]
    answer = writer.send("/api/subjects/EXP-001/events", {"events": [HELD], "seen": told["events"]})
    number = told["events"] + 1
    assert (answer.status_code, answer.json()) == (
        201,
        {"subject": "EXP-001", "numbers": [number], "events": number},
    )
    last = writer.reads("/api/subjects/EXP-001/events")["events"][-1]
    assert (last["event"]["event"], last["who"], last["reason"], last["stands"]) == (
        "held",
        "Dr Coordinator-0",
        "AE 2",
        True,
    )
    assert answer.headers["etag"] == writer.get("/api/subjects/EXP-001").headers["etag"]


def test_two_writers_with_the_same_tag_and_one_wins(place: Place) -> None:
    first, second = program(place, "coordinator"), program(place, "investigator")
    tag = first.get("/api/subjects/EXP-001").headers["etag"]
    before = place.store.log("EXP-001").length
    body = {"events": [HELD]}
    answers = [
        each.send("/api/subjects/EXP-001/events", body, if_match=tag).status_code for each in (first, second, first)
    ]
    assert answers == [201, 412, 412]
    assert place.store.log("EXP-001").length == before + 1


def test_writer_says_which_log_was_seen(place: Place) -> None:
    writer = program(place, "coordinator")
    path, body = "/api/subjects/EXP-001/events", {"events": [HELD]}
    length = place.store.log("EXP-001").length
    tag = writer.get("/api/subjects/EXP-001").headers["etag"]
    refusals = [
        writer.send(path, body),
        writer.send(path, body, if_match="*"),
        writer.send(path, body, if_match=f"W/{tag}"),
        writer.send(path, body, if_match='"other"'),
        writer.send(path, {**body, "seen": length - 1}),
        writer.send(path, {**body, "seen": length + 1}),
    ]
    told = [(problem_of(each)["status"], problem_of(each)["type"].rpartition(":")[2]) for each in refusals]
    assert told == [
        (428, "say-what-you-saw"),
        (428, "say-what-you-saw"),
        (412, "log-moved-on"),
        (412, "log-moved-on"),
        (409, "log-moved-on"),
        (409, "log-moved-on"),
    ]
    assert problem_of(refusals[-1])["events"] == length
    assert place.store.log("EXP-001").length == length
    assert writer.send(path, body, if_match=f'"other", {tag}').status_code == 201


def test_many_events_are_recorded_or_none(place: Place) -> None:
    writer = program(place, "coordinator")
    contradiction = {"on": "2026-05-21", "event": "randomised", "arm": "control"}
    before = place.store.head()
    told = problem_of(writer.records("EXP-001", HELD, contradiction))
    assert told["status"] == 422
    assert [finding["code"] for finding in told["findings"]] == ["randomised-twice"]
    assert place.store.head() == before


def test_everything_that_is_wrong_is_said_at_once_with_its_place(place: Place) -> None:
    writer = program(place, "coordinator")
    body = {
        "events": [{"on": "2026-02-30", "event": "held", "treatment": "regorafenib"}, {"on": 0, "event": "helt"}],
        "seen": True,
        "note~/": 1,
    }
    told = problem_of(writer.send("/api/subjects/EXP-001/events", body))
    assert {(finding["pointer"], finding["code"]) for finding in told["findings"]} == {
        ("#/events/0/on", "not-a-date"),
        ("#/events/1/event", "not-one-of"),
        ("#/seen", "not-a-whole-number"),
        ("#/note~0~1", "unknown-key"),
    }


def test_same_fault_in_two_events_is_told_of_both(place: Place) -> None:
    wrong = {"event": "held", "treatment": "regorafenib"}
    told = problem_of(program(place, "coordinator").send("/api/subjects/EXP-001/preview", {"events": [wrong, wrong]}))
    assert [(finding["pointer"], finding["code"]) for finding in told["findings"]] == [
        ("#/events/0", "missing-key"),
        ("#/events/1", "missing-key"),
    ]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b'{"seen": 1, "seen": 2}', "application/json", 400),
        (b'{"seen": NaN}', "application/json", 400),
        (b'{"seen": 1e400}', "application/json", 422),
        (b'{"seen": 12345678901234567890}', "application/json", 400),
        (b'{"events": "\\ud800"}', "application/json", 400),
        (b'"\xff"', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"events":' * 20 + b"1" + b"}" * 20, "application/json", 400),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b"{}", "text/plain", 415),
        (b"events=1", "application/x-www-form-urlencoded", 415),
        (b"x", "multipart/form-data", 400),
        (b" " * 2_000_000, "application/json", 413),
    ],
)
def test_odd_body_is_a_problem_and_no_more(place: Place, content: bytes, kind: str, status: int) -> None:
    writer = program(place, "coordinator")
    answer = writer.client.post("/api/subjects/EXP-001/preview", content=content, headers={"content-type": kind})
    assert problem_of(answer)["status"] == status


def test_amounts_with_a_fraction_stay_as_they_were_written(place: Place) -> None:
    writer = program(place, "coordinator")
    length = place.store.log("EXP-001").length
    body = '{"events": [{"on": "2026-05-21", "event": "measured", "test": "ALT", "value": 2.50, "unit": "U/L"}], "seen": %d}'
    answer = writer.client.post(
        "/api/subjects/EXP-001/events", content=body % length, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 201
    assert writer.reads("/api/subjects/EXP-001/events")["events"][-1]["event"]["value"] == "2.50"


def test_investigator_decides_with_the_password_again(place: Place) -> None:
    assert program(place, "coordinator").records("EXP-001", REACTION).status_code == 201
    doctor = program(place, "investigator")
    (proposal,) = [
        each for each in doctor.reads("/api/subjects/EXP-001/proposals")["proposals"] if each["state"] == "open"
    ]
    assert all(option["changes"] for option in proposal["options"] if option["of_protocol"])
    path = f"/api/subjects/EXP-001/proposals/{proposal['id']}/decide"
    seen = place.store.log("EXP-001").length
    decision = {"action": "1", "on": "2026-05-21", "seen": seen}
    assert problem_of(program(place, "coordinator").send(path, {**decision, "password": PASSWORD}))["status"] == 403
    assert problem_of(doctor.send(path, {**decision, "password": "not mine"}))["title"] == "The password is wrong"
    assert problem_of(doctor.send(path, decision))["findings"][0]["message"] == "the key 'password' is missing"
    assert place.store.log("EXP-001").length == seen
    assert doctor.send(path, {**decision, "password": PASSWORD}).status_code == 201
    last = doctor.reads("/api/subjects/EXP-001/events")["events"][-1]
    assert last["event"]["action"] == proposal["options"][0]["action"]
    assert last["signed"].startswith("orders: ")
    assert doctor.send(path, {**decision, "password": PASSWORD}).status_code == 404


def test_order_is_signed_and_sent_alone(place: Place) -> None:
    doctor = program(place, "investigator")
    assert doctor.records("EXP-001", HELD).status_code == 201
    resumed = {"on": "2026-05-22", "event": "resumed", "treatment": "regorafenib", "level": 0, "dose": "80 mg"}
    assert doctor.send("/api/subjects/EXP-001/preview", {"events": [resumed]}).json()["signs"] != []
    assert problem_of(doctor.records("EXP-001", resumed))["title"] == "The password is wrong"
    both = problem_of(doctor.records("EXP-001", resumed, {**HELD, "on": "2026-05-25"}, password=PASSWORD))
    assert both["findings"][0]["code"] == "sign-alone"
    assert doctor.records("EXP-001", resumed, password=PASSWORD).status_code == 201


def test_order_is_not_struck_by_who_may_not_give_it(place: Place) -> None:
    doctor, coordinator = program(place, "investigator"), program(place, "coordinator")
    doctor.records("EXP-001", HELD)
    resumed = {"on": "2026-05-22", "event": "resumed", "treatment": "regorafenib", "level": 0, "dose": "80 mg"}
    (number,) = doctor.records("EXP-001", resumed, password=PASSWORD).json()["numbers"]
    strike = {"on": "2026-05-22", "event": "struck", "number": number, "reason": "no"}
    assert problem_of(coordinator.records("EXP-001", strike))["status"] == 403
    assert doctor.records("EXP-001", strike, password=PASSWORD).status_code == 201
    again = problem_of(coordinator.records("EXP-001", strike))
    assert (again["status"], again["findings"][0]["code"]) == (422, "not-in-force")


def test_enrolment_takes_all_that_is_known_or_nothing(place: Place) -> None:
    writer = program(place, "coordinator")
    events = [
        {"on": "2026-05-15", "event": "consented"},
        {"on": "2026-05-20", "event": "randomised", "arm": "experimental"},
        {"on": "2026-05-20", "event": "first dose planned", "to": "2026-05-25"},
    ]
    body = {"subject": "EXP-010", "site": "Shanghai", "events": events}
    wrong = problem_of(writer.send("/api/subjects", {**body, "site": "Elsewhere"}))
    assert [finding["code"] for finding in wrong["findings"]] == ["no-site"]
    assert place.store.subject("EXP-010") is None
    answer = writer.send("/api/subjects", body)
    assert (answer.status_code, answer.headers["location"]) == (201, "/api/subjects/EXP-010")
    assert writer.reads(answer.headers["location"])["calendar"]["first_dose"] == "2026-05-25"
    again = problem_of(writer.send("/api/subjects", body))
    assert [finding["code"] for finding in again["findings"]] == ["subject-there"]
    signed = {
        **body,
        "subject": "EXP-011",
        "events": [{"on": "2026-05-20", "event": "end of treatment", "reason": "x"}],
    }
    assert problem_of(writer.send("/api/subjects", signed))["status"] == 403


def test_patients_of_other_sites_are_not_there(place: Place) -> None:
    elsewhere = program(place, "admin", frozenset({"Beijing"}))
    assert elsewhere.reads("/api/subjects")["subjects"] == []
    missing = problem_of(elsewhere.get("/api/subjects/NOBODY"))
    for path in ("", "/calendar", "/events", "/proposals", "/explain?entry=toripalimab.2", "/response"):
        assert problem_of(elsewhere.get(f"/api/subjects/EXP-001{path}")) == missing
    assert problem_of(elsewhere.send("/api/subjects/EXP-001/preview", {"events": [HELD]})) == missing
    assert all(record["subject"] is None for record in elsewhere.reads("/api/audit?limit=1000")["records"])
    assert problem_of(elsewhere.get("/api/audit/verify"))["status"] == 403
    assert elsewhere.reads("/api/accounts")["accounts"] == [
        elsewhere.reads("/api/session")["person"]
        | dict.fromkeys(("disabled", "locked", "given", "signing_locked", "second_factor"), False)
    ]


def test_explanation_names_its_sources(place: Place) -> None:
    reader = program(place, "monitor")
    told = reader.reads("/api/subjects/EXP-003/explain?entry=toripalimab.2")
    assert told["entry"] == "toripalimab.2"
    assert any((line["source"] or "").startswith("protocol.yaml:") for line in told["lines"])
    assert problem_of(reader.get("/api/subjects/EXP-003/explain?entry=nothing.1"))["status"] == 404


def test_pharmacy_list_marks_what_changed_since_it_was_printed(place: Place) -> None:
    pharmacist = program(place, "pharmacist")
    period = "/api/dispensing?from=2026-05-21&to=2026-06-18"
    shown = pharmacist.reads(period)
    assert shown["printed"] is None
    program(place, "coordinator").records("EXP-001", HELD)
    printed = {"from": "2026-05-21", "to": "2026-06-18", "head": shown["head"]}
    assert pharmacist.send("/api/dispensing/printed", printed).status_code == 204
    told = pharmacist.reads(period)
    assert told["printed"]["first"] == "2026-05-21"
    changed = {line["subject"] for line in (*told["lines"], *told["apart"]) if line["changed"]}
    assert changed == {"EXP-001"}
    assert problem_of(pharmacist.get("/api/dispensing?from=2026-05-21&to=2026-05-01"))["status"] == 422
    unknown = {**printed, "head": shown["head"][:-1] + ("0" if shown["head"][-1] != "0" else "1")}
    assert problem_of(pharmacist.send("/api/dispensing/printed", unknown))["status"] == 422


@pytest.mark.slow
def test_feed_address_is_told_once(place: Place) -> None:
    writer = program(place, "coordinator")
    made = writer.send("/api/links", {"audience": "patient", "subject": "EXP-001", "language": "zh"}).json()
    path = made["address"].removeprefix("http://testserver")
    assert writer.client.get(path).headers["content-type"].startswith("text/calendar")
    (listed,) = writer.reads("/api/links")["links"]
    assert (listed["link"], listed["language"], listed["stands"]) == (made["link"]["link"], "zh", "in use")
    token = path.rpartition("/")[2].partition(".")[0]
    assert token not in writer.get("/api/links").text + writer.get("/api/audit?limit=1000").text
    ended = writer.send(f"/api/links/{listed['link']}/revoke", {"reason": "lost phone"})
    assert ended.json()["stands"] == "revoked"
    assert (
        program(place, "pharmacist").send("/api/links", {"audience": "patient", "subject": "EXP-001"}).status_code
        == 403
    )
    assert problem_of(writer.send("/api/links", {"audience": "patient", "subject": "NOBODY"}))["status"] == 422


def test_admin_looks_after_accounts(place: Place) -> None:
    admin = program(place, "admin")
    new = {"login": "new", "name": "Dr New", "role": "monitor", "sites": ["Shanghai"]}
    made = admin.send("/api/accounts", new).json()
    path = f"/api/accounts/{made['account']['account']}"
    monitor = Program(place)
    token = monitor.send("/api/session", {"login": "new", "password": made["password"]}).json()["token"]
    monitor.client.headers["authorization"] = f"Bearer {token}"
    assert monitor.reads("/api/session")["person"]["name"] == "Dr New"
    change = {"name": "Dr New", "role": "monitor", "sites": ["Shanghai"], "disabled": True, "reason": "left"}
    assert admin.send(path, change, method="PUT").json()["disabled"] is True
    assert problem_of(monitor.get("/api/session"))["status"] == 401
    assert admin.send(f"{path}/password", {}).json()["password"] != made["password"]
    assert admin.send(f"{path}/unlock", {}).json()["locked"] is False
    assert problem_of(admin.send("/api/accounts", new))["findings"][0]["code"] == "login-taken"
    assert (
        problem_of(admin.send("/api/accounts", {**new, "sites": ["Nowhere"]}))["findings"][0]["code"] == "unknown-site"
    )
    own = f"/api/accounts/{admin.reads('/api/session')['person']['account']}"
    assert problem_of(admin.send(own, {**change, "sites": None}, method="PUT"))["status"] == 422


def test_audit_goes_on_where_it_stopped(place: Place) -> None:
    monitor = program(place, "monitor")
    found: list[int] = []
    after: int | None = 0
    while after is not None:
        page = monitor.reads(f"/api/audit?after={after}&limit=40")
        found += [record["number"] for record in page["records"]]
        after = page["next"]
    assert found == list(range(1, place.store.head().number + 1))
    assert monitor.reads("/api/audit?kind=randomised&subject=EXP-001&limit=1000")["records"] != []
    whole = monitor.reads("/api/audit/verify")
    assert (whole["sound"], whole["head"]) == (True, str(place.store.head()))


def test_token_opens_what_a_cookie_opens_and_ends(place: Place) -> None:
    place.account("coordinator")
    stranger = Program(place)
    assert problem_of(stranger.get("/api/subjects"))["status"] == 401
    assert stranger.get("/api/subjects").headers["www-authenticate"] == "Bearer"
    wrong = stranger.send("/api/session", {"login": "coordinator", "password": "wrong"})
    nobody = stranger.send("/api/session", {"login": "nobody\u0000", "password": "wrong"})
    assert problem_of(wrong) == problem_of(nobody)
    known = Program(place, "coordinator")
    assert known.client.cookies == {}
    assert known.reads("/api/session")["form_token"] is None
    assert known.client.delete("/api/session").status_code == 204
    assert problem_of(known.get("/api/session"))["status"] == 401


def test_page_of_the_server_uses_its_cookie_and_form_token(place: Place) -> None:
    person = place.somebody("coordinator")
    told = person.get("/api/session").json()
    body = {"subject": "EXP-020", "site": "Shanghai"}
    assert told["form_token"] == person.form_token
    assert problem_of(person.browser.post("/api/subjects", json=body))["type"].endswith("from-elsewhere")
    headers = {"x-form-token": told["form_token"]}
    del person.browser.headers["sec-fetch-site"]
    assert person.browser.post("/api/subjects", json=body, headers=headers).status_code == 403
    elsewhere = {**headers, "origin": "https://evil.example"}
    assert person.browser.post("/api/subjects", json=body, headers=elsewhere).status_code == 403
    own = {**headers, "origin": "http://testserver"}
    assert person.browser.post("/api/subjects", json=body, headers=own).status_code == 201


def test_nobody_logs_in_from_a_page_elsewhere(place: Place) -> None:
    place.account("coordinator")
    stranger = Program(place)
    body = {"login": "coordinator", "password": PASSWORD}
    for headers in ({"origin": "https://evil.example"}, {"sec_fetch_site": "cross-site"}, {"origin": "null"}):
        assert stranger.send("/api/session", body, **headers).status_code == 403


def test_bad_token_is_not_helped_by_a_good_cookie(place: Place) -> None:
    person = place.somebody("coordinator")
    assert person.get("/api/subjects").status_code == 200
    person.browser.headers["authorization"] = "Bearer none"
    assert problem_of(person.get("/api/subjects"))["status"] == 401
    assert person.get("/subjects").status_code == 303


def test_own_password_is_changed_with_the_present_one(place: Place) -> None:
    place.account("pharmacist")
    one, other = Program(place, "pharmacist"), Program(place, "pharmacist")
    new = "another good sentence"
    assert problem_of(one.send("/api/session/password", {"password": "wrong", "new": new}))["status"] == 422
    assert problem_of(one.send("/api/session/password", {"password": PASSWORD, "new": "short"}))["status"] == 422
    assert one.send("/api/session/password", {"password": PASSWORD, "new": new}).status_code == 204
    assert one.get("/api/session").status_code == 200
    assert other.get("/api/session").status_code == 401


def test_too_many_tries_are_told_when_to_come_back(place: Place) -> None:
    hurried = Place(place.store, place.time, place.settings.model_copy(update={"logins_per_minute": 2}))
    stranger = Program(hurried)
    body = {"login": "nobody", "password": "wrong"}
    statuses = [stranger.send("/api/session", body).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]
    assert stranger.send("/api/session", body).headers["retry-after"] == "60"


def test_errors_of_the_server_are_problems_that_tell_nothing(place: Place, monkeypatch) -> None:
    reader = program(place, "monitor")
    quiet = Program(place)
    quiet.client = Person(place).browser.__class__(place.app, raise_server_exceptions=False)
    quiet.client.headers["authorization"] = reader.client.headers["authorization"]

    def gone(*_: object) -> None:
        raise StoreUnavailable("store-gone", "postgresql://secret@host", "x")

    monkeypatch.setattr(place.store, "position", gone)
    told = quiet.get("/api/subjects/EXP-001")
    assert problem_of(told)["status"] == 503
    assert told.headers["retry-after"] == "10"
    assert "secret" not in told.text

    def broken(*_: object) -> None:
        raise RuntimeError("EXP-001 is ill")

    monkeypatch.setattr(place.store, "position", broken)
    told = quiet.get("/api/subjects/EXP-001")
    assert problem_of(told)["status"] == 500
    assert "ill" not in told.text


def test_wrong_method_says_which_are_right(place: Place) -> None:
    answer = program(place, "admin").client.patch("/api/subjects")
    assert (problem_of(answer)["status"], answer.headers["allow"]) == (405, "GET, POST")
    assert problem_of(program(place, "admin").get("/api/nothing"))["status"] == 404


def test_wrong_parameter_is_not_repeated(place: Place) -> None:
    told = problem_of(program(place, "admin").get("/api/subjects/EXP-001/calendar?until=Wang+Li"))
    assert told["findings"][0]["message"] == "until: expected a date"
    assert "Wang" not in json.dumps(told)
    far = problem_of(program(place, "admin").get("/api/subjects/EXP-001/exposure?until=2199-12-31"))
    assert far["findings"][0]["code"] == "too-far"
