"""A text of few lines can say many times many: it is refused before anybody waits for it."""

from __future__ import annotations

import pytest

from scheduler.errors import InvalidText
from scheduler.protocol.parse import parse_protocol


def protocol(arms: int, visits: int, activities: int) -> str:
    every = ", ".join(f"arm-{arm}: Arm {arm}" for arm in range(arms))
    lines = [f"  visit-{day}: {day + 1} days after randomisation" for day in range(visits)]
    places = ", ".join(f"visit-{day}" for day in range(visits))
    done = [f"  Test {number}: [{places}]" for number in range(activities)]
    head = ["study: SIZE", 'version: "1"', "title: Many", f"arms: {{{every}}}", "study days: randomisation is Day 1"]
    return "\n".join([*head, "visits:", *lines, *(["activities:", *done] if done else []), ""])


@pytest.mark.parametrize(
    ("arms", "visits", "activities", "place", "told"),
    [
        (101, 50, 0, 4, "there are 5,050 treatments, visits and dates, counted for each arm: at most 5,000"),
        (40, 21, 60, 28, "activities are at 50,400 visits, counted for each arm: at most 50,000"),
    ],
)
def test_what_is_compiled_for_each_arm_is_counted_for_each_arm(
    arms: int, visits: int, activities: int, place: int, told: str
) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_protocol(protocol(arms, visits, activities), name="protocol.yaml")
    [finding] = refused.value.findings
    assert finding.place is not None
    assert (finding.code, finding.place.line, finding.message) == ("too-large", place, told)


def test_an_activity_twice_at_a_visit_is_told_once_for_each_time_too_many() -> None:
    text = protocol(1, 2, 1).replace("[visit-0,", "[visit-0, visit-0, visit-0,")
    _, findings = parse_protocol(text, name="protocol.yaml")
    assert [(each.code, each.place.line if each.place else None) for each in findings if each.code == "twice"] == [
        ("twice", 10),
        ("twice", 10),
    ]


def test_what_a_name_means_is_looked_for_a_hundred_times() -> None:
    """Each unknown name was held against every name there is: 60 kB of them took ten seconds."""
    lines = [f"  later-{number}: 7 days after early-{number}-x" for number in range(150)]
    early = [f"  early-{number}: {number + 1} days after randomisation" for number in range(150)]
    text = protocol(1, 1, 0) + "\n".join([*early, *lines, ""])
    with pytest.raises(InvalidText) as refused:
        parse_protocol(text, name="protocol.yaml")
    hints = [each.hint or "" for each in refused.value.findings]
    nearest = [hint.startswith("did you mean 'early-") for hint in hints]
    assert nearest == [True] * 100 + [False] * 50
    assert hints[149] == "define it, such as early-149-x: recorded, under 'dates', or as a visit"
