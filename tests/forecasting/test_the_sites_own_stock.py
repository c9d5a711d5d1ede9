"""What a site's own stock log has goes into the forecast, with its lots and its day; what the rates say goes before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from scheduler.folder.trying.forecasting import accounts_on
from scheduler.forecasting.expecting.parse import parse_rates
from scheduler.forecasting.expecting.rates import Lot, Rates, Supply
from scheduler.forecasting.forecast import Forecast, Stock
from scheduler.forecasting.look_ahead import look_ahead
from scheduler.forecasting.weeks import Weeks
from scheduler.languages import Language
from scheduler.protocol.plan.study import StudyVersion
from scheduler.source.node import Data
from scheduler.stock.events import parse_stock_event
from scheduler.stock.log import stock_log
from scheduler.words.saying import say
from tests.forecasting.told import MONDAY, SITE, begun, simple

BEGAN = (
    "{on: 2026-03-02, event: randomised, arm: one}",
    "{on: 2026-03-02, event: dispensed, treatment: drug, cycle: 1, quantity: 56, lot: A}",
    "{on: 2026-03-02, event: cycle started, treatment: drug, cycle: 1}",
)
SUPPLY = Supply(SITE.name, "drug", None, (), 14, 56, 0, Fraction(1, 20), None, "S", says_stock=False)


def came(lot: str, packs: int, **more: str) -> dict[str, Data]:
    return {"on": "2026-02-16", "event": "received", "product": "drug", "lot": lot, "packs": packs, **more}


def forecast(*events: dict[str, Data], supply: Supply = SUPPLY, version: StudyVersion | None = None) -> Forecast:
    """24 weeks from Monday 2 March 2026: two bottles on 30 March, 27 April, 25 May, 22 June and 20 July."""
    versions = [simple()] if version is None else [simple(), version]
    patient = begun(*BEGAN)
    log = stock_log(SITE.name, (parse_stock_event(each) for each in events))
    stock = accounts_on([log], versions, [("P-1", SITE.name, patient.log)], MONDAY)
    rates = Rates(supplies=(supply,), sources={"S": "the depot"})
    return look_ahead(versions, {SITE.name: SITE}, [patient], rates, Weeks(MONDAY, 24), stock=stock)


def stock_of(found: Forecast) -> Stock:
    (stock,) = found.stocks
    return stock


def test_the_log_of_the_site_is_what_is_there() -> None:
    # 7 bottles came, and 2 of them (56 tablets) went to the patient on 2 March: 5 are there, as if the rates said 5.
    found = forecast(came("A", 7, expires="2027-05-31"))
    told = forecast(supply=replace(SUPPLY, lots=(Lot(5, date(2027, 5, 31)),), says_stock=True))
    assert stock_of(found).now == 5
    assert [replace(each, why=each.why) for each in found.orders] == list(told.orders)
    assert str(stock_of(found).why) == (
        "5 bottles in stock may still be handed out, and do not last to 16 August 2026. The site's stock log has 5 bottles that "
        "may be handed out on 2 March 2026: 5 bottles of lot A, to use by 31 May 2027. The next order after these is due on "
        "6 July 2026: look further ahead to see how much."
    )
    assert "stock log" not in str(stock_of(told).why)


def test_what_is_kept_apart_expired_or_without_a_lot_is_named_and_not_counted() -> None:
    found = forecast(
        came("B", 3),
        came("C", 1, expires="2026-03-01"),
        came("D", 2),
        {"on": "2026-02-20", "event": "quarantined", "product": "drug", "lot": "D", "reason": "12 °C for 5 hours"},
    )
    why = str(stock_of(found).why)
    assert stock_of(found).now == 3
    assert "on 2 March 2026: 3 bottles of lot B." in why
    assert "Not counted: 28 tablets of lot C, expired after 1 Mar 2026." in why
    assert "Not counted: 56 tablets of lot D, kept apart since 20 Feb 2026: 12 °C for 5 hours." in why
    # The patient had 56 tablets of lot A, of which nobody told that it came.
    assert "Of lot A, 56 tablets more went out than came: count it." in why


def test_an_empty_shelf_is_told_too() -> None:
    found = forecast(came("C", 1, expires="2026-03-01"))
    assert stock_of(found).now == 0
    assert "The site's stock log has nothing that may be handed out on 2 March 2026." in str(stock_of(found).why)


def test_where_nobody_says_what_is_in_stock_it_is_told_to_be_nothing() -> None:
    found = forecast()
    assert stock_of(found).now == 0
    assert "Neither the rates nor a stock log of the site say what is in stock: it is reckoned as nothing." in str(
        stock_of(found).why
    )


def test_what_the_rates_say_goes_before_the_log_and_this_is_said() -> None:
    found = forecast(came("A", 7), supply=replace(SUPPLY, lots=(Lot(9),), says_stock=True))
    assert stock_of(found).now == 9
    assert (
        "The rates say that 9 bottles are in stock, and this stands in place of the site's stock log, which has 5 bottles that "
        "may be handed out on 2 March 2026."
    ) in str(stock_of(found).why)


def test_what_was_on_the_way_counts_once() -> None:
    # 2 bottles of the delivery of 16 February are in the log; those of 16 March are still to come.
    coming = (Lot(7, None, date(2026, 2, 16)), Lot(4, None, date(2026, 3, 16)))
    found = forecast(came("A", 7), supply=replace(SUPPLY, lots=coming))
    told = forecast(supply=replace(SUPPLY, lots=(Lot(5), Lot(4, None, date(2026, 3, 16))), says_stock=True))
    assert (stock_of(found).now, found.orders) == (5, told.orders)
    assert "7 bottles were on the way for 16 Feb 2026: they count once the log has them as received." in str(
        stock_of(found).why
    )


def test_lots_of_other_packs_after_an_amendment_count_for_nothing() -> None:
    found = forecast(came("A", 7), version=simple("2.0", tablets=30))
    assert stock_of(found).now == 0
    assert "Versions of the protocol have other units or packs of it" in str(stock_of(found).why)


def test_rates_without_stock_ask_the_log_and_those_with_an_empty_one_do_not() -> None:
    text = (
        "seed: 1\nsources: {{S: the depot}}\nsupply:\n"
        "  - {{site: any site, product: drug, lead time: 2 weeks, order for: 8 weeks, source: S{stock}}}\n"
    )
    says = [
        parse_rates(text.format(stock=stock), name="rates", versions=[simple()], sites=["any site"])
        .supplies[0]
        .says_stock
        for stock in ("", ", stock: []")
    ]
    assert says == [False, True]


def test_the_same_in_chinese() -> None:
    why = say(stock_of(forecast(came("A", 7, expires="2027-05-31"))).why, Language.CHINESE)
    assert "5瓶" in why.replace(" ", "")
    assert "stock log" not in why
