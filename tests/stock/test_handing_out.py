"""What the site's stock asks before it is recorded that a patient was handed something."""

from __future__ import annotations

import pytest

from scheduler.asking import Question
from scheduler.patient.events import Event, parse_event
from scheduler.patient.log import Log, log_of
from scheduler.source.node import Data
from scheduler.stock.asking.handing_out import HandingOut, HeldAgainst
from scheduler.stock.log import StockLog
from scheduler.stock.site_stock import movements_at
from tests.stock.at_site import asked as asked_of_stock
from tests.stock.at_site import here, log, stocked
from tests.views.told import EXPERIMENTAL, on, patient

CAME = "{on: 2026-02-20, event: received, lot: A7, expires: 2026-06-30, packs: 5}"
"""140 tablets, of which patient EXP-001 was handed 56 on 2 March."""
GIVEN = patient(
    EXPERIMENTAL, "  - {on: 2026-03-02, event: dispensed, treatment: regorafenib, cycle: 1, quantity: 56, lot: A7}\n"
)
TODAY = on("08-01")


def dispensed(**keys: Data) -> Event:
    said: dict[str, Data] = {
        "on": "2026-04-01",
        "event": "dispensed",
        "treatment": "regorafenib",
        "quantity": 56,
        "lot": "A7",
        **keys,
    }
    return parse_event({name: value for name, value in said.items() if value is not None})


def ask(found: StockLog, *events: Event, before: Log | None = None, subject: str = "EXP-009") -> list[Question]:
    held = HeldAgainst(found, movements_at(found, stocked(), here(GIVEN)))
    handing = HandingOut(stocked(), lambda site: held if site == "Shanghai" else HeldAgainst(StockLog(site), ()))
    return list(handing.ask(subject, "Shanghai", before or Log(), events, today=TODAY))


def codes(questions: list[Question]) -> list[tuple[int, str, str]]:
    return [(each.index, each.code, each.field) for each in questions]


@pytest.mark.parametrize(
    ("lines", "keys", "expected"),
    [
        ((), {}, []),
        ((), {"quantity": 84}, []),
        # 140 - 56 = 84 are there.
        ((), {"quantity": 85}, [("more-than-there-is", "quantity")]),
        ((), {"quantity": "27.5"}, [("part-of-a-unit", "quantity")]),
        ((), {"lot": "B1"}, [("lot-not-here", "lot")]),
        ((), {"lot": None}, []),
        # Before the log begins nobody knows what was there.
        ((), {"on": "2026-02-19"}, []),
        ((), {"on": "2026-06-30"}, []),
        ((), {"on": "2026-07-01"}, [("expired-lot", "lot")]),
        # The event's own day, 30 June, is asked about by the patient's rules.
        ((), {"on": "2026-07-01", "expires": "2026-06-30"}, []),
        ((), {"expires": "2026-07-31"}, [("two-expiries", "expires")]),
        (("{on: 2026-04-01, event: quarantined, lot: A7, reason: recall}",), {}, [("lot-kept-apart", "lot")]),
        (("{on: 2026-04-02, event: quarantined, lot: A7, reason: recall}",), {}, []),
        (
            (
                "{on: 2026-03-20, event: quarantined, lot: A7, reason: recall}",
                "{on: 2026-04-05, event: released, lot: A7, reason: letter}",
            ),
            {},
            [("lot-kept-apart", "lot")],
        ),
        (
            ("{on: 2026-04-10, event: received, lot: C1, expires: 2027-06-30, packs: 5}",),
            {"lot": "C1"},
            [("lot-not-here", "lot"), ("more-than-there-is", "quantity")],
        ),
        # What was destroyed later is no longer there then.
        (("{on: 2026-05-04, event: destroyed, lot: A7, packs: 2}",), {}, [("more-than-there-is", "quantity")]),
    ],
)
def test_what_is_asked(lines: tuple[str, ...], keys: dict[str, Data], expected: list[tuple[str, str]]) -> None:
    questions = ask(log(CAME, *lines), dispensed(**keys))
    assert [(each.code, each.field) for each in questions] == expected
    assert {each.strength.value for each in questions} <= {"asked"}


def test_a_site_without_a_stock_is_not_asked_nor_is_anything_but_handing_out() -> None:
    assert ask(StockLog("Shanghai"), dispensed()) == []
    never = HandingOut(stocked(), lambda site: pytest.fail(f"the stock of {site} was read"))
    held = parse_event({"on": "2026-04-01", "event": "held", "treatment": "regorafenib"})
    assert never.ask("EXP-009", "Shanghai", Log(), [held], today=TODAY) == ()


def test_a_reason_lets_it_stand() -> None:
    (question,) = ask(log(CAME), dispensed(lot="B1", confirmed="the pharmacy had it, its papers come later"))
    assert (question.is_open, question.answer) == (False, "confirmed")
    assert str(question.what) == "there is no lot B1 of regorafenib in the stock of Shanghai"


def test_two_of_one_visit_are_counted_together_and_so_are_those_of_other_patients() -> None:
    # 84 are there: 56 for the first, 28 for the second, none for the third.
    first, second = dispensed(), dispensed(quantity=28)
    assert codes(ask(log(CAME), first, second)) == []
    assert codes(ask(log(CAME), first, dispensed())) == [(1, "more-than-there-is", "quantity")]
    held = HeldAgainst(log(CAME), movements_at(log(CAME), stocked(), here(GIVEN)))
    handing = HandingOut(stocked(), lambda _: held)
    assert handing.ask("EXP-008", "Shanghai", Log(), [first, second], today=TODAY) == ()
    (short,) = handing.ask("EXP-009", "Shanghai", Log(), [dispensed(quantity=1)], today=TODAY)
    assert short.code == "more-than-there-is"


def test_a_correction_is_asked_about_what_it_puts_in_place() -> None:
    before = log_of([dispensed()])
    corrected = parse_event(
        {
            "on": "2026-04-02",
            "event": "corrected",
            "number": 1,
            "reason": "another lot",
            "with": {"on": "2026-04-01", "event": "dispensed", "treatment": "regorafenib", "quantity": 56, "lot": "B1"},
        }
    )
    assert codes(ask(log(CAME), corrected, before=before)) == [(0, "lot-not-here", "with.lot")]


def test_a_patient_who_moved_is_asked_about_the_stock_of_the_new_site() -> None:
    moved = parse_event({"on": "2026-03-20", "event": "site transferred", "site": "Beijing"})
    assert codes(ask(log(CAME), dispensed(lot="B1"), before=log_of([moved]))) == []


def test_half_a_vial_is_not_destroyed_unasked() -> None:
    vials = "{on: 2026-02-20, event: received, product: toripalimab, lot: T1, expires: 2027-03-31, quantity: 20}"
    gone: dict[str, object] = {"on": "2026-04-01", "event": "destroyed", "product": "toripalimab", "lot": "T1"}
    assert asked_of_stock(log(vials), {**gone, "quantity": "0.5"}) == [("asked", "part-of-a-unit")]
    assert asked_of_stock(log(vials), {**gone, "quantity": 1}) == []


def test_a_label_that_makes_a_dose_of_before_expired_is_asked_about() -> None:
    label: dict[str, object] = {"on": "2026-04-01", "event": "relabelled", "lot": "A7", "reason": "letter"}
    assert asked_of_stock(log(CAME), {**label, "expires": "2026-03-01"}, GIVEN) == [("asked", "used-after-expiry")]
    assert asked_of_stock(log(CAME), {**label, "expires": "2026-03-02"}, GIVEN) == []
    # It had expired by the first label already, and that is told.
    old = log(CAME.replace("2026-06-30", "2026-02-28"))
    assert asked_of_stock(old, {**label, "expires": "2026-03-01"}, GIVEN) == []
