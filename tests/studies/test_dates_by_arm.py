"""A date that each arm plans in its own way, and from which study days may count where one arm has no drug."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.errors import InvalidText
from tests.studies.telling import calendar, dates, study

ARMS = "{drug: With a drug, care: Care alone}"
REST = """
dates:
  start:
    when: {drug: on first dose, care: on care-visit 1}
study days: start is Day 1
treatments:
  infusion:
    arms: [drug]
    when: {1: on first dose, then: 21 days after the previous dose}
    until: 2 doses
    give: 200 mg intravenously
visits:
  care-visit:
    arms: [care]
    when: {1: 1 to 14 days after randomisation, then: 21 days after the previous visit}
    until: 2 visits
  imaging: 28 days after start
"""


def test_each_arm_counts_from_its_own_start() -> None:
    # 2 March + 28 days is 30 March, 5 March + 28 days 2 April.
    version = study(REST, ARMS)
    given = calendar(version, "2026-03-02 given, treatment: infusion, n: 1", arm="drug")
    seen = calendar(version, "2026-03-05 visit done, entry: care-visit.1", arm="care")
    assert (dates(given, "imaging"), given.study_day(date(2026, 3, 30))) == ({"1": "03-30"}, 29)
    assert (dates(seen, "imaging"), seen.study_day(date(2026, 4, 2))) == ({"1": "04-02"}, 29)


def findings(rest: str) -> list[tuple[str, str, str | None]]:
    with pytest.raises(InvalidText) as refused:
        study(rest, ARMS)
    return [(each.code, each.message, each.hint) for each in refused.value.findings]


def test_an_arm_without_a_sentence_is_told() -> None:
    assert findings(REST.replace(", care: on care-visit 1", "")) == [
        ("no-timing", "start has no sentence for arm 'care'", "write one for each arm: care: on first dose")
    ]


def test_an_arm_that_there_is_not_is_told() -> None:
    found = findings(REST.replace("care: on care-visit 1", "cares: on care-visit 1"))
    assert found[-1] == ("unknown-arm", "the study has no arm 'cares'", "did you mean 'care'?")
