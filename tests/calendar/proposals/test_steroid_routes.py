"""A steroid whose route nobody recorded acts in the whole body, whatever cream, enema or drops of it the patient has too."""

from __future__ import annotations

import pytest

from tests.calendar.proposals.test_one_steroid_clock import raised

CREAM = "2026-03-16 medicine started, name: hydrocortisone, dose: 10 mg, route: topical\n"


def test_a_start_without_a_route_is_not_the_cream_that_is_used_already() -> None:
    """100 mg of hydrocortisone from 18 March are above; twelve weeks are over with 10 June."""
    assert raised(f"{CREAM}2026-03-18 medicine started, name: hydrocortisone, dose: 100 mg") == [
        ("toripalimab-limits.2.5", "06-11")
    ]


def test_a_start_without_a_route_beside_an_enema() -> None:
    """5 mg of prednisone and 4 mg more as dexamethasone are not above, 6 mg more are."""
    enema = """
2026-03-16 medicine started, name: prednisone, dose: 20 mg, route: rectal
2026-03-18 medicine started, name: prednisone, dose: 5 mg
2026-03-18 medicine started, name: prednisolone, dose: {} mg, route: oral"""
    assert raised(enema.format(4)) == []
    assert raised(enema.format(6)) == [("toripalimab-limits.2.6", "06-11")]


@pytest.mark.parametrize("what", ["stopped, name: hydrocortisone", "changed, name: hydrocortisone, dose: 5 mg"])
def test_what_happens_to_the_cream_moves_no_tablets(what: str) -> None:
    tablets = "2026-03-18 medicine started, name: hydrocortisone, dose: 100 mg{}\n"
    for said, changed in (("", ""), (", route: oral", ""), (", route: oral", CHANGED)):
        story = f"{CREAM}{tablets.format(said)}{changed}2026-03-25 medicine {what}, route: topical"
        assert raised(story) == [("toripalimab-limits.2.5", "06-11")]


def test_who_has_no_cream_stops_none() -> None:
    tablets = "2026-03-16 medicine started, name: hydrocortisone, dose: 100 mg\n"
    stopped = "2026-03-20 medicine stopped, name: hydrocortisone"
    assert raised(f"{tablets}{stopped}, route: topical") == [("toripalimab-limits.2.4", "06-09")]
    assert raised(f"{tablets}{stopped}, route: oral") == []


def test_a_stop_without_a_route_stops_all_of_it() -> None:
    tablets = "2026-03-18 medicine started, name: hydrocortisone, dose: 100 mg\n"
    assert raised(f"{CREAM}{tablets}2026-03-25 medicine stopped, name: hydrocortisone") == []


CHANGED = "2026-03-20 medicine changed, name: hydrocortisone, dose: 80 mg\n"
