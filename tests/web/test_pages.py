"""What each page shows, read as a person reads it; and how it says that something is still to come, or is not there."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from scheduler.errors import StoreUnavailable
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from scheduler.store.values import Enrolment, Subject
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import Patient, patient_of
from scheduler.web.guards.sessions import hash_of
from scheduler.web.patients import Patients
from tests.exports.reading import read_page
from tests.web.people import SETTING_UP, TODAY, Place, words_of

PAGES = (
    "/",
    "/subjects",
    "/subjects/EXP-003",
    "/subjects/CTL-002/history",
    "/pharmacy",
    "/deviations",
    "/endpoints",
    "/protocol",
    "/links",
    "/audit",
)


def test_the_protocol_is_there_for_other_systems(place: Place) -> None:
    """The page links to all, and each is a file to keep."""
    person = place.somebody("monitor")
    page = person.get("/protocol").text
    for address, said in (
        ("/protocol/fhir.json?version=1.0", '"resourceType": "Bundle"'),
        ("/protocol/usdm.json?version=1.0", '"usdmVersion": "4.0.0"'),
        ("/protocol/odm.xml?version=1.0", 'ODMVersion="2.0"'),
    ):
        assert f'href="{address}"' in page
        answer = person.get(address)
        assert (answer.status_code, said in answer.text) == (200, True)
        assert answer.headers["content-disposition"].startswith("attachment; ")
    assert 'href="/api/fhir/Patient/EXP-001/$everything"' in person.get("/subjects/EXP-001").text


def test_the_schedule_of_activities_in_the_shape_of_m11(place: Place) -> None:
    person = place.somebody("monitor")
    page = person.get("/protocol").text
    for form, begins in (("html", b"<!doctype html>"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        address = f"/protocol/m11.{form}?version=1.0&arm=control&language=en"
        assert address.replace("&", "&amp;") in page
        assert person.get(address).content.lower().startswith(begins.lower()), form
    assert person.get("/protocol/m11.html?arm=nobody").status_code == 404


def test_sdtm_is_for_those_who_may_compare_the_arms(place: Place) -> None:
    """The same as the command writes: 19 datasets twice, the list of variables, and what the command says on the screen."""
    person = place.somebody("monitor")
    assert 'href="/reports/sdtm.zip"' in person.get("/reports").text
    with zipfile.ZipFile(io.BytesIO(person.get("/reports/sdtm.zip").content)) as archive:
        names = archive.namelist()
        people = {row[2] for row in json.loads(archive.read("dm.json"))["rows"]}
    assert (len(names), {"dm.json", "dm.xpt", "variables.csv", "notes.txt"} - set(names)) == (40, set())
    assert people == {f"REGO-TORI-RT-{each.subject}" for each in place.store.subjects()}
    coordinator = place.somebody("coordinator")
    assert "sdtm.zip" not in coordinator.get("/reports").text
    assert coordinator.get("/reports/sdtm.zip").status_code == 403


def test_worklist_is_the_core_s_own(place: Place) -> None:
    patients = Patients(place.store)
    shown, _ = patients.some(place.store.subjects(), 100)
    core = worklist((each.patient for each in shown), TODAY)
    page = place.somebody("coordinator").get("/").text
    for name, lines in core.lists:
        section = re.search(rf'(?s)<section id="{name}".*?</section>', page)
        assert section is not None
        rows = re.findall(r'<b><a href="[^"]+entry=([^"]+)"', section.group())
        wanted = [line.entry for line in lines if name != "due" or line.date != TODAY]
        assert rows == wanted, name


def test_one_kind_alone_is_seen_and_what_waits_for_a_decision(place: Place) -> None:
    person = place.somebody("coordinator")
    entry = r'<b><a href="[^"]+entry=([^"]+)"'
    assert set(re.findall(entry, person.get("/?kind=laboratory").text)) == {"c2d15.1"}
    assert set(re.findall(entry, person.get("/?kind=scan").text)) == set()
    assert "kind=laboratory" in person.get("/?kind=laboratory&list=due").text


def test_worklist_counts_the_days_that_a_window_is_still_open(place: Place) -> None:
    text = place.somebody("coordinator").reads("/")
    assert "Thursday 21 May 2026" in text
    assert "Wed 20 May 2026 yesterday End of treatment visit 20 – 27 May 2026 6 days left" in text


def test_today_is_the_site_s_and_not_the_server_s(place: Place) -> None:
    place.time.moment = datetime(2026, 5, 21, 15, 59, tzinfo=UTC)
    person = place.somebody("coordinator")
    assert "Thursday 21 May 2026" in person.reads("/")
    place.time.moment = datetime(2026, 5, 21, 16, 1, tzinfo=UTC)
    assert "Friday 22 May 2026" in person.reads("/")


@pytest.mark.slow
def test_long_work_is_shown_in_parts_and_says_so(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.web.pages.worklist.PATIENCE", 0.0)
    monkeypatch.setattr("scheduler.web.pages.pharmacy.PATIENCE", 0.0)
    person = place.somebody("coordinator")
    first = person.browser.get("/")
    assert "1 of 6 patients are in these lists so far" in words_of(first)
    assert '<meta http-equiv="refresh" content="1">' in first.text
    assert "1 of 6 patients are computed" in words_of(person.browser.get("/pharmacy"))
    *_, last = (person.browser.get("/") for _ in range(6))
    assert "so far" not in last.text
    assert "refresh" not in last.text


def test_patient_is_computed_once_and_again_after_an_event(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    person = place.somebody("coordinator")
    person.get("/")
    computed: list[str] = []

    def counting(version: StudyVersion, site: Site, log: Log, *, subject: str) -> Patient:
        computed.append(subject)
        return patient_of(version, site, log, subject=subject)

    monkeypatch.setattr("scheduler.web.patients.patient_of", counting)
    person.get("/")
    person.get("/subjects/EXP-001")
    assert computed == []
    person.records("EXP-001", event="unscheduled visit", on="2026-05-20", reason="pain")
    person.get("/")
    assert computed == ["EXP-001"]


def test_patients_are_read_once_and_again_after_a_record(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    person = place.somebody("coordinator")
    person.get("/")
    of_the_store = place.store.subjects
    looks: list[int] = []

    def counting() -> tuple[Subject, ...]:
        looks.append(place.store.head().number)
        return of_the_store()

    monkeypatch.setattr(place.store, "subjects", counting)
    person.get("/")
    assert looks == []
    known = of_the_store()[0]
    (record,) = place.store.enrol(Enrolment("EXP-900", known.site, known.protocol), SETTING_UP)
    assert "EXP-900" in person.reads("/subjects")
    assert looks == [record.number]


def test_subject_page_shows_the_whole_patient(place: Place) -> None:
    person = place.somebody("coordinator")
    answer = person.get("/subjects/EXP-003")
    text = words_of(answer)
    for heading in (
        "Next visits",
        "At a glance",
        "Not dated yet",
        "Dates",
        "Periods",
        "Month by month",
    ):
        assert heading in text
    assert '<figure class="picture">' in answer.text
    assert "Mon 25 May 2026 in 4 days 08:30 Regorafenib, cycle 5" in text
    assert "Background" not in text
    assert "23 Jan 2026 randomised: experimental study, event 5" in person.reads("/subjects/EXP-003/history")
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', answer.text)) - {"content"}
    assert targets <= set(ids)


def test_the_time_of_an_appointment_stands_at_the_first_of_its_days(place: Place) -> None:
    page = place.somebody("monitor").reads("/subjects/EXP-003")
    assert "Mon 25 May 2026 at 08:30 – Sun 14 Jun 2026 Day 120 Regorafenib, cycle 5" in page


def test_every_part_of_a_patient_s_page_has_an_address_and_the_same_head(place: Place) -> None:
    person = place.somebody("monitor")
    parts = re.findall(
        r'<li><a href="([^"]+)"( aria-current="page")?>([^<]+)</a>',
        re.search(r'(?s)<nav class="tabs".*?</nav>', person.get("/subjects/CTL-002").text).group(),  # type: ignore[union-attr]
    )
    assert [words for _, _, words in parts] == ["Calendar", "Decisions", "Drugs", "Events and response", "History"]
    for address, _, words in parts:
        page = person.get(address).text
        assert re.findall(r'aria-current="page">([^<]+)</a></li>\s*(?=<|$)', page)[-1] == words, address
        assert "control · Day 67, cycle 3 day 11 on treatment Regorafenib 80 mg, level \N{MINUS SIGN}1" in words_of(
            person.get(address)
        )


def test_parts_of_a_page_say_what_the_core_says(place: Place) -> None:
    person = place.somebody("coordinator")
    drugs = person.reads("/subjects/CTL-002/drugs")
    # Held from 24 April to 10 May: 17 days; of 21 dosing days of cycle 2 ten were held.
    assert "24 Apr 2026, resumed 11 May 2026 17 of 28 AE 1 (Palmar-plantar erythrodysesthesia syndrome)" in drugs
    assert "Received 4720 of 6360 mg planned; 43 days dosed (40 presumed); 10 days held" in drugs
    events = person.reads("/subjects/EXP-003/events")
    assert "15 May 2026 event 37 iUPD iRECIST Tumour imaging 2, 15 May 2026 progression, not confirmed yet" in events
    history = person.reads("/subjects/EXP-003/history")
    assert "39 18 May 2026 Toripalimab, dose 6 is booked for Wednesday 27 May 2026 at 13:30" in history
    decisions = person.reads("/subjects/CTL-002/decisions")
    assert "Regorafenib: Hand-foot skin reaction decided as proposed" in decisions


def lines_of(page: str) -> dict[str, list[str]]:
    """What the tables of dates on a page say of each line: what, window, dose, status and reasons."""
    rows = [row for table in read_page(page).every("table", class_="dates") for row in table.every("tr")]
    told = {}
    for row in rows:
        if "id" in row.attributes:
            what, *cells, why = (cell for cell in row.every("td") if cell.classes != ["day"])
            said = [each.text for each in (*why.every("summary"), *why.every("p")) if each.classes != ["acts"]]
            # An entry that another counts from is called by its name on the page, and by its id in the file.
            reasons = ["after" if each.startswith("after ") else each for each in said]
            told[row.attributes["id"]] = [what.one("b").text, *(cell.text for cell in cells), *reasons]
    return told


@pytest.mark.slow
def test_the_server_and_the_file_say_the_same_of_every_line(place: Place) -> None:
    place.time.pass_by(days=100)
    person = place.somebody("coordinator")
    unrecorded: dict[str, str] = {}
    for number in ("EXP-003", "EXP-005", "CTL-006"):
        on_server = lines_of(person.get(f"/subjects/{number}").text)
        assert on_server == lines_of(person.get(f"/subjects/{number}/calendar.html").text), number
        unrecorded |= {f"{number} {line}": said[3] for line, said in on_server.items() if "planned " in said[3]}
    # Tablets of a cycle that was started are presumed taken, and of one that nobody recorded as started they are not.
    assert unrecorded["EXP-003 regorafenib.4.2-21"] == "planned presumed taken"
    assert unrecorded["EXP-003 regorafenib.6.1-21"] == "planned not recorded"


@pytest.mark.slow
def test_every_link_of_every_page_leads_somewhere(place: Place) -> None:
    person = place.somebody("admin")
    seen: set[str] = set()
    ahead = list(PAGES)
    while ahead:
        path = ahead.pop()
        if path in seen or len(seen) > 150:
            continue
        seen.add(path)
        answer = person.get(path)
        assert answer.status_code == 200, path
        if "text/html" in answer.headers["content-type"] and path in PAGES:
            ahead += [found.replace("&amp;", "&") for found in re.findall(r'href="(/[^"#]*)', answer.text)]


@pytest.mark.parametrize("role", ["monitor", "pharmacist"])
def test_a_patient_s_page_offers_nobody_what_the_role_may_not_use(place: Place, role: str) -> None:
    person = place.somebody(role)
    links = set(re.findall(r'href="(/[^"#?]*)', person.get("/subjects/EXP-003").text))
    assert [path for path in sorted(links) if person.get(path).status_code == 403] == []


def test_explanation_tells_the_sources(place: Place) -> None:
    person = place.somebody("monitor")
    page = person.get("/subjects/EXP-003/explain?entry=toripalimab.6").text
    links = re.findall(r'<a class="id" href="([^"]+)">([^<]+)</a>', page)
    assert ("/subjects/EXP-003/history#event-39", "event 39") in links
    line = next(address for address, words in links if words.startswith("protocol.yaml:"))
    assert f'id="{line.partition("#")[2]}"' in person.get(line).text
    assert 'href="/subjects/EXP-003/explain?entry=toripalimab.5">toripalimab.5</a>' in page


def test_protocol_page_shows_the_plan_and_what_it_assumes(place: Place) -> None:
    text = place.somebody("monitor").reads("/protocol")
    assert "schedule of activities" in text
    assert "A3" in text
    assert "Otherwise:" in text
    assert 'href="#line-' in place.somebody("monitor").get("/protocol").text


def test_print_marks_what_changed_since(place: Place) -> None:
    person = place.somebody("pharmacist")
    shown = "/pharmacy?from=2026-05-21&to=2026-06-18"
    assert "was not printed yet" in person.reads("/pharmacy")
    answer = person.prints(shown)
    assert answer.headers["location"] == "/pharmacy?from=2026-05-21&to=2026-06-18"
    page = person.reads("/pharmacy")
    assert "Dr Pharmacist-0 printed on 21 May 2026, 02:00 UTC" in page
    assert "changed since the last print" not in page
    held = {"event": "held", "on": "2026-05-21", "treatment": "regorafenib", "reason": "AE 2", "by": "Dr Example"}
    place.somebody("coordinator").records("EXP-003", **held)
    assert "changed since the last print" in person.reads("/pharmacy")
    assert "changed since the last print" in person.get("/pharmacy.csv").text
    person.prints(shown)
    assert "changed since the last print" not in person.reads("/pharmacy")


def test_pharmacy_says_what_is_wrong_with_a_period(place: Place) -> None:
    person = place.somebody("pharmacist")
    answer = person.get("/pharmacy?from=2026-06-18&to=2026-05-21")
    assert answer.status_code == 422
    assert "The last day comes after the first" in words_of(answer)
    assert "Write dates as YYYY-MM-DD" in words_of(person.get("/pharmacy?from=18.6.2026"))


def test_feed_link_is_shown_once_and_revoked(place: Place) -> None:
    person = place.somebody("coordinator")
    page = person.sends("/links", audience="patient", subject="EXP-001", detail="neutral", language="zh", months="6")
    address = re.search(r'value="(http://testserver/feeds/([\w-]{43})\.ics)"', page.text)
    assert address is not None
    assert 'aria-label="QR code of the address"' in page.text
    assert address.group(1) not in person.get("/links").text
    [link] = place.store.links()
    assert link.token == hash_of(address.group(2))
    assert (link.audience, link.subject, link.detail, link.language) == ("patient", "EXP-001", "neutral", "zh")
    assert link.expires is not None
    assert (link.expires - link.created).days == 183
    text = person.reads("/links")
    assert "An urgent hold is a phone call" in text
    assert "not yet in use Revoke" in text
    person.sends(f"/links/{link.id}/revoke")
    assert "revoked 21 May 2026" in person.reads("/links")
    assert place.store.links()[0].revoked == place.time.now()


def test_pharmacist_makes_links_for_the_pharmacy_only(place: Place) -> None:
    person = place.somebody("pharmacist")
    assert person.sends("/links", audience="pharmacy", site="Shanghai").status_code == 200
    assert person.sends("/links", audience="patient", subject="EXP-001").status_code == 403
    place.somebody("coordinator").sends("/links", audience="patient", subject="EXP-001")
    of_patient = next(link for link in place.store.links() if link.subject)
    assert person.sends(f"/links/{of_patient.id}/revoke").status_code == 403


def test_audit_tells_who_what_when_and_why(place: Place) -> None:
    person = place.somebody("coordinator")
    person.records("EXP-001", event="held", on="2026-05-21", treatment="regorafenib", reason="AE 2")
    text = place.somebody("monitor").reads("/audit?subject=EXP-001")
    assert "2026-05-21 02:00:00 UTC Dr Coordinator-0 coordinator EXP-001 event" in text
    assert "account made" in place.somebody("monitor").reads("/audit?kind=account")
    own = person.reads("/audit?kind=account")
    assert ("account made" in own, "monitor-" in own) == (True, False)
    assert place.somebody("monitor").get("/audit?before=3").status_code == 200


def test_calendar_as_files(place: Place) -> None:
    person = place.somebody("monitor")
    keys = json.loads(person.get("/subjects/EXP-003/calendar.json").text)
    assert keys["subject"] == "EXP-003"
    assert person.get("/subjects/EXP-003/calendar.html").text.startswith("<!doctype html>")
    assert person.get("/subjects/EXP-003/calendar.csv").text.splitlines()[0].startswith("date,")
    assert person.get("/subjects/EXP-003/calendar.xlsx").content[:2] == b"PK"
    assert person.get("/subjects/EXP-003/calendar.exe").status_code == 404


def test_menu_offers_what_the_role_may_use(place: Place) -> None:
    def menu(role: str) -> list[str]:
        page = place.somebody(role).get("/account").text
        return re.findall(r'<li><a href="([^"]+)"', page)

    of_all = ["/", "/agenda", "/subjects", "/pharmacy", "/stock", "/reports", "/endpoints", "/protocol"]
    assert menu("monitor") == [*of_all, "/audit"]
    assert menu("pharmacist") == [*of_all, "/links", "/notices"]
    assert menu("admin") == [
        "/",
        "/agenda",
        "/subjects",
        "/pharmacy",
        "/stock",
        "/reports",
        "/endpoints",
        "/protocol",
        "/links",
        "/notices",
        "/audit",
        "/accounts",
    ]


def test_health_is_told_and_so_is_a_database_that_is_gone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    person = place.somebody("coordinator")
    assert person.get("/healthz").json() == {"status": "ok"}

    def gone(*them: object) -> None:
        raise StoreUnavailable("store-gone", "the database is gone", "look after it")

    monkeypatch.setattr(place.store, "head", gone)
    assert person.get("/healthz").status_code == 503
    answer = person.get("/subjects")
    assert answer.status_code == 503
    assert "The database does not answer, so nothing was recorded" in words_of(answer)
    monkeypatch.setattr(place.store, "session", gone)
    assert person.get("/subjects").status_code == 503


def test_training_day_is_told_on_every_page(place: Place) -> None:
    settings = place.settings.model_copy(update={"today": TODAY})
    training = Place(place.store, place.time, settings)
    training.time.moment = datetime(2026, 9, 1, tzinfo=UTC)
    person = training.somebody("coordinator")
    assert "Training: every page takes Thursday 21 May 2026 for today." in person.reads("/")
    person.records("EXP-001", event="unscheduled visit", on="2026-05-20", reason="pain")
    assert list(place.store.records())[-1].at == training.time.moment


def test_diary_is_printed_in_the_patient_s_language(place: Place) -> None:
    person = place.somebody("coordinator")
    answer = person.get("/subjects/EXP-003/diary.pdf?language=en&first=2026-05-21&last=2026-06-18")
    assert answer.content[:5] == b"%PDF-"
    assert answer.headers["content-disposition"] == 'attachment; filename="diary-EXP-003-2026-05-21-en.pdf"'
    assert person.get("/subjects/EXP-003/diary.pdf?first=2026-06-18&last=2026-05-21").status_code == 422
    assert person.get("/subjects/EXP-003/diary.pdf?language=xx").status_code == 422
    assert person.get("/subjects/EXP-003/diary.pdf?first=9999-12-31").status_code == 422
    assert person.get("/subjects/EXP-003/diary.pdf?first=0001-01-01").status_code == 422


def test_a_monitor_finds_every_deviation_with_the_sentence_of_the_protocol(place: Place) -> None:
    monitor = place.somebody("monitor")
    told = json.loads(monitor.get("/api/deviations?on=2026-05-21").text)["deviations"]
    page = monitor.get("/deviations?all=1").text
    rows = re.findall(
        r'(?s)<tr>\s*<th scope="row"><a href="/subjects/([^"]+)".*?data-label="Deviation"><b>([^<]+)</b>', page
    )
    assert rows == [(each["subject"], each["deviation"]) for each in told]
    assert rows
    assert '<a href="/deviations"' in monitor.get("/reports").text


def test_a_deviation_is_assessed_from_its_line_by_those_who_may(place: Place) -> None:
    coordinator, monitor = place.somebody("coordinator"), place.somebody("monitor")
    told = json.loads(monitor.get("/api/deviations?on=2026-05-21").text)["deviations"]
    links = re.findall(r'<a href="([^"]+)">assess</a>', coordinator.get("/deviations?all=1").text)
    assert len(links) == len([each for each in told if each["importance"] is None]) > 0
    assert ">assess</a>" not in monitor.get("/deviations?all=1").text
    one = next(each for each in told if each["importance"] is None)
    form = coordinator.get(unescape(links[0])).text
    assert f'value="{one["deviation"]}"' in form
    fields = {"event": "deviation assessed", "on": "2026-05-21", "deviation": one["deviation"]}
    about = {"about": parse_qs(urlsplit(unescape(links[0])).query)["about"][0]}
    assert f'value="{about["about"]}"' in form
    coordinator.records(one["subject"], **fields, **about, importance="important", cause="site")
    after = json.loads(monitor.get("/api/deviations?on=2026-05-21").text)["deviations"]
    assert [(each["importance"], each["cause"]) for each in after if each not in told][:1] == [("important", "site")]


def test_deviations_are_narrowed_by_subject_and_sort(place: Place) -> None:
    monitor = place.somebody("monitor")
    told = json.loads(monitor.get("/api/deviations?on=2026-05-21").text)["deviations"]
    one = told[0]
    page = monitor.get(f"/deviations?subject={one['subject']}&kind={one['deviation'].replace(' ', '+')}").text
    fitting = [each for each in told if (each["subject"], each["deviation"]) == (one["subject"], one["deviation"])]
    assert page.count('<th scope="row">') == len(fitting)
    assert "Nothing here fits." in monitor.reads("/deviations?subject=NOBODY")


def test_deviations_as_a_file_are_the_list_of_the_command_line(place: Place) -> None:
    monitor = place.somebody("monitor")
    told = json.loads(monitor.get("/api/deviations?on=2026-05-21").text)["deviations"]
    rows = monitor.get("/deviations.csv").text.splitlines()
    assert rows[0].startswith("subject,date,deviation,entry,days off,what,clause,line,events,severity")
    assert len(rows) == len(told) + 1
