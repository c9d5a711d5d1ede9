"""What is asked before something is recorded about a site's stock."""

from __future__ import annotations

import pytest

from scheduler.stock.events import canonical_stock_text, parse_stock_event
from tests.stock.at_site import account, asked, left, log
from tests.views.told import EXPERIMENTAL, patient

CAME = "{on: 2026-02-20, event: received, lot: A7, expires: 2027-05-31, packs: 10, shipment: S-1}"
APART = "{on: 2026-03-05, event: quarantined, lot: A7, reason: recall}"
GIVEN = patient(
    EXPERIMENTAL,
    "  - {on: 2026-03-02, event: dispensed, treatment: regorafenib, cycle: 1, quantity: 56, lot: A7, expires: 2027-05-31}\n",
)


def received(**keys: object) -> dict[str, object]:
    return {"on": "2026-03-01", "event": "received", "lot": "B1", "expires": "2027-05-31", "packs": 2, **keys}


def of(event: str, **keys: object) -> dict[str, object]:
    return {"on": "2026-04-01", "event": event, "lot": "A7", **keys}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (received(), []),
        (received(on="2026-05-02"), [("refused", "in-the-future")]),
        (received(product="aspirin"), [("refused", "unknown-product")]),
        (received(packs=0), [("refused", "nothing")]),
        (received(expires="2026-02-28"), [("asked", "received-expired")]),
        (received(expires="2036-05-31"), [("asked", "expires-far")]),
        (received(lot="A7", expires="2027-05-30"), [("asked", "two-expiries")]),
        (received(expires=None), [("asked", "no-expiry")]),
        (received(on="2026-02-20", lot="A7", packs=10, shipment="S-1"), [("asked", "received-twice")]),
        (received(packs=None, quantity=30), [("asked", "part-of-a-pack")]),
        (of("destroyed", packs=8), []),
        (of("destroyed", packs=9), [("refused", "more-than-there-is")]),
        (of("destroyed", packs=1, of="returned"), [("refused", "more-than-there-is")]),
        (of("sent back", packs=9), [("refused", "more-than-there-is")]),
        (of("destroyed", lot="B7", packs=1), [("refused", "unknown-lot")]),
        # On 1 March nothing was handed out yet, but 9 bottles then are one too many the day after.
        (of("destroyed", on="2026-03-01", packs=9), [("refused", "more-than-there-is")]),
        (of("counted", packs=8), []),
        (of("counted", packs=7), [("asked", "difference")]),
        (of("counted", packs=7, reason="one was never found"), []),
        (of("counted", lot="C1", packs=7), []),
        (of("counted", on="2026-03-01", packs=1), [("asked", "below-0-later"), ("asked", "difference")]),
        (of("quarantined", reason="recall"), []),
        (of("released", reason="letter"), [("refused", "not-kept-apart")]),
        ({"on": "2026-03-01", "event": "struck", "number": 2, "reason": "a slip"}, [("refused", "no-such-event")]),
    ],
)
def test_what_is_asked(said: dict[str, object], expected: list[tuple[str, str]]) -> None:
    event = {name: value for name, value in said.items() if value is not None}
    assert asked(log(CAME), event, GIVEN) == expected


def test_a_strike_that_leaves_nothing_to_hand_out_is_asked_about() -> None:
    other = "{on: 2026-02-21, event: received, lot: B1, expires: 2027-05-31, packs: 1}"
    struck: dict[str, object] = {"on": "2026-03-05", "event": "struck", "number": 1, "reason": "a slip"}
    assert asked(log(CAME, other), struck, GIVEN) == [("asked", "below-0-later")]
    assert asked(log(CAME, other), {**struck, "number": 2}, GIVEN) == []


def test_a_lot_that_is_kept_apart_is_not_kept_apart_again_and_may_be_released() -> None:
    assert asked(log(CAME, APART), of("quarantined", reason="recall")) == [("refused", "kept-apart-already")]
    assert asked(log(CAME, APART), of("released", reason="letter")) == []


def test_a_dose_prepared_of_a_lot_that_may_not_be_used_is_asked_about() -> None:
    vials = "{on: 2026-02-20, event: received, product: toripalimab, lot: T1, expires: 2026-03-31, quantity: 20}"
    apart = "{on: 2026-03-05, event: quarantined, product: toripalimab, lot: T1, reason: recall}"
    used = {"on": "2026-04-01", "event": "prepared", "product": "toripalimab", "lot": "T1", "quantity": 1}
    assert asked(log(vials, apart), used) == [("asked", "expired-lot"), ("asked", "lot-kept-apart")]
    assert asked(log(vials, apart), {**used, "on": "2026-03-04"}) == []


def test_an_event_is_the_same_text_whoever_wrote_it() -> None:
    event = parse_stock_event(
        {"event": "received", "on": "2026-03-01", "product": "x", "lot": "A", "quantity": "10.50"}
    )
    assert canonical_stock_text(event) == (
        '{"event":"received","lot":"A","on":"2026-03-01","product":"x","quantity":"10.5"}'
    )


def test_a_reason_lets_stand_what_was_asked() -> None:
    twice = {**received(on="2026-02-20", lot="A7", packs=10, shipment="S-1"), "confirmed": "two boxes in one shipment"}
    assert asked(log(CAME), twice) == [("asked", "received-twice")]
    assert left(account(log(CAME, CAME))) == [("A7", 560, 20, 0)]
