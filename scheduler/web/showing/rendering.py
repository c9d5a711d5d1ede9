"""Pages from templates. Whatever people wrote is escaped; only pictures and tables made by `scheduler.exports` are markup."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup as Safe
from starlette.responses import HTMLResponse

from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.exports import words
from scheduler.exports.how_far import how_far
from scheduler.exports.markup import Markup
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.roles import TABLE
from scheduler.web.showing.assets import Assets

MENU = (
    ("Today", "/"),
    ("Subjects", "/subjects"),
    ("Pharmacy", "/pharmacy"),
    ("Protocol", "/protocol"),
    ("Feeds", "/links"),
    ("Audit", "/audit"),
    ("Accounts", "/accounts"),
)


def as_it_is(drawn: Markup | None) -> Safe:
    """A picture or table that is markup already, for a template."""
    return Safe(drawn or "")


def moment(at: datetime) -> str:
    """A moment of recording, in UTC."""
    return f"{words.short_date(at.date())}, {at:%H:%M} UTC"


def moment_exactly(at: datetime) -> str:
    """The same to the second, as an audit trail tells it."""
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def times(number: int, one: str, many: str | None = None) -> str:
    """1 day, 2 days."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def address(*steps: object) -> str:
    """A path on this server. Whatever a step holds, it stays one step."""
    return "/" + "/".join(quote(str(step), safe="") for step in steps)


class Pages:
    """Renders templates with what every page has: who is signed in, the menu, the style, a key for a form that records."""

    def __init__(self, assets: Assets) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "short_date": words.short_date,
            "long_date": in_words,
            "weekday": words.weekday,
            "between": words.dates_between,
            "signed": words.signed,
            "moment": moment,
            "moment_exactly": moment_exactly,
            "how_far": how_far,
            "times": times,
        }
        self._environment.globals |= {"asset": assets.path, "address": address}

    def page(self, visit: Visit | None, template: str, *, status: int = 200, **told: Any) -> HTMLResponse:
        """A page. ``visit`` is None where nobody is let in, such as on a page about an error."""
        signed_in = visit.signed_in if visit is not None else None
        around = {
            "signed_in": signed_in,
            "menu": _menu(signed_in.account.role) if signed_in else (),
            "here": visit.request.url.path if visit is not None else "",
            "training_day": visit.server.settings.today if visit is not None else None,
            "study_name": study_name(visit),
            "refresh": None,
            "key": token_urlsafe(16),
        }
        text = self._environment.get_template(template).render(around | told)
        return HTMLResponse(text, status)


def _menu(role: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, path) for name, path in MENU if ("GET", path) in TABLE and TABLE[("GET", path)].allows(role))


def study_name(visit: Visit | None) -> str:
    """The study's name for the head of a page; nothing where nobody is signed in."""
    if visit is None or visit.signed_in is None:
        return ""
    return visit.server.patients.study().newest.study
