"""What an attacker tries: forms from elsewhere, markup in notes, odd paths and headers, formulas, tokens in logs, other sites."""

from __future__ import annotations

import csv
import io
import json
import logging

import openpyxl
import pytest

from scheduler.store.values import SiteSource
from scheduler.web.guards.headers import HEADERS
from scheduler.web.request_log import LOG, JsonLines
from tests.web.people import SETTING_UP, Person, Place, words_of

EVENT = {"event": "unscheduled visit", "on": "2026-05-20", "reason": "pain"}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
        {},
    ],
)
def test_change_from_elsewhere_is_refused(place: Place, headers: dict[str, str]) -> None:
    person = place.somebody("coordinator")
    token = person.form_token
    del person.browser.headers["sec-fetch-site"]
    before = place.store.head()
    answer = person.browser.post(
        "/enrol", data={"form_token": token, "subject": "X-1", "site": "Shanghai"}, headers=headers
    )
    assert answer.status_code == 403
    assert "did not come from a page of this server" in words_of(answer)
    assert place.store.head() == before


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}])
def test_change_from_an_own_page_is_taken(place: Place, headers: dict[str, str]) -> None:
    person = place.somebody("coordinator")
    token = person.form_token
    del person.browser.headers["sec-fetch-site"]
    fields = {"form_token": token, "subject": "X-1", "site": "Shanghai"}
    assert person.browser.post("/enrol", data=fields, headers=headers).headers["location"] == "/subjects/X-1"


def test_behind_a_proxy_only_the_public_address_counts(place: Place) -> None:
    settings = place.settings.model_copy(update={"public_url": "https://trial.example.org"})
    proxied = Place(place.store, place.time, settings)
    proxied.account("coordinator")
    person = Person(proxied, "https://trial.example.org")
    del person.browser.headers["sec-fetch-site"]
    for origin, status in (
        ("https://trial.example.org", 303),
        ("http://trial.example.org", 403),
        ("https://x.org", 403),
    ):
        answer = person.browser.post(
            "/login", data={"login": "coordinator", "password": "correct horse battery"}, headers={"origin": origin}
        )
        assert answer.status_code == status, origin


def test_form_without_its_token_or_with_anothers_is_refused(place: Place) -> None:
    person, other = place.somebody("coordinator"), place.somebody("coordinator")
    for token in ("", "wrong", other.form_token, "ü"):
        answer = person.browser.post("/enrol", data={"form_token": token, "subject": "X-1", "site": "Shanghai"})
        assert answer.status_code == 403


def test_every_answer_has_the_headers(place: Place) -> None:
    person = place.somebody("admin")
    for path in ("/", "/subjects/EXP-001", "/worklist.csv", "/healthz", "/nothing", "/login", "/accounts"):
        answer = person.get(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS, path
        assert "server" not in answer.headers
    assert "'unsafe" not in HEADERS["content-security-policy"]


def test_pages_hold_no_script_and_no_style_of_their_own(place: Place) -> None:
    person = place.somebody("admin")
    for path in ("/", "/subjects", "/subjects/EXP-001", "/pharmacy", "/protocol", "/links", "/audit"):
        text = person.get(path).text
        assert "<style" not in text, path
        assert " style=" not in text, path
        assert " onclick" not in text, path
        assert text.count("<script") == text.count('<script src="/static/'), path
        assert "http://" not in text.replace("http://www.w3.org/2000/svg", ""), path
        assert "https://" not in text, path


MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


def test_markup_in_what_people_write_is_text_on_every_page(place: Place) -> None:
    person = place.somebody("coordinator")
    answer = person.records(
        "EXP-001", event="unscheduled visit", on="2026-05-20", reason=MARKUP, note=MARKUP, activities=MARKUP
    )
    assert answer.status_code == 303
    adverse = {
        "event": "adverse event",
        "on": "2026-05-20",
        "ae": "9",
        "term": MARKUP,
        "grade": "2",
        "confirmed": MARKUP,
    }
    assert person.records("EXP-001", **adverse).status_code == 303
    admin = place.somebody("admin")
    for path in (
        "/subjects/EXP-001",
        "/subjects/EXP-001/history",
        "/",
        "/audit",
        "/subjects/EXP-001/record?event=resolved",
    ):
        text = admin.get(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
    assert "&lt;script&gt;alert(1)" in admin.get("/subjects/EXP-001/history").text


def test_markup_in_what_is_asked_for_is_text(place: Place) -> None:
    admin = place.somebody("admin")
    for path in (
        f"/subjects?q={MARKUP}",
        f"/audit?who={MARKUP}",
        f"/subjects/EXP-001/record?entry={MARKUP}",
        f"/subjects/EXP-001/record?event=held&reason={MARKUP}",
        f"/links?subject={MARKUP}",
        f"/pharmacy?from={MARKUP}",
        f"/subjects/EXP-001?saved={MARKUP}",
    ):
        assert "<script>alert" not in admin.get(path).text, path


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%2fsettings.py",
        "/subjects/..%2f..%2fetc%2fpasswd",
        "/subjects/%00",
        "/subjects/EXP-001%0d%0aSet-Cookie:%20x=1",
        "/subjects/' OR 1=1 --",
        "/subjects/EXP-001/calendar.%2e%2e",
        "/subjects/EXP-001/correct/99999999999999999999999",
        "/subjects/EXP-001/correct/-1",
        "/subjects/EXP-001/explain?entry=../../x",
    ],
)
def test_odd_paths_lead_nowhere(place: Place, path: str) -> None:
    answer = place.somebody("admin").get(path)
    assert answer.status_code in (404, 422)
    assert "set-cookie" not in answer.headers


def test_name_of_a_file_holds_nothing_but_plain_letters(place: Place) -> None:
    person = place.somebody("coordinator")
    person.sends("/enrol", subject="A.B-1_x", site="Shanghai")
    answer = person.get("/subjects/A.B-1_x/calendar.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="A.B-1_x-event-0.csv"'


@pytest.mark.parametrize("number", ["=1+1", "<b>", "a b", "../x", "x\r\ny", "", "é", "a" * 41, "@x"])
@pytest.mark.slow
def test_number_of_a_subject_is_plain(place: Place, number: str) -> None:
    answer = place.somebody("coordinator").sends("/enrol", subject=number, site="Shanghai")
    assert answer.status_code == 422
    assert "this is no number of a subject" in words_of(answer)


FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)")


@pytest.mark.slow
def test_what_people_write_is_no_formula_in_files(place: Place) -> None:
    person = place.somebody("coordinator")
    for number, formula in enumerate(FORMULAS, 20):
        fields = {
            "event": "adverse event",
            "on": "2026-05-20",
            "ae": str(number),
            "grade": "1",
            "confirmed": "so written",
        }
        assert person.records("EXP-001", term=formula, reason=formula, **fields).status_code == 303
    admin = place.somebody("admin")
    rows = list(csv.reader(io.StringIO(admin.get("/audit.csv?subject=EXP-001").text)))
    cells = {cell for row in rows for cell in row}
    assert {f"'{formula}" for formula in FORMULAS} <= cells
    assert not cells & set(FORMULAS)
    sheet = openpyxl.load_workbook(io.BytesIO(admin.get("/audit.xlsx?subject=EXP-001").content)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}


def test_log_line_tells_the_route_and_nothing_of_anybody(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, LOG.name)
    person = place.somebody("coordinator")
    token = person.browser.cookies["session"]
    person.get("/subjects/EXP-001/explain?entry=toripalimab.2")
    person.get("/subjects/SECRET-PATIENT")
    person.records("EXP-001", **EVENT)
    person.browser.get("/nowhere/SECRET-PATH")
    lines = [JsonLines().format(record) for record in caplog.records]
    told = [json.loads(line) for line in lines if json.loads(line).get("event") == "request"]
    assert {"/subjects/{subject}/explain", "/subjects/{subject}", "none"} <= {line["route"] for line in told}
    for secret in (token, "EXP-001", "SECRET", "toripalimab", "pain", "coordinator-0", "Dr ", "correct horse"):
        assert not [line for line in lines if secret in line], secret


def test_error_is_logged_without_its_words_and_answered_without_its_inside(
    place: Place, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = place.somebody("coordinator")
    person.browser._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
    monkeypatch.setattr("scheduler.web.pages.patient.subject.explain", lambda *them: 1 / int("EXP-001 has a secret"))
    answer = person.get("/subjects/EXP-001/explain?entry=toripalimab.2")
    assert answer.status_code == 500
    assert "Something went wrong in the server" in words_of(answer)
    assert "secret" not in answer.text
    line = next(JsonLines().format(record) for record in caplog.records if record.levelname == "ERROR")
    assert json.loads(line)["error"] == "ValueError"
    assert "secret" not in line


def test_too_much_is_refused(place: Place) -> None:
    person = place.somebody("coordinator")
    assert person.browser.post("/enrol", data={"subject": "x" * 1_100_000}).status_code == 413
    pieces = (b"x" * 100_000 for _ in range(20))
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert person.browser.post("/enrol", content=pieces, headers=headers).status_code == 413
    many = {f"f{number}": "1" for number in range(1000)}
    assert person.browser.post("/enrol", data=many).status_code == 400


def test_person_sees_the_patients_of_own_sites_only(place: Place) -> None:
    source = place.store.study()
    assert source is not None
    text = source.sites[0].text.replace("site: {en: Shanghai, zh: 上海}", "site: Beijing")
    place.store.add_site(SiteSource("Beijing", "beijing.yaml", text, source.sites[0].holidays), SETTING_UP)
    there = place.somebody("coordinator", frozenset({"Beijing"}))
    there.sends("/enrol", subject="BJ-001", site="Beijing")
    here = place.somebody("coordinator", frozenset({"Shanghai"}))
    assert "BJ-001" in there.reads("/subjects")
    assert "EXP-001" not in there.reads("/subjects") + there.reads("/") + there.reads("/pharmacy") + there.reads(
        "/audit"
    )
    assert "BJ-001" not in here.reads("/subjects")
    for path in ("", "/history", "/record", "/calendar.csv", "/explain?entry=imaging.1", "/correct/1"):
        assert there.get(f"/subjects/EXP-001{path}").status_code == 404
    assert there.records("EXP-001", **EVENT).status_code == 404
    assert "the site is missing" in words_of(there.sends("/enrol", subject="BJ-002", site="Shanghai"))
    assert there.sends("/links", audience="patient", subject="EXP-001").status_code == 422
    assert there.sends("/links", audience="coordinator", site="Shanghai").status_code == 422


def test_stranger_learns_nothing_of_the_study(place: Place) -> None:
    stranger = place.stranger()
    for path in ("/login", "/nothing", "/healthz"):
        assert "REGO" not in stranger.get(path).text


def test_patient_who_was_transferred_is_seen_at_the_new_site_and_no_longer_at_the_old_one(place: Place) -> None:
    source = place.store.study()
    assert source is not None
    text = source.sites[0].text.replace("site: {en: Shanghai, zh: 上海}", "site: Beijing")
    place.store.add_site(SiteSource("Beijing", "beijing.yaml", text, source.sites[0].holidays), SETTING_UP)
    here, there = (place.somebody("coordinator", frozenset({site})) for site in ("Shanghai", "Beijing"))
    lists = ("/subjects", "/", "/pharmacy?from=2026-05-21&to=2026-06-18", "/deviations?all=1", "/audit")

    def sees(person: Person) -> list[bool]:
        own = [person.get(f"/subjects/EXP-003{path}").status_code == 200 for path in ("", "/history", "/record")]
        return [*own, *("EXP-003" in person.get(path).text for path in lists)]

    seen = sees(here)
    assert (seen[:5], any(sees(there))) == ([True] * 5, False)
    moved = here.records("EXP-003", event="site transferred", on="2026-05-21", site="Beijing")
    assert moved.status_code == 303
    assert (any(sees(here)), sees(there)) == (False, seen)
