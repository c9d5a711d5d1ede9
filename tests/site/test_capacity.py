"""What a resource of a site can take and how long visits last, as a site's text says it; none of it moves a date."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import InvalidText
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log, log_of
from scheduler.patient.places import check_places_of
from scheduler.protocol.parse import parse_protocol
from scheduler.site.capacity import NO_LIMIT, Capacity, Hours, length_of
from scheduler.site.parse import parse_site
from scheduler.site.site import Site

HEAD = "site: Springfield\nzone: America/Chicago\n"
RANDOMISED = parse_event(
    {"event": "randomised", "on": "2026-03-05", "recorded": "2026-03-05T08:00:00Z", "arm": "experimental"}
)
SEED = Path(__file__).parents[2] / "examples" / "rego-tori-rt"


def site(text: str) -> Site:
    return parse_site(HEAD + text, name="site.yaml")


def codes(text: str) -> list[str]:
    with pytest.raises(InvalidText) as caught:
        site(text)
    return [f"{finding.place}: {finding.code}" for finding in caught.value.findings]


def test_resource_says_how_many_it_takes_and_the_site_when_it_works() -> None:
    here = site(
        "hours: 08:00-17:00\nresources:\n  infusion: {chairs: 4, patients a day: 12, hours: 09:00 - 16:30}\n  clinic:\n"
    )
    infusion = Capacity(4, 12, Hours(time(9), time(16, 30)))
    assert here.capacity_of("infusion") == infusion
    assert infusion.minutes == 4 * (7 * 60 + 30)
    assert here.capacity_of("clinic") == here.capacity_of("imaging") == Capacity(hours=Hours(time(8), time(17)))
    assert site("").capacity_of("infusion") == NO_LIMIT


def test_no_date_knows_of_it() -> None:
    said, unsaid = site("hours: 08:00-17:00\nresources: {clinic: {chairs: 1}}\n"), site("resources: {clinic: }\n")
    assert said.open_days("clinic") == unsaid.open_days("clinic")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hours: 8-17\n", "3:8: not-hours"),
        ("hours: 08:00-24:00\n", "3:8: not-hours"),
        ("hours: 17:00-08:00\n", "3:8: hours-backwards"),
        ("hours: 08:00-08:00\n", "3:8: hours-backwards"),
        ("lasts: {infusion: 90}\n", "3:19: not-a-length"),
        ("lasts: {infusion: 0 minutes}\n", "3:19: not-a-length"),
        ("lasts: {infusion: 25 hours}\n", "3:19: length-too-long"),
        ("resources: {infusion: {chairs: 0}}\n", "3:32: out-of-range"),
        ("resources: {infusion: {patients a day: many}}\n", "3:40: not-a-whole-number"),
    ],
)
def test_slip_is_told_at_its_place(text: str, code: str) -> None:
    assert codes(text) == [f"site.yaml:{code}"]


def test_visit_lasts_as_long_as_its_name_says_else_its_kind_and_an_activity_comes_on_top() -> None:
    lasts = site("lasts: {infusion: 90 minutes, toripalimab: 2 hours, visit: 30 minutes, ECG: 10 minutes}\n").lasts
    assert length_of(lasts, "toripalimab", "infusion", ()) == 120
    assert length_of(lasts, "oxaliplatin", "infusion", ()) == 90
    assert length_of(lasts, "c1d8", "visit", ("ECG", "haematology")) == 40
    # The ECG alone is not the visit: how long the rest takes, nobody said.
    assert length_of(lasts, "imaging", "scan", ("ECG",)) is None


def test_length_of_what_the_protocol_does_not_have_is_told() -> None:
    version, _ = parse_protocol((SEED / "protocol.yaml").read_text("utf-8"), name="protocol.yaml")
    here = site("lasts: {infusion: 1 hour, toripalimab: 1 hour, ECG: 1 hour, torpalimab: 1 hour, tea: 1 hour}\n")
    found = [(each.code, str(each.place), each.hint) for each in check_places_of(version, here)]
    assert found[0] == ("length-misspelt", "site.yaml:3:61", "did you mean 'toripalimab'?")
    assert [each[:2] for each in found[1:]] == [("length-of-nothing", "site.yaml:3:81")]


def test_the_protocol_says_it_for_sites_that_say_nothing_else() -> None:
    text = (SEED / "protocol.yaml").read_text("utf-8")
    said = "\nlasts: {toripalimab: 2 hours, infusion: 60 minutes, torpalimab: 1 hour}\n"
    version, findings = parse_protocol(text + said, name="protocol.yaml")
    slips = [(each.code, each.hint) for each in findings if each.code.startswith("length")]
    assert slips == [("length-of-nothing", "did you mean 'toripalimab'?")]
    for log in (Log(), log_of([RANDOMISED])):
        lasts = calendar_of(version, site("lasts: {infusion: 45 minutes}\n"), log, subject="EXP-001").lasts
        assert length_of(lasts, "toripalimab", "infusion", ()) == 120
        assert length_of(lasts, "another", "infusion", ()) == 45
    with pytest.raises(InvalidText) as caught:
        parse_protocol(text + "\nlasts: {infusion: 90}\n", name="protocol.yaml")
    assert [each.code for each in caught.value.findings] == ["not-a-length"]
