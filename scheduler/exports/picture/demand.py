"""A forecast as a picture: for each article what every week needs, and below it what is left in stock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scheduler.exports.picture.colours import ALARM, GRID, INK, PAPER, QUIET, shade
from scheduler.exports.picture.markup import Markup, element, together
from scheduler.forecasting.forecast import Demand, Forecast, Order, Stock
from scheduler.languages import Language
from scheduler.said import SHORT_DAY, SPACES, Code, Day, Quoted, Value, listed, said, said_as, said_of
from scheduler.vocabulary.dosage_forms import FORMS
from scheduler.vocabulary.forms_in_words import unit_in_words
from scheduler.words.saying import say

_LEFT, _WEEK, _RIGHT = 64, 26, 16
_TITLE, _PLOT, _GAP, _AXIS = 40, 96, 26, 24
_FONT = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Noto Sans", "Noto Sans CJK SC", sans-serif'
_LOOKS: dict[str, dict[str, str | int]] = {
    "head": {"font_size": 13, "font_weight": 600},
    "quiet": {"fill": QUIET},
    "quiet end": {"fill": QUIET, "text_anchor": "end"},
    "": {},
}
"""As attributes and not as a style sheet: a page of the server takes no styles from anywhere else."""
_NOW, _COMING = shade(0, 0).fill, shade(0, -2).fill


@dataclass(frozen=True, slots=True)
class _Panel:
    """One article: its weeks, its stock and its orders, and where it stands on the picture."""

    total: Demand
    weeks: dict[date, Demand]
    stock: Stock | None
    orders: tuple[Order, ...]
    top: float

    @property
    def height(self) -> float:
        return _TITLE + _PLOT + _AXIS + (0 if self.stock is None else _GAP + _PLOT)


def demand_as_svg(forecast: Forecast, language: Language = Language.ENGLISH) -> str:
    """The picture as a file of its own, with its style in it. Empty, but still a picture, when nothing is needed."""
    return f"{demand_picture(forecast, language)}\n"


def demand_picture(forecast: Forecast, language: Language) -> Markup:
    """The picture: every bar and line of it says in words what it is, and the tables have the same numbers."""
    begins = _begins(forecast)
    panels = list(_panels(forecast))
    width = _LEFT + _WEEK * max(1, len(begins)) + _RIGHT
    height = max(40.0, panels[-1].top + panels[-1].height if panels else 0)
    title = said("What each week needs, and what is left in stock")
    return element(
        "svg",
        element("title", say(title, language)),
        element("rect", width="100%", height="100%", fill=PAPER),
        *(_drawn(panel, begins, language) for panel in panels),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        role="img",
        font_family=_FONT,
        font_size=10,
        fill=INK,
        aria_label=say(title, language),
    )


def _begins(forecast: Forecast) -> list[date]:
    """The first day of each week."""
    ordinals = range(forecast.first.toordinal() - forecast.first.weekday(), forecast.last.toordinal(), 7)
    return [max(forecast.first, date.fromordinal(each)) for each in ordinals]


def _panels(forecast: Forecast) -> Iterator[_Panel]:
    top = 0.0
    for total in forecast.totals:
        name = _name(total)
        stock = next((each for each in forecast.stocks if _name(each) == name), None)
        weeks = {each.first: each for each in forecast.demand if _name(each) == name}
        panel = _Panel(total, weeks, stock, tuple(each for each in forecast.orders if _name(each) == name), top)
        yield panel
        top += panel.height


def _name(article: Demand | Stock | Order) -> tuple[str, str, str | None, str | None]:
    return article.site, article.treatment, article.product, article.strength


def _drawn(panel: _Panel, begins: list[date], language: Language) -> Markup:
    drug = said_of(panel.total.treatment)
    if panel.total.strength is not None:
        drug = listed(drug, Quoted(panel.total.strength), how=SPACES)
    head = said("{treatment} at {site}", treatment=drug, site=said_of(panel.total.site))
    return element(
        "g",
        _text(_LEFT, 16, say(head, language), "head"),
        together(*_legend(panel, language)),
        together(*_needs(panel, begins, language)),
        together(*(_stock(panel, panel.stock, begins, language) if panel.stock is not None else ())),
        together(*_axis(begins, panel.height - 8, language)),
        transform=f"translate(0 {panel.top:g})",
    )


def _legend(panel: _Panel, language: Language) -> Iterator[Markup]:
    left = float(_LEFT)
    for fill, words in ((_NOW, said("patients in the study")), (_COMING, said("expected enrolment"))):
        yield element("rect", x=left, y=24.0, width=10, height=8, fill=fill)
        yield _text(left + 14, 32, say(words, language), "quiet")
        left += 150
    yield element("path", d=f"M{left:g} 24v8", stroke=INK)
    unit = said_of(panel.total.product or "")
    yield _text(left + 8, 32, say(said("5 to 95 of 100 runs; one unit is {unit}", unit=unit), language), "quiet")


def _needs(panel: _Panel, begins: list[date], language: Language) -> Iterator[Markup]:
    most = _nice(max((each.units.high for each in panel.weeks.values()), default=Decimal(1)))
    bottom = float(_TITLE + _PLOT)
    yield from _grid(most, _TITLE, len(begins))
    for number, begin in enumerate(begins):
        week = panel.weeks.get(begin)
        if week is None:
            continue
        left = _LEFT + number * _WEEK + 5.0
        now, coming = (_high(amount, most) for amount in (week.in_study, week.expected))
        words = say(said("Week of {day}: {why}", day=Day(begin, SHORT_DAY), why=week.why), language)
        yield element(
            "g",
            element("title", words),
            element("rect", x=left, y=bottom - now, width=_WEEK - 10, height=now, fill=_NOW),
            element("rect", x=left, y=bottom - now - coming, width=_WEEK - 10, height=coming, fill=_COMING),
            _whisker(
                left + (_WEEK - 10) / 2, bottom - _high(week.units.high, most), bottom - _high(week.units.low, most)
            ),
        )


def _pack_in_words(counted_in: str) -> Value:
    """What the stock is counted in, a bottle or a vial; mL and forms without words have the same name everywhere."""
    if counted_in == "pack":
        return said_as("what is counted", "pack")
    form = FORMS.get(counted_in)
    return Code(counted_in) if form is None or form.is_measured else unit_in_words(form)


def _stock(panel: _Panel, stock: Stock, begins: list[date], language: Language) -> Iterator[Markup]:
    top = float(_TITLE + _PLOT + _GAP)
    most = _nice(max((each.high for each in stock.weeks), default=Decimal(1)))
    words = said(
        "In stock at the end of the week ({unit}), in half of the runs and in 5 of 100",
        unit=_pack_in_words(stock.counted_in),
    )
    yield _text(_LEFT, top - 8, say(words, language), "quiet")
    yield from _grid(most, top, len(begins))
    for spread, colour, width in ((_median, INK, 1.8), (_low, QUIET, 1.0)):
        points = " ".join(
            f"{_LEFT + (number + 0.5) * _WEEK:g},{top + _PLOT - _high(spread(stock, number), most):g}"
            for number in range(len(stock.weeks))
        )
        yield element("polyline", points=points, fill="none", stroke=colour, stroke_width=width)
    for number, week in enumerate(stock.weeks):
        if week.chance:
            level = top + _PLOT - _high(week.low, most)
            told = said("{chance} % of the runs run short", chance=week.chance)
            dot = element("circle", cx=_LEFT + (number + 0.5) * _WEEK, cy=level, r=3, fill=ALARM)
            yield element("g", element("title", say(told, language)), dot)
    safety = top + _PLOT - _high(Decimal(stock.safety), most)
    yield element("path", d=f"M{_LEFT} {safety:g}h{_WEEK * len(begins)}", stroke=ALARM, stroke_dasharray="4 3")
    yield _text(_LEFT + _WEEK * len(begins), safety - 3, say(said("safety stock"), language), "quiet end")
    for order in panel.orders:
        left = _LEFT + _WEEK * max((number for number, begin in enumerate(begins) if begin <= order.arrives), default=0)
        yield element("path", d=f"M{left:g} {top:g}v{_PLOT}", stroke=_NOW, stroke_width=1.4)
        yield _text(left + 3, top + 9, f"+{order.quantity}", "")


def _median(stock: Stock, number: int) -> Decimal:
    return stock.weeks[number].median


def _low(stock: Stock, number: int) -> Decimal:
    return stock.weeks[number].low


def _axis(begins: list[date], level: float, language: Language) -> Iterator[Markup]:
    for number, begin in enumerate(begins):
        if number % 4 == 0:
            yield _text(_LEFT + number * _WEEK + 5, level, say(Day(begin, SHORT_DAY), language), "quiet")


def _grid(most: Decimal, top: float, weeks: int) -> Iterator[Markup]:
    for part in (Decimal(0), most / 2, most):
        level = top + _PLOT - _high(part, most)
        yield element("path", d=f"M{_LEFT} {level:g}h{_WEEK * weeks}", stroke=GRID)
        yield _text(_LEFT - 6, level + 3, f"{part.normalize():f}", "quiet end")


def _high(amount: Decimal, most: Decimal) -> float:
    return float(amount / most) * _PLOT


def _nice(most: Decimal) -> Decimal:
    """The next number above that is easily halved: 2, 4, 6, 8, 10, 20, 40 and so on."""
    size = Decimal(1)
    while True:
        for step in (2, 4, 6, 8, 10):
            if most <= step * size:
                return step * size
        size *= 10


def _whisker(left: float, top: float, bottom: float) -> Markup:
    return element("path", d=f"M{left:g} {top:g}V{bottom:g}", stroke=INK)


def _text(left: float, top: float, words: str, look: str) -> Markup:
    return element("text", words, x=float(left), y=float(top), **_LOOKS[look])
