"""A forecast as lists: what to order, what each week needs, what it rests on."""

from __future__ import annotations

from scheduler.forecasting.forecast import DEMAND_COLUMNS, ORDER_COLUMNS, Demand, Forecast, Order, Spread
from scheduler.views.table import Cell, Table

SHORT_COLUMNS = ("site", "from", "treatment", "units", "5 %", "50 %", "95 %", "packs", "5 %", "50 %", "95 %", "made of")
"""Those of the lists that people read: what as many of 100 runs do not exceed stands beside each mean."""


def demand_table(forecast: Forecast) -> Table:
    """What each week needs, with exactly the columns of the public CSV."""
    title = f"{forecast.study} demand, {forecast.first} to {forecast.last}"
    return Table(title, DEMAND_COLUMNS, tuple(map(_demand, forecast.demand)))


def tables_of(forecast: Forecast) -> tuple[Table, ...]:
    """What to order, the stock, what is needed in all and week by week, what it rests on, and what is not in it."""
    days = f"{forecast.first} to {forecast.last}"
    stocks = (
        (each.site, _named(each.treatment, each.strength), each.now, each.counted_in, str(each.why))
        for each in forecast.stocks
    )
    return (
        Table(
            f"{forecast.study}: what to order, as of {forecast.first}",
            ORDER_COLUMNS,
            tuple(map(_order, forecast.orders)),
        ),
        Table("Stock", ("site", "treatment", "now", "in", "why"), tuple(stocks)),
        Table(f"Needed in all, {days}", SHORT_COLUMNS, tuple(map(_short, forecast.totals))),
        Table(f"Needed week by week, {days}", SHORT_COLUMNS, tuple(map(_short, forecast.demand))),
        Table(
            "What it rests on",
            ("rate", "source"),
            tuple((str(each.about), str(each.source)) for each in forecast.rates),
        ),
        Table("Not in the numbers", ("note",), tuple((str(each.about),) for each in forecast.notes)),
    )


def _named(treatment: str, strength: str | None) -> str:
    return treatment if strength is None else f"{treatment} {strength}"


def _spread(spread: Spread | None) -> tuple[Cell, ...]:
    return (None,) * 4 if spread is None else (spread.mean, spread.low, spread.median, spread.high)


def _short(line: Demand) -> tuple[Cell, ...]:
    named = _named(line.treatment, line.strength)
    return (line.site, line.first, named, *_spread(line.units), *_spread(line.packs), str(line.why))


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
        str(line.why),
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
        str(order.why),
    )
