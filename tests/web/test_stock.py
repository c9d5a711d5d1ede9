"""The stock of a site in the browser and for programs: recorded, asked about, counted with what patients had."""

from __future__ import annotations

import csv
import io
import re

import pytest

from scheduler.store.study import site_source
from scheduler.store.verifying import verify
from tests.web.api.programs import program
from tests.web.people import SETTING_UP, Person, Place, words_of

CAME = {
    "event": "received",
    "site": "Shanghai",
    "on": "2026-02-20",
    "product": "regorafenib",
    "lot": "R-1",
    "expires": "2027-05-31",
    "packs": "40",
    "shipment": "S-1",
}


def records(person: Person, **fields: str) -> tuple[int, str]:
    """An event by its form: preview, then the button, as a browser sends them. Gives how the button was answered."""
    preview = person.sends("/stock/preview", **fields)
    found = dict(re.findall(r'name="(seen|confirm|once)" value="([^"]*)"', preview.text))
    if "seen" not in found:
        return preview.status_code, words_of(preview)
    answer = person.sends("/stock/record", **fields, **found)
    return answer.status_code, words_of(answer)


def lots(person: Person) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(person.get("/stock.csv?site=Shanghai").text)))


def test_a_delivery_is_seen_before_it_is_recorded_and_patients_count_against_it(place: Place) -> None:
    pharmacist = place.somebody("pharmacist")
    empty = pharmacist.reads("/stock")
    assert "Nothing is recorded about this stock yet." in empty
    assert "EXP-003 needs 1 vial on 27 May 2026, short by 1 vial" in empty
    preview = words_of(pharmacist.sends("/stock/preview", **CAME))
    assert "regorafenib, lot R-1: 40 packs received" in preview
    assert "Lot R-1: 1120 tablets there, before 0 tablets" in preview
    assert records(pharmacist, **CAME)[0] == 303
    page = pharmacist.reads("/stock")
    assert "regorafenib: enough for all that is planned until 13 Aug 2026" in page
    (row,) = [each for each in lots(pharmacist) if each["lot"] == "R-1"]
    assert (row["received"], row["left"], row["whole packs left"], row["state"]) == ("1120", "1120", "40", "in use")
    assert verify(place.store).findings == ()


def test_what_cannot_be_is_refused_and_what_is_a_slip_is_asked_about(place: Place) -> None:
    pharmacist = place.somebody("pharmacist")
    records(pharmacist, **CAME)
    gone = {**CAME, "event": "destroyed", "on": "2026-05-20", "packs": "41", "reason": "broken"}
    status, words = records(pharmacist, **gone)
    assert (status, "more than there were of lot R-1" in words) == (422, True)
    assert "Record it" not in words
    twice, words = records(pharmacist, **CAME)
    assert (twice, "event 1 is the same delivery" in words, "say why it stands" in words) == (422, True, True)
    assert len(place.store.stock_records()) == 1
    assert records(pharmacist, **CAME, confirmed="two boxes in one shipment")[0] == 303
    assert [record.kind for record in place.store.stock_records()] == ["stock received"] * 2


def test_a_form_that_says_nothing_of_use_is_shown_again(place: Place) -> None:
    pharmacist = place.somebody("pharmacist")
    wrong = pharmacist.sends("/stock/preview", **{**CAME, "on": "20.2.2026", "packs": ""})
    assert wrong.status_code == 422
    assert 'value="R-1"' in wrong.text
    assert pharmacist.sends("/stock/preview", event="nothing", site="Shanghai").status_code == 422
    assert pharmacist.sends("/stock/preview", **{**CAME, "site": "Nowhere"}).status_code == 404
    assert pharmacist.get("/stock?site=Nowhere").status_code == 404
    again = pharmacist.sends("/stock/preview", **CAME, edit="1")
    assert (again.status_code, 'value="S-1"' in again.text) == (200, True)


def test_who_saw_an_older_log_looks_again(place: Place) -> None:
    pharmacist = place.somebody("pharmacist")
    fields = {**CAME, "seen": "0"}
    assert pharmacist.sends("/stock/record", **fields).status_code == 303
    later = pharmacist.sends("/stock/record", **{**fields, "lot": "R-2"})
    assert (later.status_code, "Somebody else recorded about this stock" in words_of(later)) == (409, True)
    assert len(place.store.stock_records()) == 1


def test_the_same_form_sent_twice_is_recorded_once(place: Place) -> None:
    pharmacist = place.somebody("pharmacist")
    for _ in range(2):
        assert pharmacist.sends("/stock/record", **CAME, seen="0", once="a-key-of-the-form").status_code == 303
    assert len(place.store.stock_records()) == 1


@pytest.mark.slow
def test_a_strike_says_what_it_takes_away(place: Place) -> None:
    pharmacist = place.somebody("pharmacist")
    records(pharmacist, **CAME)
    struck = {"event": "struck", "site": "Shanghai", "on": "2026-05-21", "number": "1", "reason": "typed twice"}
    assert "regorafenib, lot R-1: 40 packs received" in words_of(pharmacist.sends("/stock/preview", **struck))
    assert records(pharmacist, **struck)[0] == 303
    assert [row for row in lots(pharmacist) if row["lot"] == "R-1"] == []


def test_a_site_is_seen_by_its_own_people_and_a_stranger_s_number_by_nobody(place: Place) -> None:
    place.store.add_site(site_source("site: Beijing\nzone: Asia/Shanghai\n", file="site-2.yaml"), SETTING_UP)
    admin = place.somebody("admin")
    records(admin, **{**CAME, "site": "Beijing", "lot": "B-1"})
    there, here = (
        place.somebody("pharmacist", frozenset({"Beijing"})),
        place.somebody("pharmacist", frozenset({"Shanghai"})),
    )
    assert "B-1" in there.reads("/stock")
    assert "B-1" not in here.reads("/stock")
    assert here.get("/stock?site=Beijing").status_code == 404
    assert here.sends("/stock/record", **{**CAME, "site": "Beijing", "seen": "1"}).status_code == 404


@pytest.mark.slow
def test_the_trail_shows_it_to_those_of_the_site(place: Place) -> None:
    records(place.somebody("pharmacist"), **CAME)
    assert "stock received" in place.somebody("coordinator", frozenset({"Shanghai"})).get("/audit").text
    assert "stock received" not in place.somebody("coordinator", frozenset({"Beijing"})).get("/audit").text


def test_a_program_reads_and_records(place: Place) -> None:
    robot = program(place, "pharmacist")
    before = robot.reads("/api/stock?site=Shanghai&weeks=4")
    assert (before["site"], before["on"], before["events"], before["lots"]) == ("Shanghai", "2026-05-21", 0, [])
    event = {"on": "2026-02-20", "event": "received", "product": "regorafenib", "lot": "R-1", "expires": "2027-05-31"}
    body = {"site": "Shanghai", "seen": 0, "event": {**event, "packs": 40}}
    made = robot.send("/api/stock/events", body)
    assert (made.status_code, made.json()) == (201, {"site": "Shanghai", "events": 1})
    assert robot.send("/api/stock/events", body).json()["events"] == 1
    asked = robot.send("/api/stock/events", {**body, "seen": 1})
    assert (asked.status_code, asked.json()["questions"][0]["code"]) == (409, "received-twice")
    confirmed = {**body, "seen": 1, "event": {**body["event"], "confirmed": "two boxes"}}  # type: ignore[dict-item]
    assert robot.send("/api/stock/events", {**confirmed, "confirm": asked.json()["digest"]}).status_code == 201
    gone = {"on": "2026-05-20", "event": "destroyed", "product": "regorafenib", "lot": "R-1", "packs": 99}
    refused = robot.send("/api/stock/events", {"site": "Shanghai", "seen": 2, "event": gone})
    assert (refused.status_code, refused.json()["findings"][0]["code"]) == (422, "more-than-there-is")
    lot = next(each for each in robot.reads("/api/stock?site=Shanghai")["lots"] if each["lot"] == "R-1")
    assert (lot["left"], lot["packs"], lot["steps"][0]["what"]) == (2240, 80, "received")


def test_what_is_handed_out_is_asked_of_the_stock_by_page_and_by_program(place: Place) -> None:
    pharmacist, robot = place.somebody("pharmacist"), program(place, "pharmacist")
    given = {
        "on": "2026-05-21",
        "event": "dispensed",
        "treatment": "regorafenib",
        "cycle": 3,
        "quantity": 56,
        "lot": "B9",
    }
    records(pharmacist, **CAME)
    answer = robot.records("EXP-003", given)
    asked = [each["code"] for each in answer.json()["questions"]]
    assert (answer.status_code, "lot-not-here" in asked) == (409, True)
    form = {name: str(value) for name, value in given.items() if name != "event"}
    page = words_of(pharmacist.sends("/subjects/EXP-003/preview", event="dispensed", **form))
    assert "there is no lot B9 of regorafenib in the stock of Shanghai" in page
