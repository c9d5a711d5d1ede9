"""A sponsor's files on a page: what becomes of them is told, kept as files, and recorded nowhere."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from html import unescape
from typing import Any

import pytest
from httpx2 import Response

from scheduler.folder.exchanging.usdm import read_usdm, usdm_as_json
from scheduler.folder.founding.seed import seed_study
from scheduler.protocol.parse import parse_protocol
from scheduler.standards.usdm_out.study import usdm_of
from scheduler.store.study import protocol_source
from tests.web.people import Person, Place, set_up_by, words_of

PROTOCOL = (seed_study() / "protocol.yaml").read_text("utf-8")


def usdm_file(study: str = "OTHER") -> dict[str, Any]:
    """One visit whose timing counts from nothing, beside the anchor."""
    after = {"code": "C201356", "decode": "After"}
    timings = [
        {"id": "T1", "type": {"code": "C201358"}, "value": "P1D", "relativeFromScheduledInstanceId": "I1"},
        {
            "id": "T2",
            "name": "lost",
            "type": after,
            "value": "P7D",
            "relativeFromScheduledInstanceId": "I2",
            "relativeToScheduledInstanceId": "gone",
        },
    ]
    instances = [{"id": "I1", "name": "Dose", "defaultConditionId": "I2"}, {"id": "I2", "name": "Call"}]
    timeline = {"id": "L", "mainTimeline": True, "entryId": "I1", "instances": instances, "timings": timings}
    design = {"id": "D", "scheduleTimelines": [timeline]}
    version = {"versionIdentifier": "1", "studyDesigns": [design], "studyIdentifiers": [{"text": study}]}
    return {"usdmVersion": "4.0.0", "study": {"name": study, "versions": [version]}}


def brings(person: Person, path: str, **files: object) -> Response:
    sent = {
        name: (f"{name}.json", data if isinstance(data, bytes) else json.dumps(data).encode(), "application/json")
        for name, data in files.items()
    }
    return person.browser.post(path, data={"form_token": person.form_token}, files=sent)


def kept(page: Response) -> dict[str, bytes]:
    """The files that the page holds, by the names under which a browser keeps them."""
    found = re.findall(r'href="data:[^,"]+;base64,([^"]+)" download="([^"]+)"', page.text)
    return {unescape(name): base64.b64decode(data) for data, name in found}


def archive(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def test_a_usdm_file_is_told_part_by_part_and_kept_as_what_the_command_writes(place: Place) -> None:
    admin = place.somebody("admin")
    head = place.store.head()
    page = brings(admin, "/setup/usdm", file=usdm_file())
    said = words_of(page)
    assert page.status_code == 200
    assert "timing lost" in said
    assert "it counts from gone, which is no instance of its timeline" in said
    assert "call waits for a recorded day" in said
    written = read_usdm(json.dumps(usdm_file()).encode(), name="file.json").files
    files = kept(page)
    assert {name: files[name].decode() for name in files if not name.endswith(".zip")} == {
        name: text for name, text in written.items() if name != "site.yaml"
    }
    assert archive(files["OTHER.zip"]) == dict(written)
    assert "This server keeps REGO-TORI-RT, and a server keeps one study" in said
    assert place.store.head() == head


def test_the_study_s_own_protocol_goes_on_to_where_a_version_is_added(place: Place) -> None:
    version, _ = parse_protocol(PROTOCOL.replace('version: "1.0"', 'version: "1.1"'), name="protocol.yaml")
    text = PROTOCOL.replace('version: "1.0"', 'version: "1.1"')
    admin = place.somebody("admin")
    page = brings(admin, "/setup/usdm", file=usdm_as_json(usdm_of(version, text, "test")).encode())
    form = re.search(r'(?s)<form method="post" action="/setup/look".*?</form>', page.text)
    assert form is not None
    fields = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[0])}
    assert fields["text"] == text
    looked = admin.browser.post("/setup/look", data=fields)
    assert (looked.status_code, "REGO-TORI-RT 1.1" in words_of(looked)) == (200, True)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "No file was chosen."),
        (b"{", "file.json is not JSON"),
        (b"[" * 100_000, "file.json is not JSON"),
        (b"\xff\xfe", "file.json is not JSON"),
        (b"[]", "the file has no study with a version"),
    ],
)
def test_what_is_no_usdm_is_said_to_be_none(place: Place, data: bytes, words: str) -> None:
    page = brings(place.somebody("admin"), "/setup/usdm", file=data)
    assert (page.status_code, words in words_of(page)) == (422, True)


def dataset(name: str, *rows: dict[str, object]) -> dict[str, object]:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [[row.get(column) for column in columns] for row in rows]
    return {"name": name, "columns": [{"name": column} for column in columns], "rows": cells}


KEYS: dict[str, object] = {"STUDYID": "REGO-TORI-RT", "USUBJID": "REGO-TORI-RT-CTL-101"}
DM = dataset("DM", KEYS | {"ARMCD": "CONTROL", "RFSTDTC": "2026-03-02", "RFICDTC": "2026-02-20", "SITEID": "Shanghai"})
DS = dataset("DS", KEYS | {"DSCAT": "OTHER EVENT", "DSDECOD": "FINAL VISIT", "DSSTDTC": "2026-03-02"})


def test_patients_of_sdtm_are_case_files_with_a_row_for_each_record(place: Place) -> None:
    admin = place.somebody("admin")
    head = place.store.head()
    page = brings(admin, "/setup/sdtm", dm=DM, ds=DS)
    said = words_of(page)
    assert page.status_code == 200
    assert "2 records" in said
    assert "OTHER EVENT: FINAL VISIT has no event here" in said
    files = kept(page)
    assert sorted(files) == ["REGO-TORI-RT.zip", "sdtm-report.csv", "sdtm-report.txt"]
    case = archive(files["REGO-TORI-RT.zip"])["patients/CTL-101.yaml"]
    assert case.splitlines()[:4] == [
        "protocol: ../protocol.yaml",
        "site: ../site.yaml",
        'subject: "CTL-101"',
        "events:",
    ]
    assert place.store.head() == head


def test_two_patients_who_are_one_file_on_some_disks_are_refused(place: Place) -> None:
    both = dataset("DM", KEYS | {"ARMCD": "CONTROL"}, KEYS | {"ARMCD": "CONTROL", "USUBJID": "REGO-TORI-RT-ctl-101"})
    page = brings(place.somebody("admin"), "/setup/sdtm", dm=both)
    assert page.status_code == 422
    assert "CTL-101 and ctl-101 differ only in small and capital letters" in words_of(page)


def test_without_dm_nobody_is_known(place: Place) -> None:
    admin = place.somebody("admin")
    assert "Choose the file of DM" in words_of(brings(admin, "/setup/sdtm", ds=DS))
    assert "No file was chosen" in words_of(brings(admin, "/setup/sdtm", other=DS))
    assert "dm.json is no Dataset-JSON" in words_of(brings(admin, "/setup/sdtm", dm=b"{}"))


def test_more_records_than_a_page_looks_at_are_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.web.pages.files.standards.MOST_RECORDS", 2)
    admin = place.somebody("admin")
    assert brings(admin, "/setup/sdtm", dm=DM, ds=DS).status_code == 200
    page = brings(admin, "/setup/sdtm", dm=DM, ds=dataset("DS", KEYS, KEYS))
    assert (page.status_code, "there are more than 2 records" in words_of(page)) == (422, True)


def test_a_large_file_is_read_from_nobody_else(place: Place) -> None:
    # Larger than any form may be otherwise; of a file with spaces the server reads nothing for a coordinator or a stranger.
    large = json.dumps(usdm_file()).encode() + b" " * 2_000_000
    assert brings(place.somebody("admin"), "/setup/usdm", file=large).status_code == 200
    assert brings(place.somebody("coordinator"), "/setup/usdm", file=large).status_code == 403
    stranger = place.stranger()
    sent = {"file": ("file.json", large, "application/json")}
    assert stranger.browser.post("/setup/usdm", files=sent).headers["location"].startswith("/login")
    assert brings(place.somebody("admin"), "/setup/look", file=large).status_code == 413
    assert brings(place.somebody("admin"), "/setup/usdm", file=b" " * 21_000_000).status_code == 413


def test_every_page_of_it_speaks_chinese(place: Place) -> None:
    admin = place.somebody("admin")
    admin.browser.headers["accept-language"] = "zh"
    assert "来自申办者的文件" in words_of(admin.get("/setup/standards"))
    said = words_of(brings(admin, "/setup/usdm", file=usdm_file()))
    assert "文件有误" in said
    assert "它的参照点 gone 不是本时间线中的实例" in said
    said = words_of(brings(admin, "/setup/sdtm", dm=DM, ds=DS))
    assert "OTHER EVENT：FINAL VISIT 在此没有对应的事件" in said
    assert "没有记录说明何时随机化：按 RFSTDTC 读取" in said


def test_what_a_study_is_for_is_on_the_page_of_its_protocol(place: Place) -> None:
    text = PROTOCOL.replace('version: "1.0"', 'version: "1.1"') + (
        "synopsis:\n  objectives: {primary: [{objective: To live longer, end points: [death]}]}\n"
        "  population: Adults\n  subjects: 60\n  exclusion: {EX01: Earlier regorafenib}\n"
    )
    place.store.add_protocol(protocol_source(text, file="p.yaml"), set_up_by(place.time.moment))
    monitor = place.somebody("monitor")
    said = monitor.reads("/protocol?version=1.1")
    assert "Adults 60 subjects are planned. primary To live longer death 1 criterion of who takes part EX01" in said
    assert "What the study wants to know" not in monitor.reads("/protocol?version=1.0")
