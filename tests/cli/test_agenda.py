"""``agenda``: who comes to a site on which day, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from freezegun import freeze_time

from tests.cli.typed import SEED, study_in, typed


def test_the_agenda_of_some_days():
    answer = typed("agenda", SEED, "--from", "2026-05-27", "--to", "2026-05-28")
    assert answer.out.startswith("REGO-TORI-RT agenda, Shanghai, 2026-05-27 to 2026-05-28\n")
    told = json.loads(typed("agenda", SEED, "--from", "2026-05-27", "--to", "2026-05-28", "--format", "json").out)
    assert [line["resource"] for line in told["days"][0]["appointments"]] == ["infusion", "pharmacy"]
    rows = typed(
        "agenda", SEED, "--from", "2026-05-27", "--to", "2026-05-28", "--resource", "infusion", "-f", "csv"
    ).out
    assert len(rows.splitlines()) == 2


@freeze_time("2026-05-20 22:00:00")
def test_without_days_it_is_the_week_from_today_at_the_site_where_tomorrow_has_begun():
    assert typed("agenda", SEED).out.startswith("REGO-TORI-RT agenda, Shanghai, 2026-05-21 to 2026-05-27\n")


def test_what_does_not_fit_is_told_below(tmp_path: Path):
    study = study_in(tmp_path)
    site = study / "site.yaml"
    site.write_text(
        site.read_text("utf-8").replace("  clinic: {title:", "  clinic: {patients a day: 1, title:"), "utf-8"
    )
    told = typed("agenda", study, "--from", "2026-05-25", "--to", "2026-05-25").out
    assert "clinic: 2 patients, and it takes 1 a day" in told


def test_slips_are_told():
    assert "there is no site Harbin; known here: Shanghai" in typed("agenda", SEED, "--site", "Harbin").err
    for first, last in (("2026-05-27", "2026-05-26"), ("2026-01-01", "2027-06-01"), ("9999-12-31", "9999-12-31")):
        answer = typed("agenda", SEED, "--from", first, "--to", last)
        assert answer.code == (0 if first == last else 2)
    assert typed("agenda", SEED, "--from", "9999-12-30").code == 0
