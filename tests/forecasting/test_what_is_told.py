"""What a supply manager reads: each figure with its reason, on the command line and as values."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from scheduler.exports.picture.demand import demand_as_svg
from scheduler.forecasting.expecting.rates import Lot, Rates, Supply
from scheduler.forecasting.forecast import DEMAND_COLUMNS, Forecast
from scheduler.forecasting.look_ahead import look_ahead
from scheduler.forecasting.weeks import Weeks
from scheduler.languages import Language
from scheduler.said import Listed
from scheduler.words.saying import say
from tests.cli.typed import SEED, typed
from tests.forecasting.told import MONDAY, SITE, begun, simple

BEGAN = (
    "{on: 2026-03-02, event: randomised, arm: one}",
    "{on: 2026-03-02, event: dispensed, treatment: drug, cycle: 1, quantity: 56}",
    "{on: 2026-03-02, event: cycle started, treatment: drug, cycle: 1}",
)
SUPPLY = Supply(SITE.name, "drug", None, (Lot(5),), 14, 56, 0, Fraction(1, 20), None, "S")


def forecast(*supplies: Supply, weeks: int = 24) -> Forecast:
    """One patient with two bottles on 30 March, 27 April, 25 May, 22 June and 20 July; nothing is left to chance."""
    rates = Rates(supplies=supplies, sources={"S": "the depot"})
    return look_ahead([simple()], {SITE.name: SITE}, [begun(*BEGAN)], rates, Weeks(MONDAY, weeks))


def test_what_was_due_before_and_what_waits_is_told_not_to_be_in_the_numbers() -> None:
    # Cycle 2 was due on Monday 30 March. On the next day nobody has recorded it, and cycle 3 is due on 27 April: 2 bottles.
    found = look_ahead([simple()], {SITE.name: SITE}, [begun(*BEGAN)], Rates(), Weeks(date(2026, 3, 31), 5))
    assert [each.units.mean for each in found.demand] == [42]
    assert str(found.notes[0].about) == (
        "At any site, 1 dose of patients in the study was due before 31 March 2026, and nothing is recorded of it: it is not "
        "reckoned with, though it may still be needed."
    )
    # Held on 10 March until nobody knows when: cycle 2 waits, and all others for it.
    held = begun(*BEGAN, "{on: 2026-03-10, event: held, treatment: drug, reason: AE, by: Dr Example}")
    found = look_ahead([simple()], {SITE.name: SITE}, [held], Rates(), Weeks(date(2026, 3, 31), 24))
    assert found.demand == ()
    assert str(found.notes[0].about) == (
        "At any site, 1 dose of patients in the study has no date (a hold, a missing fact): neither it nor what hangs on it is "
        "reckoned with."
    )


def test_an_order_says_why_this_much_and_why_by_then() -> None:
    # 5 bottles are 2 for March, 2 for April and 1 of the 2 for 25 May; two weeks before is 11 May. Up to 19 July, 56 days
    # later, 1 and 2 are missing. The next order, for 20 July, would last to September, and the forecast ends on 16 August.
    found = forecast(SUPPLY)
    (order,) = found.orders
    assert str(order.why) == (
        "Order 3 bottles by 11 May 2026, because the lead time is 14 days and the first week at risk is that of 25 May 2026, "
        "with a chance of 100 % of running short where 5 % is borne; from 25 May 2026 to 19 July 2026, 84 tablets are needed on "
        "the mean: 84 for patients in the study and 0 from expected enrolment."
    )
    assert (order.order_by, order.arrives, order.quantity, order.counted_in) == (
        date(2026, 5, 11),
        date(2026, 5, 25),
        3,
        "bottle",
    )
    (stock,) = found.stocks
    assert str(stock.why) == (
        "5 bottles in stock may still be handed out, and do not last to 16 August 2026. The next order after these is due on "
        "6 July 2026: look further ahead to see how much."
    )
    assert [week.median for week in stock.weeks[3:13]] == [5, 3, 3, 3, 3, 1, 1, 1, 1, 2]


def test_no_number_ends_with_a_zero_behind_its_point() -> None:
    # 7 of 10 thirds and the like: 1141.0 would be read as another precision.
    told = json.dumps(forecast(SUPPLY).as_keys())
    assert re.findall(r"\d\.\d*0\b", told) == []


def test_an_order_for_today_says_by_how_much_it_is_too_late() -> None:
    late = replace(SUPPLY, lots=(), lead=35, cover=28)
    order = forecast(late).orders[0]
    assert (order.late, order.order_by, order.quantity) == (7, MONDAY, 2)
    assert str(order.why).startswith(
        "Order 2 bottles today, because the lead time is 35 days and the first week at risk is that of 30 March 2026, with a "
        "chance of 100 % of running short where 5 % is borne: it comes 7 days too late; from 6 April 2026 to 3 May 2026,"
    )


def test_what_lasts_needs_no_order() -> None:
    found = forecast(replace(SUPPLY, lots=(Lot(10),)))
    assert found.orders == ()
    assert [str(each.why) for each in found.stocks] == [
        "Nothing has to be ordered: 10 bottles in stock may still be handed out, and they last to 16 August 2026."
    ]


def test_a_week_says_what_its_number_is_made_of() -> None:
    found = forecast()
    assert [(each.first, str(each.why)) for each in found.demand][:1] == [
        (date(2026, 3, 30), "42 tablets: 42 for patients in the study, 0 from expected enrolment")
    ]
    assert (
        str(found.notes[0].about)
        == "The rates say nothing of the supply of drug to any site: what to order is not told."
    )


def test_the_command_writes_orders_needs_and_how_many_calendars_there_were() -> None:
    answer = typed(
        "forecast", SEED, "--rates", SEED / "rates.yaml", "--on", "2026-05-21", "--runs", "2", "--weeks", "6"
    )
    assert answer.code == 0
    assert re.search(r"2 runs, seed 20260521: \d+ different calendars\n$", answer.err)
    assert "what to order, as of 2026-05-21" in answer.out
    assert "assumption" in answer.out.lower()


def test_the_lists_are_in_the_language_that_was_asked_for_and_data_stay_in_english() -> None:
    words = ("forecast", SEED, "--rates", SEED / "rates.yaml", "--on", "2026-05-21", "--runs", "2", "--weeks", "6")
    told = typed(*words, "--language", "zh")
    assert "需要订购什么，截至 2026-05-21" in told.out
    assert "上海" in told.out
    assert re.search(r"模拟 2 次，种子 20260521：\d+ 份不同的日程\n$", told.err)
    assert typed(*words, "--language", "zh", "--format", "csv").out == typed(*words, "--format", "csv").out


def test_other_programs_get_csv_and_json() -> None:
    words = (
        "forecast",
        SEED,
        "--rates",
        SEED / "rates.yaml",
        "--on",
        "2026-05-21",
        "--runs",
        "1",
        "--weeks",
        "3",
        "--format",
    )
    rows = list(csv.reader(io.StringIO(typed(*words, "csv").out)))
    assert tuple(rows[0]) == DEMAND_COLUMNS
    told = json.loads(typed(*words, "json").out)
    assert told["first"] == "2026-05-21"
    assert [(each["first"], each["treatment"]) for each in told["demand"]] == [(row[1], row[3]) for row in rows[1:]]


def test_without_the_extra_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.folder.trying.forecasting.find_spec", lambda name: None)
    answer = typed("forecast", SEED, "--rates", SEED / "rates.yaml", "--on", "2026-05-21")
    assert (answer.code, answer.out) == (1, "")
    assert "install scheduler[forecast]" in answer.err


def test_a_wrong_file_is_told_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "rates.yaml"
    file.write_text("seed: 1\nenrolment: [{site: Nowhere, patients: 1, per: week, source: S}]\n", "utf-8")
    answer = typed("forecast", SEED, "--rates", file, "--on", "2026-05-21")
    assert answer.code == 1
    assert "rates.yaml:2:" in answer.err
    assert "[unknown-site]" in answer.err


def test_the_picture_has_a_bar_for_each_week_and_says_what_it_is() -> None:
    drawn = demand_as_svg(forecast(SUPPLY))
    titles = re.findall(r"<title>([^<]*)</title>", drawn)
    assert titles[0] == "What each week needs, and what is left in stock"
    weeks = [title for title in titles if title.startswith("Week of")]
    assert weeks[0] == "Week of 30 Mar 2026: 42 tablets: 42 for patients in the study, 0 from expected enrolment"
    assert len(weeks) == 5
    assert ">+3</text>" in drawn
    drawn = demand_as_svg(forecast(SUPPLY), Language.CHINESE)
    assert "安全库存" in drawn
    assert "（瓶）" in drawn


def test_a_reason_is_said_in_chinese_whole() -> None:
    (order,) = forecast(SUPPLY).orders
    assert isinstance(order.why, Listed)
    assert say(order.why, Language.CHINESE) == (
        "请最迟于 2026年5月11日 订购 3 瓶，因为供货周期为 14 天，首个有风险的一周始于 2026年5月25日，"
        "缺货可能性为 100 %，而可接受的上限为 5 %；"
        "从 2026年5月25日 到 2026年7月19日 平均需要 84 片：其中在组受试者 84，预计入组受试者 0。"
    )


def test_who_may_see_one_site_reads_nothing_of_another() -> None:
    found = forecast(SUPPLY)
    assert found.of_sites(lambda name: name == SITE.name) == found
    other = found.of_sites(lambda name: False)
    assert (other.orders, other.stocks, other.totals, other.demand, other.patients) == ((), (), (), (), ())
    assert SITE.name not in json.dumps(other.as_keys())
