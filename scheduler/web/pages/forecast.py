"""The supply: what to order this month and why, what each week needs, and what all of it rests on."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.exports.picture.demand import demand_as_svg, demand_picture
from scheduler.forecasting.forecast import Forecast
from scheduler.forecasting.tables import demand_table, tables_of
from scheduler.languages import Language
from scheduler.said import said
from scheduler.web.forecasts import Asked
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.problems import Problem, findings_in_words
from scheduler.web.showing.downloads import Form, as_file, list_as_file

router = APIRouter(route_class=GuardedRoute)

THIS_MONTH = timedelta(days=31)
"""What has to be ordered by then stands first."""


@router.get("/forecast")
def page(visit: Visiting) -> Response:
    """The page; while the forecast is worked out, how far it has come, and the one before where there is one."""
    if not visit.server.forecasts.are_made:
        return visit.page("forecast_none.html")
    asked = asked_for(visit)
    found = asked.forecast
    if found is None:
        return visit.page(
            "forecast_wait.html", progress=asked.progress, wrong=asked.wrong, refresh=None if asked.wrong else True
        )
    by = found.first + THIS_MONTH
    return visit.page(
        "forecast.html",
        found=found,
        by=by,
        now=tuple(each for each in found.orders if each.order_by <= by),
        later=tuple(each for each in found.orders if each.order_by > by),
        is_current=asked.is_current,
        progress=asked.progress,
        picture=demand_picture(found, visit.language),
    )


@router.get("/forecast.svg")
def picture(visit: Visiting, language: Language = Language.ENGLISH) -> Response:
    """The picture as a file."""
    found = current(visit)
    return as_file(
        demand_as_svg(found, language.of_staff).encode("utf-8"), f"forecast-{found.first}-{language.of_staff}", "svg"
    )


@router.get("/forecast.{form}")
def download(visit: Visiting, form: Form) -> Response:
    """What each week needs as CSV; a workbook has what to order, too."""
    found = current(visit)
    return list_as_file(form, f"forecast-{found.first}", demand_table(found), *tables_of(found))


def asked_for(visit: Visit) -> Asked:
    """What there is of the forecast from today on, of the sites that the person may see."""
    sites = visit.sites()
    study = visit.server.patients.study()
    zone = next((site.zone for site in study.sites if site.name in sites), "UTC")
    asked = visit.server.forecasts.on(visit.server.clock.today(zone))
    if asked.forecast is None:
        return asked
    return Asked(asked.forecast.of_sites(sites.__contains__), asked.is_current, asked.progress, asked.wrong)


def current(visit: Visit) -> Forecast:
    """The forecast of now. Raises Problem where there is none: an older one would not say that it is old."""
    if not visit.server.forecasts.are_made:
        text = said("The settings of this server name no file of rates (rates_file).")
        raise Problem(404, "no-rates", said("Nothing is forecast here"), text)
    asked = asked_for(visit)
    if asked.wrong:
        raise Problem(409, "wrong-rates", said("Nothing was forecast"), findings_in_words(asked.wrong))
    if asked.forecast is None or not asked.is_current:
        text = said("The forecast is being worked out. Try again in a minute.")
        raise Problem(503, "not-ready", said("The forecast is not ready"), text, {"Retry-After": "30"})
    return asked.forecast
