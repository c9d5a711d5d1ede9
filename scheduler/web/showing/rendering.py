"""The server's pages: the templates that files have too, with a frame, links and forms of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from starlette.responses import HTMLResponse

from scheduler.calendar.comparing.change import Change
from scheduler.exports.pages.environment import environment, where
from scheduler.languages import Language
from scheduler.said import (
    MONTH,
    SHORT_DAY,
    SHORT_WEEKDAY,
    Code,
    Day,
    Listed,
    Quoted,
    Said,
    Value,
    languages_of,
    own_words,
    said,
)
from scheduler.views.chart.naming import Names, change_in_names, named, names_of
from scheduler.vocabulary.dosage_forms import Count, form_of_product
from scheduler.web.guards.languages import CALLED
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.roles import TABLE
from scheduler.web.showing.assets import Assets
from scheduler.web.showing.own_acts import reason_in_words
from scheduler.words.saying import day_in, say

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

MENU = (
    (said("Today"), "/"),
    (said("Agenda"), "/agenda"),
    (said("Subjects"), "/subjects"),
    (said("Pharmacy"), "/pharmacy"),
    (said("Stock"), "/stock"),
    (said("Supply"), "/forecast"),
    (said("Reports"), "/reports"),
    (said("End points"), "/endpoints"),
    (said("Protocol"), "/protocol"),
    (said("Feeds"), "/links"),
    (said("Notices"), "/notices"),
    (said("Audit"), "/audit"),
    (said("Accounts"), "/accounts"),
)


KEYS = {"/": "t", "/agenda": "a", "/subjects": "s", "/pharmacy": "p", "/reports": "r", "/protocol": "o", "/audit": "u"}
"""The letter that goes to a page, after a g."""


def moment(at: datetime, language: Language = Language.ENGLISH) -> str:
    """A moment of recording, in UTC: 2 Mar 2026, 09:30 UTC; 2026年3月2日 09:30 UTC."""
    between = " " if language is Language.CHINESE else ", "
    return f"{day_in(at.date(), SHORT_DAY, language)}{between}{at:%H:%M} UTC"


def moment_exactly(at: datetime) -> str:
    """The same to the second, as an audit trail tells it."""
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def times(number: int, one: str, many: str | None = None) -> str:
    """1 day, 2 days."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def dated(message: Value) -> Value:
    """The message with its days as pages say them: lists for programs have them as 2026-05-21."""
    if isinstance(message, Code) and _ISO_DAY.fullmatch(message.text):
        return Day(date.fromisoformat(message.text), SHORT_DAY)
    if isinstance(message, Said):
        values = tuple((name, dated(value)) for name, value in message.values)
        return Said(message.sentence, values, message.many, message.context)
    if isinstance(message, Listed):
        return Listed(tuple(map(dated, message.items)), message.how)
    return message


def in_names(message: Value | Change | str, names: Names) -> Value | Change | str:
    """What is said, or differs, with names where ids stood; a text stays as it is."""
    if isinstance(message, str):
        return message
    return change_in_names(message, names) if isinstance(message, Change) else named(message, names)


def units_in_words(number: Count, product: str | None, language: Language) -> str:
    """42 tablets, 100.8 mL; 42 片."""
    form = form_of_product(product)
    return form.in_chinese(number) if language is Language.CHINESE else form.english(number)


def address(*steps: object) -> str:
    """A path on this server. Whatever a step holds, it stays one step."""
    return "/" + "/".join(quote(str(step), safe="") for step in steps)


class Pages:
    """Renders templates with what every page has: who is signed in, the menu, the style, a key for a form that records."""

    def __init__(self, assets: Assets, otherwise: Language = Language.ENGLISH) -> None:
        self._assets = assets
        self._otherwise = otherwise
        self._environments: dict[Language, Environment] = {}

    def _in(self, language: Language) -> Environment:
        """The templates in that language, made when they are first asked for."""
        if language not in self._environments:
            made = environment(FileSystemLoader(Path(__file__).parents[1] / "templates"), language=language)
            made.filters |= {
                "moment": partial(moment, language=language),
                "moment_exactly": moment_exactly,
                "month": lambda day: day_in(day, MONTH, language),
                "short_weekday": lambda day: day_in(day, SHORT_WEEKDAY, language),
                "dated": dated,
                "in_names": in_names,
                "times": times,
                "units": partial(units_in_words, language=language),
                "visit_day": made.filters["with_weekday"],
                "where": partial(where, language=language, between=" · "),
            }
            made.filters |= {
                "arm": _arm,
                "site": _site,
                "treatment": _treatment,
                "in_study_names": _in_study_names,
                "reason": reason_in_words,
            }
            made.globals |= {
                "asset": self._assets.path,
                "address": address,
                "names_of": names_of,
                "languages_called": CALLED,
            }
            self._environments[language] = made
        return self._environments[language]

    def page(
        self,
        visit: Visit | None,
        template: str,
        *,
        status: int = 200,
        language: Language | None = None,
        **told: Any,
    ) -> HTMLResponse:
        """A page in the language of the visit, else in ``language``, else in the server's.

        ``visit`` is None where nobody is let in, such as on a page about an error.
        """
        spoken = visit.language if visit is not None else language or self._otherwise
        signed_in = visit.signed_in if visit is not None else None
        around = {
            "signed_in": signed_in,
            "menu": menu_of(visit) if visit is not None and signed_in is not None else (),
            "here": visit.request.url.path if visit is not None else "",
            "training_day": visit.server.settings.today if visit is not None else None,
            "study_name": study_name(visit),
            "called_in_study": called_in_study(visit, spoken),
            "refresh": None,
            "keys_of_menu": KEYS,
            "noticed": visit.request.app.state.noticed.of(signed_in.account) if visit and signed_in else 0,
            "undone": visit is not None and "undone" in visit.request.query_params,
            "key": token_urlsafe(16),
        }
        text = self._in(spoken).get_template(template).render(around | told)
        return HTMLResponse(text, status, {"content-language": spoken, "vary": "accept-language, cookie"})


def menu_of(visit: Visit) -> tuple[tuple[Said, str], ...]:
    """The pages that the person may open; that of the supply where there is a forecast."""
    role, are_forecast = visit.who.account.role, visit.server.forecasts.are_made
    allowed = ((name, path) for name, path in MENU if ("GET", path) in TABLE and TABLE[("GET", path)].allows(role))
    return tuple((name, path) for name, path in allowed if path != "/forecast" or are_forecast)


@pass_context
def _arm(context: Context, code: str) -> str:
    """What an arm is called in the reader's language."""
    return _called(context, "arm", code)


@pass_context
def _site(context: Context, code: str) -> str:
    """What a site is called in the reader's language."""
    return _called(context, "site", code)


@pass_context
def _treatment(context: Context, code: str) -> str:
    """What a treatment is called in the reader's language."""
    return _called(context, "treatment", code)


@pass_context
def _in_study_names(context: Context, message: Value) -> Value:
    """What is said with the names of arms and treatments where their ids stood."""
    return named(message, {code: Quoted(name) for (_, code), name in _names_in(context).items()})


def _called(context: Context, sort: str, code: str) -> str:
    return _names_in(context).get((sort, code), code)


def _names_in(context: Context) -> Mapping[tuple[str, str], str]:
    names: Mapping[tuple[str, str], str] = context.get("called_in_study", {})
    return names


def called_in_study(visit: Visit | None, language: Language) -> Mapping[tuple[str, str], str]:
    """What treatments are called; arms and sites too where the reader's language is not English and has names for them."""
    if visit is None or visit.signed_in is None:
        return {}
    study = visit.server.patients.study()
    plans = study.newest.arms
    known = [
        ("treatment", line.name, line.title) for plan in plans.values() for line in plan.treatments() if line.title
    ]
    others = [("arm", arm, plan.arm_title) for arm, plan in plans.items()]
    others += [("site", site.name, site.title) for site in study.sites]
    if language is not Language.ENGLISH:
        known += [each for each in others if str(language) in languages_of(each[2])]
    return {(sort, code): say(own_words(title), language) for sort, code, title in known}


def study_name(visit: Visit | None) -> str:
    """The study's name for the head of a page; nothing where nobody is signed in."""
    if visit is None or visit.signed_in is None:
        return ""
    return visit.server.patients.study().newest.study
