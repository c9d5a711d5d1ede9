"""A site's stock as its tests tell it: the log as stock.yaml has it, and what is read of the account."""

from __future__ import annotations

from datetime import date
from typing import cast

from scheduler.source.node import Data
from scheduler.stock.account import StockAccount, account_of
from scheduler.stock.asking.questions import ask_about
from scheduler.stock.events import StockEvent, parse_stock_event
from scheduler.stock.log import StockLog
from scheduler.stock.movements import AtSite
from scheduler.stock.parse import parse_stock
from scheduler.stock.products import Stocked, stocked_in
from scheduler.stock.site_stock import SiteStock, movements_at, site_stock
from scheduler.views.patients import Patient
from tests.views.told import on, seed

SITES = ("Shanghai", "Beijing")


def stocked() -> Stocked:
    return stocked_in([seed()])


def log(*lines: str, site: str = "Shanghai", products: Stocked | None = None) -> StockLog:
    """The log of these events, each in braces without its product where it is regorafenib."""
    events = "".join(f"  - {_with_product(line)}\n" for line in lines)
    text = f"site: {site}\nevents:{chr(10) + events if events else ' []' + chr(10)}"
    return parse_stock(text, name="stock.yaml", sites=SITES, stocked=products or stocked())


def event(line: str) -> StockEvent:
    return log(line).records[0].event


def _with_product(line: str) -> str:
    if "product:" in line or "event: struck" in line:
        return line
    return line.replace("{", "{product: regorafenib, ", 1)


def here(*patients: Patient, site: str = "Shanghai") -> tuple[AtSite, ...]:
    return tuple(AtSite(each, site) for each in patients)


def account(found: StockLog, *patients: Patient, day: date | None = None) -> StockAccount:
    return account_of(found, stocked(), movements_at(found, stocked(), here(*patients)), on=day or on("05-01"))


def looked_at(found: StockLog, *patients: Patient, day: str = "03-10", until: str = "05-31") -> SiteStock:
    return site_stock(found, stocked(), here(*patients), on=on(day), until=on(until))


def left(found: StockAccount) -> list[tuple[str | None, int | object, int | None, int | object]]:
    """Lot, units, whole packs, and what patients brought back."""
    return [(lot.key.lot, lot.left, lot.packs, lot.left_returned) for lot in found.lots]


def codes(found: StockAccount) -> list[str]:
    return [finding.code for finding in found.findings]


def asked(found: StockLog, line: dict[str, object], *patients: Patient, today: str = "05-01") -> list[tuple[str, str]]:
    """How strongly each thing is asked, and its code."""
    said = parse_stock_event(
        cast("dict[str, Data]", line if line["event"] == "struck" else {"product": "regorafenib", **line})
    )
    moved = movements_at(found, stocked(), here(*patients))
    questions = ask_about(found, stocked(), moved, said, today=on(today))
    return [(each.strength.value, each.code) for each in questions]
