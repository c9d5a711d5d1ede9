"""Orders and stocks as lines that a supply manager reads, each with its reason in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from scheduler.forecasting.amounts import Counted, mean_of_parts, per_cent, plain, to_tenths
from scheduler.forecasting.demand import spread_of
from scheduler.forecasting.expecting.rates import Supply
from scheduler.forecasting.forecast import Option, Order, Stock, StockInWeek
from scheduler.forecasting.ordering.on_hand import OnHand
from scheduler.forecasting.ordering.orders import Choice, Ordering, Planned, Plans
from scheduler.forecasting.ordering.stock import may_be_used
from scheduler.forecasting.simulating.needs import Article
from scheduler.forecasting.simulating.simulation import Simulated
from scheduler.forecasting.weeks import Weeks
from scheduler.said import LONG_DAY, SPACES, Day, Listed, Said, Value, listed, said
from scheduler.site.open_days import OpenDays

if TYPE_CHECKING:
    from scheduler.forecasting.ordering.stock import Parts


@dataclass(frozen=True, slots=True)
class Ordered:
    """One article at one site: what is needed of it, how it is supplied, and the words for it."""

    simulated: Simulated
    article: Article
    supply: Supply
    counted: Counted
    open_days: OpenDays
    on_hand: OnHand | None = None

    def lines(self) -> tuple[tuple[Order, ...], Stock]:
        """What to order, and the stock week by week."""
        weeks, lasts = self.simulated.weeks, self.simulated.lasts.get(self.article, 0)
        plans = Ordering(self.supply, weeks, lasts, self.open_days).plans(self._need())
        return tuple(self._order(planned, weeks) for planned in plans.orders), self._stock(plans, weeks, lasts)

    def _need(self) -> Parts:
        """What each week needs in each run, in packs where it comes in packs."""
        import numpy

        weeks, runs = self.simulated.weeks.number, self.simulated.runs
        need = numpy.zeros((weeks, runs), dtype=numpy.int64)
        for week in range(weeks):
            tally = self.simulated.tallies.get((self.article, week))
            if tally is not None:
                need[week] = tally.packs if self.counted.per_pack is not None else tally.units
        return need

    def _order(self, planned: Planned, weeks: Weeks) -> Order:
        arrives = planned.lot.arrives
        assert arrives is not None, "an order comes on a day"
        return Order(
            site=self.article.site,
            treatment=self.article.treatment,
            product=self.article.product,
            strength=self.article.strength,
            quantity=planned.choice.quantity,
            counted_in=self.counted.counted_in,
            order_by=planned.order_by,
            arrives=arrives,
            late=planned.late,
            at_risk=weeks.begin(planned.week),
            chance=to_tenths(planned.chance * 100),
            until=weeks.days(planned.ends)[-1],
            chance_then=to_tenths(planned.choice.chance * 100),
            left_over=to_tenths(planned.choice.left_over),
            options=tuple(_option(each) for each in planned.others),
            source=self.supply.source,
            why=self._why(planned, weeks),
        )

    def _why(self, planned: Planned, weeks: Weeks) -> Listed:
        words = [self._why_then(planned, weeks)]
        if planned.cut:
            words.append(
                said(
                    "It is to last for {days} days, and the forecast ends before: look further ahead to order all of it.",
                    days=self.supply.cover,
                )
            )
        return listed(*words, how=SPACES)

    def _why_then(self, planned: Planned, weeks: Weeks) -> Said:
        everything, now = self._means(planned)
        values: dict[str, Value] = {
            "quantity": self.counted.ordered(Decimal(planned.choice.quantity)),
            "lead": self.supply.lead,
            "week": _day(weeks.begin(planned.week)),
            "chance": per_cent(planned.chance),
            "borne": per_cent(self.supply.risk),
            "until": _day(weeks.days(planned.ends)[-1]),
            "all": self.counted.units(everything),
            "now": now,
            "coming": plain(everything - now),
            "begin": _day(weeks.begin(planned.begins)),
        }
        if planned.late:
            return said(
                "Order {quantity} today, because the lead time is {lead} days and the first week at risk is that of {week}, with "
                "a chance of {chance} of running short where {borne} is borne: it comes {late} days too late; from {begin} to "
                "{until}, {all} are needed on the mean: {now} for patients in the study and {coming} from expected enrolment.",
                late=planned.late,
                **values,
            )
        return said(
            "Order {quantity} by {day}, because the lead time is {lead} days and the first week at risk is that of {week}, with "
            "a chance of {chance} of running short where {borne} is borne; from {begin} to {until}, {all} are needed on the "
            "mean: {now} for patients in the study and {coming} from expected enrolment.",
            day=_day(planned.order_by),
            **values,
        )

    def _means(self, planned: Planned) -> tuple[Decimal, Decimal]:
        """The units of the weeks that an order is for, on the mean: of all patients, and of those who are in the study."""
        found = [self.simulated.tallies.get((self.article, week)) for week in range(planned.begins, planned.ends + 1)]
        tallies = [tally for tally in found if tally is not None]
        runs = self.simulated.runs
        everything = mean_of_parts(sum(sum(tally.units) for tally in tallies), runs)
        return everything, mean_of_parts(sum(sum(tally.on_treatment) for tally in tallies), runs)

    def _stock(self, plans: Plans, weeks: Weeks, lasts: int) -> Stock:
        supply, stock = self.supply, plans.stock
        usable = [lot for lot in supply.lots if lot.arrives is None and may_be_used(lot, 0, weeks, lasts)]
        shares = [Fraction(int(short.sum()), len(short)) for short in stock.short]
        return Stock(
            site=self.article.site,
            treatment=self.article.treatment,
            product=self.article.product,
            strength=self.article.strength,
            counted_in=self.counted.counted_in,
            now=sum(lot.quantity for lot in usable),
            safety=supply.safety,
            expiring=mean_of_parts(int(stock.expired.sum()), self.simulated.runs),
            weeks=tuple(
                _in_week(weeks.days(week)[-1], stock.left[week].tolist(), shares[week]) for week in range(weeks.number)
            ),
            orders=len(plans.orders),
            why=self._stock_why(plans, weeks, sum(lot.quantity for lot in usable)),
        )

    def _stock_why(self, plans: Plans, weeks: Weeks, now: int) -> Listed:
        there, day = self.counted.ordered(Decimal(now)), _day(weeks.last)
        if plans.orders or plans.further is not None:
            words: list[Said | Listed] = [
                said("{there} in stock may still be handed out, and do not last to {day}.", there=there, day=day)
            ]
        elif plans.helpless:
            words = [said("{there} in stock may still be handed out.", there=there)]
        else:
            words = [
                said(
                    "Nothing has to be ordered: {there} in stock may still be handed out, and they last to {day}.",
                    there=there,
                    day=day,
                )
            ]
        if self.on_hand is not None:
            words.append(self.on_hand.in_words(self.counted))
        if plans.helpless:
            week, chance = plans.helpless[0]
            words.append(
                said(
                    "No order that is placed today helps the week of {week}, in which the chance of running short is {chance}: "
                    "ask for an urgent delivery or another site's stock.",
                    week=_day(weeks.begin(week)),
                    chance=per_cent(chance),
                )
            )
        if plans.further is not None:
            words.append(
                said(
                    "The next order after these is due on {day}: look further ahead to see how much.",
                    day=_day(plans.further),
                )
            )
        expired = mean_of_parts(int(plans.stock.expired.sum()), self.simulated.runs)
        if expired:
            words.append(
                said(
                    "{lost} expire unused on the mean, because what is handed out has to last {days} days more.",
                    lost=self.counted.ordered(expired),
                    days=self.simulated.lasts.get(self.article, 0),
                )
            )
        return listed(*words, how=SPACES)


def _in_week(last: date, left: list[int], chance: Fraction) -> StockInWeek:
    spread = spread_of(left)
    return StockInWeek(last, spread.low, spread.median, spread.high, to_tenths(chance * 100))


def _option(choice: Choice) -> Option:
    return Option(choice.quantity, to_tenths(choice.chance * 100), to_tenths(choice.left_over))


def _day(day: date) -> Day:
    return Day(day, LONG_DAY)
