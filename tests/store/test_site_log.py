"""A site's own log in a store: in the same chain, in its order, and never overwritten by who saw an older one."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.errors import Conflict, Refused
from scheduler.folder.reading.stock import stock_of_records
from scheduler.store.beside.site_log import SiteEvent
from scheduler.store.interface import Store
from scheduler.store.study import site_source
from scheduler.store.verifying import verify
from tests.store.sample import at


def came(site: str, lot: str) -> SiteEvent:
    said: dict[str, object] = {
        "on": "2026-03-01",
        "event": "received",
        "product": "regorafenib",
        "lot": lot,
        "packs": 2,
    }
    return SiteEvent(site, "received", date(2026, 3, 1), said)  # type: ignore[arg-type]


def test_each_site_has_a_log_of_its_own(study: Store) -> None:
    study.add_site(site_source("site: Beijing\nzone: Asia/Shanghai\n", file="site-2.yaml"), at(1))
    study.append_to_stock("Shanghai", [came("Shanghai", "A1"), came("Shanghai", "A2")], seen=0, act=at(2, "a delivery"))
    study.append_to_stock("Beijing", [came("Beijing", "B1")], seen=0, act=at(3))
    study.append_to_stock("Shanghai", [came("Shanghai", "A3")], seen=2, act=at(4))
    logs = {log.site: log for log in stock_of_records(study.stock_records())}
    assert {site: [each.event.lot for each in log.records] for site, log in logs.items()} == {  # type: ignore[attr-defined]
        "Shanghai": ["A1", "A2", "A3"],
        "Beijing": ["B1"],
    }
    (record,) = study.stock_records("Beijing")
    assert (record.kind, record.on, record.subject, record.event) == ("stock received", date(2026, 3, 1), None, None)
    assert study.stock_records("Shanghai")[0].reason == "a delivery"
    assert verify(study).findings == ()


def test_who_saw_an_older_log_records_nothing(study: Store) -> None:
    study.append_to_stock("Shanghai", [came("Shanghai", "A1")], seen=0, act=at(1))
    head = study.head()
    with pytest.raises(Conflict) as refused:
        study.append_to_stock("Shanghai", [came("Shanghai", "A2")], seen=0, act=at(2))
    assert (refused.value.seen, refused.value.length) == (0, 1)
    with pytest.raises(Refused):
        study.append_to_stock("Nowhere", [came("Nowhere", "A2")], seen=0, act=at(2))
    assert study.head() == head


def test_no_patient_comes_of_it(study: Store) -> None:
    study.append_to_stock("Shanghai", [came("Shanghai", "A1")], seen=0, act=at(1))
    assert study.subjects() == ()
    assert study.logs() == {}
