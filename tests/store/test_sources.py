"""What the study rests on: versions, sites and holidays are added, never changed, and a newer library moves no visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scheduler.errors import InvalidText, Refused, StoreUnavailable
from scheduler.findings import Severity
from scheduler.patient.log import Log
from scheduler.site.parse import parse_site
from scheduler.site.public_holidays import holiday_table
from scheduler.site.site import Site
from scheduler.store.interface import Store
from scheduler.store.study import Study, protocol_source, site_of, site_source, study_of
from scheduler.store.values import ProtocolSource, SiteSource, Subject, digest_of
from tests.store.sample import BEIJING, DIGEST, SEED, STUDY, at

FAULTY = Path(__file__).parents[1] / "faulty" / "protocols"
AMENDED = ProtocolSource("2.0", "protocol-2.yaml", SEED.protocols[0].text.replace('version: "1.0"', 'version: "2.0"'))


def study_in(store: Store) -> Study:
    source = store.study()
    assert source is not None
    return study_of(source)


def test_a_version_more_is_there_for_patients_to_move_to(study: Store):
    assert AMENDED.text != SEED.protocols[0].text
    record = study.add_protocol(AMENDED, at(1, "amendment 1"))
    assert (record.kind, record.reason, record.protocol) == ("protocol added", "amendment 1", AMENDED.digest)
    found = study_in(study)
    assert [version.version for version in found.versions] == ["1.0", "2.0"]
    assert found.newest.digest == AMENDED.digest
    assert [version.version for version in found.others(DIGEST)] == ["2.0"]


@pytest.mark.parametrize("again", [SEED.protocols[0], replace(AMENDED, version="1.0")])
def test_a_version_is_added_once(study: Store, again: ProtocolSource):
    with pytest.raises(Refused) as error:
        study.add_protocol(again, at(1))
    assert [finding.code for finding in error.value.findings] == ["version-there"]


def test_a_site_that_is_added_again_takes_its_place(study: Store):
    study.add_site(BEIJING, at(1))
    longer = replace(SEED.sites[0], text=SEED.sites[0].text + "closed: [2026-07-01]\n")
    study.add_site(longer, at(2))
    found = study.study()
    assert found is not None
    assert found.sites == (longer, BEIJING)
    assert not study_of(found).sites[0].open_days("clinic").is_open(date(2026, 7, 1).toordinal())
    assert digest_of(SEED.sites[0].text) in study.texts(), "what was shown once can be proved for ever"


def test_holidays_stay_as_they_were_when_the_site_was_added(study: Store, monkeypatch: pytest.MonkeyPatch):
    """As if the library had got a new release that knows no holidays any more."""
    spring_festival = date(2026, 2, 17).toordinal()
    monkeypatch.setattr("scheduler.site.parse.holiday_table", lambda *_: replace(holiday_table("CN"), holidays=()))
    assert parse_site(SEED.sites[0].text, name="site.yaml").open_days("clinic").is_open(spring_festival)
    assert not study_in(study).sites[0].open_days("clinic").is_open(spring_festival)


def test_a_source_is_read_before_it_is_added():
    assert protocol_source(SEED.protocols[0].text, file="protocol.yaml") == SEED.protocols[0]
    assert site_source("site: Anywhere\nzone: UTC\n", file="s.yaml") == SiteSource(
        "Anywhere", "s.yaml", "site: Anywhere\nzone: UTC\n"
    )
    for faulty in (
        lambda: protocol_source("study: 1\n", file="p.yaml"),
        lambda: site_source("zone: Mars\n", file="s.yaml"),
    ):
        with pytest.raises(InvalidText):
            faulty()


def test_a_part_of_a_country_keeps_its_own_holidays():
    bavaria = site_source("site: München\nzone: Europe/Berlin\npublic holidays: DE-BY\n", file="s.yaml")
    assert not site_of(bavaria).open_days("clinic").is_open(date(2026, 1, 6).toordinal())


def test_texts_that_this_release_cannot_read_are_told_all_at_once():
    source = replace(
        SEED,
        protocols=(replace(SEED.protocols[0], text="study: 1\n"),),
        sites=(SiteSource("x", "s.yaml", "zone: Mars\n"),),
    )
    with pytest.raises(InvalidText) as error:
        study_of(source)
    assert {finding.place.file for finding in error.value.findings if finding.place} == {"protocol.yaml", "s.yaml"}


@pytest.mark.parametrize(
    ("keys", "site", "open_on", "zone"),
    [
        ({}, "Shanghai", (False, True), "Asia/Shanghai"),
        ({}, None, (True, True), "UTC"),
        ({}, "closed down", (False, True), "Asia/Shanghai"),
        ({"zone": "Europe/Berlin"}, "Shanghai", (False, True), "Europe/Berlin"),
        ({"closed": ["2026-02-28"], "open": ["2026-02-17"]}, "Shanghai", (True, False), "Asia/Shanghai"),
        ({"closed": ["2026-02-17"]}, "Shanghai", (False, False), "Asia/Shanghai"),
    ],
)
def test_a_patients_own_days_count(keys: dict[str, object], site: str | None, open_on: tuple[bool, bool], zone: str):
    """The Tuesday of the Spring Festival, and the make-up Saturday after it."""
    here: Site = STUDY.site_of(Subject("X", site, "Shanghai" if site else None, DIGEST, keys, 0, 1), Log())  # type: ignore[arg-type]
    days = here.open_days("clinic")
    assert tuple(days.is_open(date(2026, 2, day).toordinal()) for day in (17, 28)) == open_on
    assert here.zone == zone


def test_a_study_whose_text_is_gone_is_damaged(study: Store, monkeypatch: pytest.MonkeyPatch):
    nothing: dict[str, str] = {}
    monkeypatch.setattr("scheduler.store.sql.sources.read_study_source", lambda connection: nothing["digest"])
    with pytest.raises(StoreUnavailable) as error:
        study.study()
    assert [finding.code for finding in error.value.findings] == ["store-damaged"]


def test_a_sentence_that_is_refused_today_shuts_nobody_out_of_a_study_that_was_begun_with_it():
    """It could not be written anew: patients are treated by it. It means what it meant, and a warning says what is wrong."""
    text = (FAULTY / "last-day-of-cycles.yaml").read_text("utf-8")
    with pytest.raises(InvalidText) as refused:
        protocol_source(text, file="p.yaml")
    kept = replace(SEED, protocols=(ProtocolSource("1.0", "p.yaml", text),))
    told = [(each.code, each.severity, each.message, each.hint) for each in study_of(kept).findings if each.place]
    assert [each[:2] for each in told] == [("last-day-of-cycles", Severity.WARNING)] * 3
    assert {each[2:] for each in told} == {(each.message, each.hint) for each in refused.value.findings}


def test_any_other_error_of_a_kept_study_is_told_and_nothing_is_planned_by_it():
    text = (FAULTY / "circular-wait.yaml").read_text("utf-8")
    with pytest.raises(InvalidText) as refused:
        study_of(replace(SEED, protocols=(ProtocolSource("1.0", "p.yaml", text),)))
    assert {each.severity for each in refused.value.findings} == {Severity.ERROR}
