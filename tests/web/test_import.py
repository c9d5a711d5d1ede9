"""A list of events brought in a file: every row is shown with what becomes of it, and then all is recorded or nothing."""

from __future__ import annotations

import base64
import io
import re
from datetime import date

import openpyxl
import pytest
from httpx2 import Response

from tests.web.clicking import Clicking
from tests.web.people import ORDER, Person, Place, words_of

RIGHT = """subject,event,on,test,value,unit,upper limit,note
EXP-001,measured,2026-05-20,ALT,62,U/L,40,from the laboratory's list
EXP-003,measured,2026-05-20,ALT,31,U/L,40,
"""
SLIP = RIGHT.replace("62,U/L", "62,U/l").replace("2026-05-20,ALT,31", "2027-05-20,ALT,31")


def brings(person: Person, text: str | bytes, name: str = "list.csv") -> Response:
    data = text.encode() if isinstance(text, str) else text
    return person.browser.post(
        "/import/look", data={"form_token": person.form_token}, files={"file": (name, data, "text/csv")}
    )


def carried(page: Response) -> dict[str, str]:
    """What the page's form carries to be recorded."""
    form = re.search(r'(?s)<form method="post" action="/import/record".*?</form>', page.text)
    assert form is not None
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def outcomes(page: Response) -> list[tuple[str, str]]:
    return re.findall(r'(?s)id="row-(\d+)".*?data-label="Outcome"><span class="word \w+">(\w+)<', page.text)


def lengths(place: Place) -> list[int]:
    return [each.length for each in place.store.subjects()]


def test_a_file_is_looked_at_and_then_recorded_in_one_act(place: Place) -> None:
    person = place.somebody()
    before = lengths(place)
    page = brings(person, RIGHT)
    assert (page.status_code, outcomes(page)) == (200, [("2", "accepted"), ("3", "accepted")])
    assert lengths(place) == before
    answer = person.browser.post("/import/record", data=carried(page))
    assert answer.status_code == 303
    assert "2 events of 2 patients are recorded." in person.reads(answer.headers["location"])
    assert sum(lengths(place)) == sum(before) + 2
    file, first, second = list(place.store.records())[-3:]
    assert [file.kind, first.kind, second.kind] == ["file imported", "measured", "measured"]
    assert {file.at, first.at, second.at} == {file.at}
    audit = place.somebody("monitor").reads("/audit")
    assert "file imported" in audit
    assert "from a file, SHA-256" in audit
    assert "list.csv" not in audit


def test_the_same_form_twice_records_once_and_the_same_file_not_again(place: Place) -> None:
    person = place.somebody()
    form = carried(brings(person, RIGHT))
    first = person.browser.post("/import/record", data=form)
    after = place.store.head()
    again = person.browser.post("/import/record", data=form)
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    assert place.store.head() == after
    page = brings(place.somebody(), RIGHT)
    assert page.status_code == 422
    assert "this very file was imported on Thursday 21 May 2026 by Dr Coordinator-0" in words_of(page)


def test_one_row_that_is_refused_keeps_all_from_being_recorded(place: Place) -> None:
    person = place.somebody()
    page = brings(person, SLIP)
    assert ("3", "refused") in outcomes(page)
    assert "list.csv:3:3" in words_of(page)
    assert 'action="/import/record"' not in page.text
    digest = carried(brings(person, RIGHT))
    forged = digest | {"content": base64.b64encode(SLIP.encode()).decode()}
    before = place.store.head()
    assert person.browser.post("/import/record", data=forged).status_code == 409
    assert place.store.head() == before


def test_what_somebody_recorded_meanwhile_is_looked_at_first(place: Place) -> None:
    person = place.somebody()
    form = carried(brings(person, RIGHT))
    answer = place.somebody().records("EXP-001", event="measured", on="2026-05-19", test="ALT", value="30", unit="U/L")
    assert answer.status_code == 303
    late = person.browser.post("/import/record", data=form)
    assert late.status_code == 409
    assert "Somebody recorded something meanwhile" in words_of(late)
    assert person.browser.post("/import/record", data=carried(late)).status_code == 303


def test_a_workbook_is_read_and_its_template_names_the_columns(place: Place) -> None:
    person = place.somebody()
    data = person.get("/import/template.xlsx?kind=measured").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    said = {"subject": "EXP-001", "event": "measured", "on": "2026-05-20", "test": "ALT", "value": 62, "unit": "U/L"}
    sheet.append([said.get(str(name)) for name in names])
    kept = io.BytesIO()
    book.save(kept)
    assert outcomes(brings(person, kept.getvalue(), "list.xlsx")) == [("2", "accepted")]
    assert person.get("/import/template.csv?kind=enrolled").text.startswith("subject,site,consented")
    assert person.get("/import/template.csv?kind=nothing").status_code == 404


def test_orders_that_are_signed_and_patients_of_other_sites_are_in_no_file(place: Place) -> None:
    order = ",".join(ORDER) + ",subject\n" + ",".join(ORDER.values()) + ",EXP-003\n"
    for role in ("coordinator", "investigator"):
        page = brings(place.somebody(role), order)
        assert outcomes(page) == [("2", "refused")]
        assert "is signed here" in words_of(page)
    elsewhere = brings(place.somebody(sites=frozenset({"Nowhere"})), RIGHT)
    assert outcomes(elsewhere) == [("2", "refused"), ("3", "refused")]
    assert "there is no patient EXP-001" in words_of(elsewhere)


def test_a_pharmacist_brings_what_was_counted_and_enrols_nobody(place: Place) -> None:
    person = place.somebody("pharmacist")
    rows = "subject,event,on,treatment,quantity,strength,cycle,site\n"
    rows += (
        "EXP-003,returned,2026-05-20,regorafenib,2,,,\nEXP-301,enrolled,,,,,,Shanghai\nEXP-003,died,2026-05-20,,,,,\n"
    )
    page = brings(person, rows)
    said = words_of(page)
    assert "your role does not take patients into the study" in said
    assert "your role does not record 'Died'" in said
    assert "New patients" not in person.reads("/import")


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        (b"", 422, "No file was chosen"),
        (b"\xff\xfe\xfd", 422, "neither a workbook nor a CSV file"),
        (b"subject,wat\nEXP-001,1\n", 422, "there is no column 'wat'"),
        (b"subject,event\n" + b"EXP-001,consented\n" * 1001, 422, "at most 1000 rows here"),
        (b"a" * 700_000, 413, "The file is too large"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(place: Place, text: bytes, status: int, words: str) -> None:
    page = brings(place.somebody(), text)
    assert (page.status_code, words in words_of(page)) == (status, True), words_of(page)


def test_files_are_taken_here_and_nowhere_else(place: Place) -> None:
    person = place.somebody()
    token = {"form_token": person.form_token}
    for path in ("/enrol", "/import/record", "/subjects/EXP-001/preview"):
        answer = person.browser.post(path, data=token, files={"file": ("list.csv", RIGHT.encode(), "text/csv")})
        assert answer.status_code == 400, path


def test_it_is_two_clicks_from_the_subjects(place: Place) -> None:
    at_work = Clicking(place.somebody()).goes_to("/subjects").clicks_on("From a file")
    assert "Patients and events from a file" in at_work.reads
    zh = place.somebody().browser.get("/import", headers={"accept-language": "zh"})
    assert "从文件导入受试者和事件" in zh.text


def test_on_a_day_for_training_that_day_is_today(place: Place) -> None:
    """The server's day is 21 May, whatever the clock says."""
    trained = Place(place.store, place.time, place.settings.model_copy(update={"today": date(2026, 5, 19)}))
    page = brings(trained.somebody(), RIGHT)
    assert outcomes(page) == [("2", "refused"), ("3", "refused")]
    assert "today is 2026-05-19" in words_of(page)
