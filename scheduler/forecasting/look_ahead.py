"""The whole forecast of a study: patients as they stand, who is expected, what each week needs, and what to order when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from scheduler.forecasting.amounts import Counted, counted_as, is_article, to_tenths
from scheduler.forecasting.demand import demand_by_week, demand_in_all
from scheduler.forecasting.expecting.rates import Rates, Supply
from scheduler.forecasting.forecast import Forecast, Note, Order, PatientsAt
from scheduler.forecasting.names import Names, names_of
from scheduler.forecasting.ordering.on_hand import OnHand, accounts_by_site, by_the_log
from scheduler.forecasting.ordering.order_lines import Ordered
from scheduler.forecasting.rates_told import rates_told
from scheduler.forecasting.simulating.futures import Begun
from scheduler.forecasting.simulating.needs import Article
from scheduler.forecasting.simulating.simulation import Simulated, Tell, simulate
from scheduler.forecasting.weeks import Weeks
from scheduler.patient.versions import oldest_first
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import LONG_DAY, Day, Said, Value, counted, listed, said
from scheduler.site.site import Site
from scheduler.stock.account import StockAccount
from scheduler.stock.products import stocked_in
from scheduler.views.pharmacy.units_of_dose import unit_name


def look_ahead(
    versions: Sequence[StudyVersion],
    sites: Mapping[str, Site],
    in_study: Iterable[Begun],
    rates: Rates,
    weeks: Weeks,
    tell: Tell = lambda _: None,
    stock: Iterable[StockAccount] = (),
) -> Forecast:
    """What a study needs from the first day of these weeks to the last.

    ``versions`` are its protocol versions; whoever comes goes by the newest. ``in_study`` are its patients as their logs stand.
    ``stock`` is what the sites' own logs have on the first day, of those that keep one.
    """
    versions = oldest_first(versions)
    simulated = simulate(versions[-1], sites, in_study, rates, weeks, tell)
    known = {article: _counted(versions, article) for article in simulated.articles}
    names = names_of(versions, sites)
    accounts, stocked = accounts_by_site(stock), stocked_in(versions)
    supplies = [by_the_log(each, accounts.get(each.site), stocked) for each in rates.supplies]
    lines = [_ordered(supply, on_hand, simulated, sites, versions, known, names) for supply, on_hand in supplies]
    ordered = [each.lines() for each in lines if isinstance(each, Ordered)]
    found = Forecast(
        study=versions[-1].study,
        first=weeks.first,
        last=weeks.last,
        runs=simulated.runs,
        seed=rates.seed,
        calendars=simulated.calendars,
        patients=tuple(_patients(simulated)),
        orders=tuple(sorted((each for orders, _ in ordered for each in orders), key=_urgency)),
        stocks=tuple(stock for _, stock in ordered),
        totals=tuple(demand_in_all(simulated, known)),
        demand=tuple(demand_by_week(simulated, known)),
        rates=tuple(rates_told(rates, names)),
        notes=(*(each for each in lines if isinstance(each, Note)), *_notes(simulated, rates, known, names)),
    )
    return names.given_to(found)


def _patients(simulated: Simulated) -> Iterator[PatientsAt]:
    for site in sorted({*simulated.in_study, *simulated.expected}):
        expected = to_tenths(Fraction(simulated.expected.get(site, 0), simulated.runs))
        yield PatientsAt(site, simulated.in_study.get(site, 0), expected)


def _urgency(order: Order) -> tuple[object, ...]:
    return (order.order_by, -order.late, order.site, order.treatment, order.strength or "")


def _counted(versions: Sequence[StudyVersion], article: Article) -> Counted:
    """How an article is counted, by the newest version of the protocol that has it."""
    plans = [plan for version in reversed(versions) for plan in version.arms.values()]
    found = (each for plan in plans for each in plan.products.get(article.treatment, ()) if is_article(each, article))
    return counted_as(next(found, None))


def _ordered(
    supply: Supply,
    on_hand: OnHand | None,
    simulated: Simulated,
    sites: Mapping[str, Site],
    versions: Sequence[StudyVersion],
    known: Mapping[Article, Counted],
    names: Names,
) -> Ordered | Note:
    """The article that a supply is of; what to say where it is none, or several."""
    wanted = (supply.site, supply.drug, supply.strength)
    articles = [
        each for each in known if (each.site, each.treatment, each.strength) == wanted and each.product is not None
    ]
    if len(articles) > 1:
        about = said(
            "{treatment} at {site} comes as {products}, after an amendment: these are no sum, and nothing is told to order.",
            treatment=names.drug(supply.drug),
            site=names.site(supply.site),
            products=listed(*(names.unit(each.product or "") for each in articles)),
        )
        return Note(supply.site, about)
    article = articles[0] if articles else _of_newest(supply, versions[-1])
    if article is None:
        about = said(
            "Nobody needs {treatment} at {site}: nothing is told to order.",
            treatment=names.drug(supply.drug),
            site=names.site(supply.site),
        )
        return Note(supply.site, about)
    how = known.get(article) or _counted(versions, article)
    return Ordered(simulated, article, supply, how, sites[supply.site].open_days("pharmacy"), on_hand)


def _of_newest(supply: Supply, version: StudyVersion) -> Article | None:
    """The article by the newest protocol, for what nobody needs in these weeks."""
    products = (each for plan in version.arms.values() for each in plan.products.get(supply.drug, ()))
    product = next((each for each in products if each.strength == supply.strength), None)
    return None if product is None else Article(supply.site, supply.drug, unit_name(product), supply.strength)


def _notes(simulated: Simulated, rates: Rates, known: Mapping[Article, Counted], names: Names) -> Iterator[Note]:
    """What is not in the numbers."""
    for site, undated in simulated.undated.items():
        if undated:
            yield Note(site, _undated(names.site(site), undated))
    for site, overdue in simulated.overdue.items():
        if overdue:
            yield Note(site, _overdue(names.site(site), overdue, simulated.weeks.first))
    for site, presumed in simulated.presumed.items():
        if presumed:
            yield Note(site, _presumed(names.site(site), presumed))
    unknown = {article for (article, _), tally in simulated.tallies.items() if tally.unknown}
    for site in sorted({article.site for article in unknown}):
        drugs = sorted({article.treatment for article in unknown if article.site == site})
        about = said(
            "Of {treatments} at {site}, not every dose can be counted: there is no product, or the dose hangs on a body size "
            "that is not known; the numbers are too low. 'body sizes' and 'body surface' in the rates say what is expected.",
            treatments=listed(*map(names.drug, drugs)),
            site=names.site(site),
        )
        yield Note(site, about)
    supplied = {(each.site, each.drug, each.strength) for each in rates.supplies}
    for article in known:
        if article.product is not None and (article.site, article.treatment, article.strength) not in supplied:
            about = said(
                "The rates say nothing of the supply of {treatment} to {site}: what to order is not told.",
                treatment=names.drug(article.treatment, article.strength),
                site=names.site(article.site),
            )
            yield Note(article.site, about)
    about = said(
        "Broken and lost tablets, and doses beside the plan, are not reckoned with: the safety stock is for them."
    )
    yield Note(None, about)


def _undated(site: Value, number: int) -> Said:
    return counted(
        "At {site}, {n} dose of patients in the study has no date (a hold, a missing fact): neither it nor what hangs on it is "
        "reckoned with.",
        "At {site}, {n} doses of patients in the study have no date (a hold, a missing fact): neither they nor what hangs on "
        "them is reckoned with.",
        number,
        site=site,
    )


def _presumed(site: Value, number: int) -> Said:
    return counted(
        "At {site}, of {n} patient in the study nothing is recorded that a dose is worked out from (weight, height, creatinine "
        "clearance, age): the body sizes of the rates stand in for it.",
        "At {site}, of {n} patients in the study nothing is recorded that a dose is worked out from (weight, height, creatinine "
        "clearance, age): the body sizes of the rates stand in for it.",
        number,
        site=site,
    )


def _overdue(site: Value, number: int, first: date) -> Said:
    return counted(
        "At {site}, {n} dose of patients in the study was due before {day}, and nothing is recorded of it: it is not reckoned "
        "with, though it may still be needed.",
        "At {site}, {n} doses of patients in the study were due before {day}, and nothing is recorded of them: they are not "
        "reckoned with, though they may still be needed.",
        number,
        site=site,
        day=Day(first, LONG_DAY),
    )
