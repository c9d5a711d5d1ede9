"""Who reads Chinese is told drugs, units and sites as protocol and site call them there; data and English keep the ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scheduler.exports.picture.demand import demand_as_svg
from scheduler.forecasting.expecting.rates import Chance, Course, Enrolment, Lot, Rates, Supply
from scheduler.forecasting.forecast import Forecast
from scheduler.forecasting.look_ahead import look_ahead
from scheduler.forecasting.names import Names, names_of
from scheduler.forecasting.weeks import Weeks
from scheduler.languages import Language
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Name, in_english, said_of, text_of
from scheduler.words.saying import say
from tests.forecasting.told import MONDAY, SITE, begun, version_of

CHINESE = Language.CHINESE
SHANGHAI = replace(SITE, name="Shanghai", title=text_of(Name((("en", "Shanghai"), ("zh", "上海")))))


def in_two_languages() -> StudyVersion:
    return version_of(
        """
        study: SIMPLE
        version: "1.0"
        title: Two drugs
        study days: first dose is Day 1
        horizon: 2 years after first dose
        dates:
          first dose: {when: 0 days after randomisation}
        arms: {one: The only arm}
        treatments:
          capsules:
            title: {en: Capsules, zh: 胶囊甲}
            when:
              1: on first dose
              then: 28 days after the previous cycle
            give: once daily by mouth on days 1-21
            levels: 75, 25 mg
          drops:
            when:
              1: on first dose
              then: 28 days after the previous cycle
            give: once daily by mouth on days 1-21
            levels: 40, 20 mg
        products:
          capsules:
            title: {en: capsules, zh: 甲药}
            units: 50 mg capsule, 25 mg capsule, fewest
          drops: {unit: 40 mg/mL oral solution}
        """
    )


def told_in_chinese(found: Forecast) -> Iterator[str]:
    lines: tuple[Any, ...] = (*found.orders, *found.stocks, *found.totals, *found.demand)
    for line in lines:
        yield from (say(said_of(text), CHINESE) for text in (line.site, line.treatment, line.product or ""))
        yield say(line.why, CHINESE)
    told: tuple[Any, ...] = (*found.rates, *found.notes)
    yield from (say(each.about, CHINESE) for each in told)


def look(*supplies: Supply) -> Forecast:
    version = in_two_languages()
    sites = {"Shanghai": SHANGHAI}
    rates = Rates(
        supplies=supplies,
        sources={"S": "仓库"},
        enrolment=(Enrolment("Shanghai", Decimal(1), Fraction(28), "S", date(2026, 6, 1), date(2026, 6, 1)),),
        courses={"capsules": Course(ended=Chance(Fraction(0), "S"), delayed=Chance(Fraction(0), "S", 7))},
    )
    held = begun(
        "{on: 2026-03-02, event: randomised, arm: one}",
        "{on: 2026-03-02, event: cycle started, treatment: drops, cycle: 1}",
        "{on: 2026-03-02, event: cycle started, treatment: capsules, cycle: 1}",
        version=version,
        site=sites["Shanghai"],
    )
    return look_ahead([version], sites, [held], rates, Weeks(MONDAY, 12))


def test_names_are_those_of_the_protocol_and_the_site() -> None:
    supply = Supply("Shanghai", "capsules", "50 mg", (Lot(5),), 14, 56, 0, Fraction(1, 20), None, "S")
    found = look(supply)
    assert {(each.treatment, each.product, each.site) for each in found.totals} == {
        ("capsules", "50 mg capsule", "Shanghai"),
        ("capsules", "25 mg capsule", "Shanghai"),
        ("drops", "40 mg/mL oral solution", "Shanghai"),
    }
    said = list(told_in_chinese(found))
    assert {"甲药", "上海"} <= set(said)
    # "drops" has no other name in the protocol: it stays what it is.
    foreign = {word for text in said for word in re.findall(r"[A-Za-z]{3,}", text)}
    assert foreign <= {"drops"}
    picture = demand_as_svg(found, CHINESE)
    titles = re.findall(r'font-weight="600"[^>]*>([^<]+)<', picture)
    assert sorted(titles) == ["上海：drops", "上海：甲药 25 mg", "上海：甲药 50 mg"]
    assert "capsule" not in picture
    assert "Shanghai" not in picture
    assert "capsules 50 mg at Shanghai" in demand_as_svg(found)


def test_what_is_not_named_stays_as_it_is() -> None:
    names = Names()
    assert [
        in_english(each) for each in (names.drug("a"), names.drug("a", "5 mg"), names.unit("b"), names.site("c"))
    ] == [
        "a",
        "a 5 mg",
        "b",
        "c",
    ]


def test_a_unit_in_english_is_the_unit_of_the_lists() -> None:
    names = names_of([in_two_languages()], {})
    assert {name: in_english(told) for name, told in names.units.items()} == {name: name for name in names.units}
    assert say(names.drug("capsules", "50 mg"), CHINESE) == "甲药 50 mg"
