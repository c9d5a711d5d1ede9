"""From the text of a site to the site, or to everything that is wrong with the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from scheduler.dates import Day
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.said import Code, said
from scheduler.site.capacity import Capacity
from scheduler.site.compile import Exceptional, Habits, OwnDays, compile_open_days
from scheduler.site.holiday_table import HolidayTable
from scheduler.site.open_days import MONDAY_TO_FRIDAY, OpenDays
from scheduler.site.phrases import read_days
from scheduler.site.public_holidays import holiday_table, no_country, unknown_region
from scheduler.site.site import Site
from scheduler.site.text import (
    MOST_LISTED,
    MOST_RESOURCES,
    ContactText,
    ExceptionalText,
    HabitsText,
    ResourceText,
    SiteText,
)
from scheduler.source.node import Node, Step
from scheduler.source.reading import read_yaml
from scheduler.source.validation import validate


def parse_site(text: str, *, name: str, holidays: HolidayTable | None = None) -> Site:
    """The site that this text describes; ``name`` is the file's name in the findings.

    ``holidays`` is a table kept from earlier, of the country that the text names; without it the library's own is used.
    Raises InvalidText with all findings at once.
    """
    node = read_yaml(text, name=name)
    findings = [*_wrong_region(node, holidays), *_wrong_country(node), *_contradictions(node)]
    try:
        says = validate(node, SiteText)
    except InvalidText as error:
        raise InvalidText([*findings, *error.findings]) from None
    if findings:
        raise InvalidText(findings)
    return replace(
        _site(says, _table(says.public_holidays, holidays)),
        written_at=_written_at(node, says),
        lasts_at={name: node.key_place("lasts", name) for name in says.lasts},
    )


def _site(says: SiteText, table: HolidayTable | None) -> Site:
    own = _own_days(says)
    usual = _habits(says, says)
    return Site(
        name=str(says.site),
        title=says.site,
        zone=says.zone,
        usual=compile_open_days("any other resource", usual, table, own),
        resources={name: _resource(name, each or ResourceText(), says, table) for name, each in says.resources.items()},
        contacts=tuple(_contact(who, how) for who, how in says.who_to_call.items()),
        titles={
            name: each.title for name, each in says.resources.items() if each is not None and each.title is not None
        },
        certified=frozenset(says.certified),
        country=says.country,
        approved=dict(says.approved),
        capacities={name: _capacity(each or ResourceText(), says) for name, each in says.resources.items()},
        capacity=Capacity(hours=says.hours),
        lasts=dict(says.lasts),
    )


def _contact(who: str, how: str | ContactText) -> tuple[str, str]:
    return (how.title or who, how.call) if isinstance(how, ContactText) else (who, how)


def _resource(name: str, says: ResourceText, site: SiteText, table: HolidayTable | None) -> OpenDays:
    return compile_open_days(name, _habits(says, site), table, _own_days(site), _own_days(says))


def _capacity(says: ResourceText, site: SiteText) -> Capacity:
    return Capacity(says.chairs, says.patients_a_day, says.hours or site.hours)


def _written_at(node: Node, says: SiteText) -> dict[str | None, Place]:
    if not says.resources:
        return {}
    return {None: node.key_place("resources")} | {name: node.key_place("resources", name) for name in says.resources}


def _habits(says: HabitsText, site: SiteText) -> Habits:
    """How a resource works; where it says nothing, as the site does, and where that says nothing either, as most do."""
    weekdays = site.weekdays if says.weekdays is None else says.weekdays
    return Habits(
        weekdays=MONDAY_TO_FRIDAY if weekdays is None else weekdays,
        rests_on_holidays=not isinstance(says, ResourceText) or says.public_holidays == "closed",
        works_makeup_days=(says.makeup_days or site.makeup_days or "worked") == "worked",
    )


def _own_days(says: HabitsText) -> OwnDays:
    return OwnDays(_exceptional(says.closed), _exceptional(says.open))


def _exceptional(texts: tuple[ExceptionalText, ...]) -> tuple[Exceptional, ...]:
    return tuple(Exceptional(each.days, each.because) for each in texts)


def _table(region: str | None, kept: HolidayTable | None) -> HolidayTable | None:
    if region is None:
        return None
    return kept or holiday_table(*_country_and_part(region))


def _country_and_part(region: str) -> tuple[str, str | None]:
    country, dash, part = region.partition("-")
    return country, part if dash else None


def _wrong_region(node: Node, kept: HolidayTable | None) -> Iterator[Finding]:
    """The finding for a country that nobody knows, looked up even where the rest of the text is wrong too."""
    region = node.value.get("public holidays") if isinstance(node.value, dict) else None
    if not isinstance(region, str) or (kept is not None and kept.region == region):
        return
    place = node.place("public holidays")
    if kept is not None:
        message = said(
            "the table kept with the study has the public holidays of {region}", region=Code(f"{kept.region}")
        )
        hint = said("write {region}, or renew the table", region=Code(f"{kept.region}"))
        yield Finding.of("other-holidays", Severity.ERROR, message, hint, place)
    elif fault := unknown_region(*_country_and_part(region)):
        yield Finding.of("unknown-country", Severity.ERROR, *fault, place)


def _wrong_country(node: Node) -> Iterator[Finding]:
    """The finding for three letters that are no country's; other shapes have a finding elsewhere."""
    country = node.value.get("country") if isinstance(node.value, dict) else None
    if isinstance(country, str) and re.fullmatch("[A-Z]{3}", country) and (fault := no_country(country)):
        yield Finding.of("unknown-country", Severity.ERROR, *fault, node.place("country"))


def _contradictions(node: Node) -> Iterator[Finding]:
    """A finding for every opening that falls on a closed day of the same list's owner, be the rest of the text right or wrong."""
    owners: list[tuple[Step, ...]] = [()]
    resources = node.children.get("resources")
    if resources is not None:
        owners += [("resources", name) for name in islice(resources.keys, MOST_RESOURCES)]
    for owner in owners:
        closed = {day: path for path, days in _listed(node, (*owner, "closed")) for day in days}
        for path, days in _listed(node, (*owner, "open")):
            both = [day for day in days if day in closed]
            if both:
                yield _contradiction(node, both[0], closed[both[0]], path)


def _listed(node: Node, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], range]]:
    """Every item of a list of days that can be read, with its path; what cannot be read has a finding elsewhere."""
    try:
        items = node.at(*path).children
    except KeyError:
        return
    for step, item in islice(items.items(), MOST_LISTED):
        days = item.children["days"].value if "days" in item.children else item.value
        try:
            listed = Exceptional(read_days(days))
        except ValueError:
            continue
        yield (*path, step), listed.ordinals()


def _contradiction(node: Node, day: Day, closed: tuple[Step, ...], opened: tuple[Step, ...]) -> Finding:
    message = said("{day} is both open and closed", day=Code(f"{date.fromordinal(day)}"))
    hint = said("it is closed in line {line}: keep one of the two", line=node.place(*closed).line)
    return Finding.of("closed-and-open", Severity.ERROR, message, hint, node.place(*opened))
