"""A steroid that the protocol counts needs its dose of a day, and another needs somebody who judges it."""

from __future__ import annotations

import pytest

from tests.asking.story import CONTROL, EXPERIMENTAL, asked, codes

TAKEN = f"""{EXPERIMENTAL}
    2026-03-10 medicine started, name: prednison, dose: 20 mg, route: oral
    2026-03-10 medicine started, name: dexamethasone, dose: 2 mg, route: oral"""


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("started, name: prednisone", [("asked", "no-daily-dose", "0.dose"), ("said", "no-route", "0.route")]),
        ("started, name: prednisone, route: oral", [("asked", "no-daily-dose", "0.dose")]),
        ("changed, name: dexamethasone, route: oral", [("asked", "no-daily-dose", "0.dose")]),
        ("started, name: prednisone, dose: 3 tablets, route: oral", [("asked", "no-daily-dose", "0.dose")]),
        ("started, name: methylprednisolone, dose: 32 mg", [("said", "no-route", "0.route")]),
        ("started, name: prednisone, dose: 40 mg, route: oral", []),
        ("started, name: betamethasone, dose: 8 mg, route: oral", [("asked", "no-equivalent", "0.name")]),
        ("started, name: budesonide, route: inhalation", []),
        ("started, name: hydrocortisone, route: topical", []),
        ("stopped, name: prednisone", []),
        ("started, name: ibuprofen", []),
    ],
)
def test_what_a_steroid_lacks(line: str, about: list[tuple[str, str, str]]) -> None:
    assert codes(asked(TAKEN, f"2026-03-20 medicine {line}")) == about


def test_what_nobody_started_is_not_stopped_under_that_name() -> None:
    (found,) = asked(TAKEN, "2026-03-20 medicine stopped, name: prednisolone")
    assert codes((found,)) == [("asked", "medicine-not-started", "0.name")]
    assert str(found.hint) == "started are dexamethasone, prednison"
    nothing = asked(EXPERIMENTAL, "2026-03-20 medicine changed, name: ibuprofen, dose: 400 mg")
    assert [(each.code, str(each.hint)) for each in nothing] == [
        ("medicine-not-started", "record 'medicine started' with the day on which it began")
    ]


def test_the_protocol_is_shown_with_the_right_way_to_say_it() -> None:
    dose, route = asked(EXPERIMENTAL, "2026-03-20 medicine started, name: prednisone")
    assert str(dose.what) == "how much prednisone is taken in a day is not said; it counts as above 10 mg"
    assert str(dose.hint) == "write the dose of a day, such as 40 mg, and the route, such as oral"
    assert dose.protocol is not None
    assert "on prednisone or equivalent above 10 mg for more than 12 weeks" in dose.protocol
    assert str(route.what) == "how prednisone is given is not said; it counts as acting in the whole body"
    (other,) = asked(EXPERIMENTAL, "2026-03-20 medicine started, name: betamethasone, dose: 8 mg, route: oral")
    assert other.protocol is not None
    assert "prednisone 5 mg equals prednisolone 5 mg" in other.protocol


def test_an_arm_without_that_rule_asks_for_nothing() -> None:
    assert asked(CONTROL, "2026-03-20 medicine started, name: prednisone") == ()
