"""What each week needs of each article: mean and quantiles of all runs, and what the mean is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from scheduler.forecasting.amounts import Counted, from_parts, mean_of_parts, plain, to_tenths
from scheduler.forecasting.forecast import Demand, Spread
from scheduler.forecasting.simulating.needs import Article
from scheduler.forecasting.simulating.simulation import Simulated, Tally
from scheduler.said import SEMICOLONS, Said, listed, said

LOW, MEDIAN, HIGH = 0.05, 0.5, 0.95


def demand_by_week(simulated: Simulated, counted: Mapping[Article, Counted]) -> Iterator[Demand]:
    """A line for each week and article that any run needs something of, in the order of the weeks."""
    weeks = simulated.weeks
    for week in range(weeks.number):
        days = weeks.days(week)
        for article in simulated.articles:
            tally = simulated.tallies.get((article, week))
            if tally is not None:
                yield _demand(simulated, article, [tally], days[0], days[-1], counted[article])


def demand_in_all(simulated: Simulated, counted: Mapping[Article, Counted]) -> Iterator[Demand]:
    """A line for each article: the quantiles are those of the sum of all weeks, not sums of quantiles."""
    for article in simulated.articles:
        tallies = [tally for (each, _), tally in simulated.tallies.items() if each == article]
        weeks = simulated.weeks
        yield _demand(simulated, article, tallies, weeks.first, weeks.last, counted[article])


def _demand(
    simulated: Simulated, article: Article, tallies: list[Tally], first: date, last: date, counted: Counted
) -> Demand:
    runs = simulated.runs
    units = _sums(tally.units for tally in tallies)
    everything = mean_of_parts(sum(units), runs)
    now = mean_of_parts(sum(sum(tally.on_treatment) for tally in tallies), runs)
    unsure = mean_of_parts(sum(sum(tally.unsure) for tally in tallies), runs)
    unknown = to_tenths(Fraction(sum(tally.unknown for tally in tallies), runs))
    # What is rounded is to add up as it stands there.
    coming = plain(everything - now)
    words = [
        said(
            "{all}: {now} for patients in the study, {coming} from expected enrolment",
            all=counted.units(everything),
            now=now,
            coming=coming,
        )
    ]
    words += _not_sure(counted, unsure, unknown)
    packs = _sums(tally.packs for tally in tallies) if article in simulated.in_packs else None
    return Demand(
        site=article.site,
        first=first,
        last=last,
        treatment=article.treatment,
        product=article.product,
        strength=article.strength,
        units=spread_of(units),
        packs=spread_of(packs) if packs is not None else None,
        in_study=now,
        expected=coming,
        unsure=unsure,
        unknown=unknown,
        why=listed(*words, how=SEMICOLONS),
    )


def _not_sure(counted: Counted, unsure: Decimal, unknown: Decimal) -> Iterator[Said]:
    if unsure:
        yield said(
            "{units} of them hang on an open decision or on public holidays that are not published",
            units=counted.units(unsure),
        )
    if unknown:
        yield said("lines without a number, so that all of this is too low: {n}", n=unknown)


def spread_of(runs: list[int]) -> Spread:
    """Mean and quantiles of thousandths. A quantile is the number of a run, and never one between two."""
    import numpy

    low, median, high = numpy.quantile(runs, [LOW, MEDIAN, HIGH], method="inverted_cdf").tolist()
    return Spread(
        mean=mean_of_parts(sum(runs), len(runs)),
        low=from_parts(int(low)),
        median=from_parts(int(median)),
        high=from_parts(int(high)),
    )


def _sums(parts: Iterable[list[int]]) -> list[int]:
    return [sum(each) for each in zip(*parts, strict=True)]
