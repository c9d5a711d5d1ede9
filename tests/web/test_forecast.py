"""What a supply manager reads on one page: what to order this month, and why."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests.web.people import QUICK, Person, Place, TestTime

RATES = """\
seed: 3
runs: 2
weeks: 16
sources: {E1: "assumption: as last year", S1: "the depot"}
enrolment:
  - {site: Shanghai, patients: 1, per: month, source: E1}
supply:
  - site: Shanghai
    product: regorafenib
    stock: [{quantity: 4, expires: 2028-01-31}]
    lead time: 1 week
    order for: 6 weeks
    safety stock: 2
    source: S1
"""


@pytest.fixture
def supplied(place: Place, tmp_path: Path) -> Place:
    """The server with the seed study and a file of rates."""
    file = tmp_path / "rates.yaml"
    file.write_text(RATES, "utf-8")
    settings = replace_settings(str(file))
    return Place(place.store, TestTime(), settings)


def replace_settings(file: str):
    return QUICK.model_copy(update={"rates_file": file})


def test_page_tells_what_to_order_this_month_and_why(supplied: Place) -> None:
    pharmacist = supplied.somebody("pharmacist")
    text = pharmacist.reads("/forecast")
    # 4 bottles are all there are on 21 May 2026, and 2 are to be left; who comes needs 2 or 3 each.
    assert "To order by" in text
    assert "Order" in text
    assert "because the lead time is 7 days and the first week at risk is that of" in text
    assert "E1: assumption: as last year" in text
    assert "2 times with the seed 3" in text
    api = json.loads(pharmacist.get("/api/forecast").text)
    assert [order["why"] for order in api["orders"] if order["why"] in text] == [
        order["why"] for order in api["orders"]
    ]
    assert api["orders"][0]["treatment"] == "regorafenib"
    rows = pharmacist.get("/forecast.csv").text.splitlines()
    assert rows[0].startswith("site,from,to,treatment,product,units")
    assert len(rows) == 1 + len(api["demand"])
    assert pharmacist.get("/forecast.svg?language=zh").text.startswith("<svg")


def test_what_is_recorded_makes_another_forecast_and_the_one_before_says_that_it_is_old(supplied: Place) -> None:
    admin = supplied.somebody("admin")
    admin.reads("/forecast")
    assert admin.browser.get("/api/forecast").status_code == 200
    supplied.time.pass_by(days=1)
    admin = supplied.somebody("admin")
    first = admin.browser.get("/forecast").text
    assert "this is the forecast before" in first
    ready(admin)
    assert "this is the forecast before" not in admin.browser.get("/forecast").text


def ready(person: Person) -> None:
    for _ in range(200):
        if person.browser.get("/api/forecast").status_code == 200:
            return
        time.sleep(0.05)
    raise AssertionError("no forecast came")


def test_the_menu_has_the_page_where_there_is_a_forecast(supplied: Place, place: Place) -> None:
    link = '<a href="/forecast"'
    assert link in supplied.somebody("pharmacist").get("/pharmacy").text
    assert link not in supplied.somebody("investigator").get("/pharmacy").text
    assert link not in place.somebody("pharmacist").get("/pharmacy").text


def test_wrong_rates_are_told_with_their_lines(supplied: Place, tmp_path: Path) -> None:
    (tmp_path / "rates.yaml").write_text(
        "seed: 1\nenrolment: [{site: Nowhere, patients: 1, per: week, source: S}]\n", "utf-8"
    )
    person = supplied.somebody("pharmacist")
    text = person.reads("/forecast")
    assert "there is no site 'Nowhere'" in text
    assert person.browser.get("/api/forecast").status_code == 409


def test_without_a_file_of_rates_the_page_says_so(place: Place) -> None:
    person = place.somebody("pharmacist")
    assert "name no file of rates" in person.reads("/forecast")
    assert person.browser.get("/api/forecast").status_code == 404


def test_whoever_sees_another_site_alone_reads_nothing_of_this_one(supplied: Place) -> None:
    supplied.somebody("admin").reads("/forecast")
    person = supplied.somebody("pharmacist", frozenset({"Harbin"}))
    text = person.reads("/forecast")
    assert "Shanghai" not in text
