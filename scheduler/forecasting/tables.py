"""A forecast as lists: what to order, what each week needs, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.forecasting.forecast import DEMAND_COLUMNS, ORDER_COLUMNS, Demand, Forecast, Order, Spread
from scheduler.said import Code, Said, said, said_as, said_of, text_of
from scheduler.views.table import Cell, Table

SHORT_COLUMNS = ("site", "from", "treatment", "units", "5 %", "50 %", "95 %", "packs", "5 %", "50 %", "95 %", "made of")
"""Those of the lists that people read: what as many of 100 runs do not exceed stands beside each mean."""


def demand_table(forecast: Forecast) -> Table:
    """What each week needs, with exactly the columns of the public CSV."""
    title = f"{forecast.study} demand, {forecast.first} to {forecast.last}"
    return Table(title, DEMAND_COLUMNS, tuple(map(_demand, forecast.demand)))


def tables_of(forecast: Forecast) -> tuple[Table, ...]:
    """What to order, the stock, what is needed in all and week by week, what it rests on, and what is not in it."""
    days = {"first": Code(str(forecast.first)), "last": Code(str(forecast.last))}
    stocks = (
        (each.site, _named(each.treatment, each.strength), each.now, each.counted_in, text_of(each.why))
        for each in forecast.stocks
    )
    ordered = said("{study}: what to order, as of {day}", study=said_of(forecast.study), day=days["first"])
    return (
        _table(ordered, ORDER_COLUMNS, map(_order, forecast.orders)),
        _table(said("Stock"), ("site", "treatment", "now", "in", "why"), stocks),
        _table(said("Needed in all, {first} to {last}", **days), SHORT_COLUMNS, map(_short, forecast.totals)),
        _table(said("Needed week by week, {first} to {last}", **days), SHORT_COLUMNS, map(_short, forecast.demand)),
        _table(
            said("What it rests on"),
            (text_of(said_as("of a forecast", "rate")), "source"),
            ((text_of(each.about), text_of(each.source)) for each in forecast.rates),
        ),
        _table(said("Not in the numbers"), ("note",), ((text_of(each.about),) for each in forecast.notes)),
    )


def _table(title: Said, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> Table:
    return Table(text_of(title), columns, tuple(rows))


def _named(treatment: str, strength: str | None) -> str:
    if strength is None:
        return treatment
    return text_of(said("{drug} {strength}", drug=said_of(treatment), strength=Code(strength)))


def _spread(spread: Spread | None) -> tuple[Cell, ...]:
    return (None,) * 4 if spread is None else (spread.mean, spread.low, spread.median, spread.high)


def _short(line: Demand) -> tuple[Cell, ...]:
    named = _named(line.treatment, line.strength)
    return (line.site, line.first, named, *_spread(line.units), *_spread(line.packs), text_of(line.why))


def _demand(line: Demand) -> tuple[Cell, ...]:
    return (
        line.site,
        line.first,
        line.last,
        line.treatment,
        line.product,
        *_spread(line.units),
        *_spread(line.packs),
        line.in_study,
        line.expected,
        line.unsure,
        line.unknown,
        text_of(line.why),
    )


def _order(order: Order) -> tuple[Cell, ...]:
    return (
        order.site,
        order.treatment,
        order.product,
        order.order_by,
        order.arrives,
        order.quantity,
        order.counted_in,
        order.at_risk,
        order.chance,
        order.until,
        order.chance_then,
        order.left_over,
        text_of(order.why),
    )
