"""What there is to notice on a day, and what of it is news."""

from __future__ import annotations

from datetime import date

from scheduler.notices.noticed import Kind, news, notices_of_patient, notices_of_stock
from scheduler.views.coordinator.worklist import worklist
from tests.stock.at_site import account, log
from tests.views.told import EXPERIMENTAL, on, patient

HELD = "  - {on: 2026-03-09, event: held, treatment: regorafenib, reason: AE 2}\n"
LUNG = "  - {on: 2026-03-16, event: adverse event, ae: 1, term: Pneumonitis, grade: 3, related: [toripalimab]}\n"
MOVED = "  - {on: 2026-03-20, event: site transferred, site: Beijing}\n"


def noticed(*events: str, day: date, site: str | None = "Shanghai") -> list[tuple[Kind, str]]:
    found = patient(EXPERIMENTAL, *events)
    work = worklist([found], day)
    return [(each.kind, str(each.what)) for each in notices_of_patient(found, work, site, day)]


def of(kind: Kind, found: list[tuple[Kind, str]]) -> list[str]:
    return [what for each, what in found if each is kind]


def test_a_decision_is_noticed_as_long_as_it_waits() -> None:
    waits = of(Kind.DECISION, noticed(LUNG, day=on("03-16")))
    assert [what.partition(":")[0] for what in waits] == ["Toripalimab, dose 2"]
    decided = "  - {on: 2026-03-17, event: decided, proposal: pneumonitis.3.4, action: discontinue}\n"
    assert of(Kind.DECISION, noticed(LUNG, decided, day=on("03-17"))) == []


def test_a_window_is_noticed_two_days_before_it_closes() -> None:
    # Cycle 2 is due on 30 March, 3 days either way: the window closes on 2 April.
    words = "the window of Regorafenib, cycle 2 closes on 2 Apr 2026"
    assert words not in of(Kind.WINDOW, noticed(day=on("03-30")))
    assert words in of(Kind.WINDOW, noticed(day=on("03-31")))


def test_a_hold_is_noticed_in_the_week_before_its_limit_and_as_long_as_it_lasts() -> None:
    # Held from 9 March, 28 days at most: a resume is in time up to 6 April.
    words = "regorafenib is on hold since 9 Mar 2026; a resume is in time up to 6 Apr 2026"
    assert of(Kind.HOLD, noticed(HELD, day=on("03-29"))) == []
    assert of(Kind.HOLD, noticed(HELD, day=on("03-30"))) == [words]
    resumed = "  - {on: 2026-04-01, event: resumed, treatment: regorafenib}\n"
    assert of(Kind.HOLD, noticed(HELD, resumed, day=on("04-01"))) == []


def test_a_patient_who_came_is_noticed_at_the_new_site_for_two_weeks() -> None:
    words = ["comes from another site since 20 Mar 2026"]
    assert of(Kind.TRANSFERRED, noticed(MOVED, day=on("03-20"), site="Beijing")) == words
    assert of(Kind.TRANSFERRED, noticed(MOVED, day=on("04-04"), site="Beijing")) == []
    assert of(Kind.TRANSFERRED, noticed(MOVED, day=on("03-20"), site="Shanghai")) == []


def test_a_lot_is_noticed_a_month_before_it_expires_while_there_is_some() -> None:
    came = "{on: 2026-02-20, event: received, lot: A7, expires: 2026-06-30, packs: 2}"
    assert list(notices_of_stock(account(log(came), day=on("05-30")))) == []
    (notice,) = notices_of_stock(account(log(came), day=on("05-31")))
    assert (str(notice.what), notice.site, notice.subject) == (
        "lot A7 of regorafenib expires on 30 Jun 2026",
        "Shanghai",
        None,
    )
    gone = "{on: 2026-03-01, event: destroyed, lot: A7, packs: 2}"
    assert list(notices_of_stock(account(log(came, gone), day=on("05-31")))) == []
    unknown = "{on: 2026-02-20, event: received, lot: A7, packs: 2}"
    assert list(notices_of_stock(account(log(unknown), day=on("05-31")))) == []


def test_the_same_thing_has_the_same_key_every_day_and_is_news_once() -> None:
    held = patient(EXPERIMENTAL, HELD)
    days = [
        tuple(notices_of_patient(held, worklist([held], day), "Shanghai", day)) for day in (on("03-30"), on("04-02"))
    ]
    first, second = ([each for each in found if each.kind is Kind.HOLD] for found in days)
    assert [each.key for each in first] == ["hold|EXP-001|regorafenib 2026-03-09"] == [each.key for each in second]
    assert news([*first, *first], []) == tuple(first)
    assert news(second, [each.key for each in first]) == ()
