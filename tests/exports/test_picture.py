"""The picture: lanes, marks and where they stand, read back from the SVG."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from scheduler.calendar.entries.entry import Calendar, Flag, HeldPeriod, Kind, Status
from scheduler.exports.picture.colours import (
    ALARM,
    HOLD,
    HOLD_PAPER,
    HOLIDAY,
    HUES,
    INK,
    PAPER,
    QUIET,
    TODAY,
    WEEKEND,
    shade,
)
from scheduler.exports.picture.drawing import picture, strips
from scheduler.exports.picture.scale import Scale
from tests.exports.reading import Node, read_page
from tests.exports.sample import FULL, LESS, a_patient, attendance, closed, cycle, run

FIRST_SHOWN = date(2026, 2, 14)
"""The baseline scan on 20 February, and the six days that stand before the first date."""


def drawn(calendar: Calendar, today: date | None = None) -> Node:
    found = picture(calendar, closed, today)
    assert found is not None
    return read_page(found)


def days(page: Node) -> Node:
    return page.one("svg", role="group")


def mark(page: Node, entry_id: str) -> Node:
    return page.one("a", href=f"#{entry_id}")


def middle(day: date, per_day: float = 5) -> float:
    return (day - FIRST_SHOWN).days * per_day + per_day / 2


@pytest.fixture(scope="module")
def page() -> Node:
    return drawn(a_patient(), date(2026, 4, 1))


def test_a_lane_for_each_treatment_and_assessment_in_the_order_of_timelines(page: Node):
    names = [name.one("title").text for name in page.one("div", class_="names").every("text", class_="name")]
    assert names == [
        "Regorafenib cycle (regorafenib)",
        "Toripalimab dose (toripalimab)",
        "Radiotherapy fraction (radiotherapy)",
        "Baseline scan (imaging)",
        "single visits",
        "Adverse event collection (adverse-events)",
    ]
    assert len(page.every("g", class_="lane")) == len(names)


def test_the_picture_says_in_words_what_it_shows(page: Node):
    svg = days(page)
    title, described = svg.attributes["aria-labelledby"].split()
    assert svg.one("title", id=title).text == (
        "Calendar of EXP-001 from Saturday 14 February 2026 to Sunday 16 August 2026"
    )
    assert svg.one("desc", id=described).text == (
        "Lanes: Regorafenib cycle, Toripalimab dose, Radiotherapy fraction, Baseline scan, single visits, "
        "Adverse event collection. "
        "Every date is in the table of dates, with its reasons."
    )


def test_months_and_study_weeks_stand_across(page: Node):
    assert [month.text for month in days(page).every("text", class_="month")] == [
        "Feb",
        "March 2026",
        "April 2026",
        "May 2026",
        "June 2026",
        "July 2026",
        "Aug",
    ]
    weeks = [week.text for week in days(page).every("text", class_="week")]
    assert weeks[:4] == ["−2", "−1", "1", "2"]


def test_a_mark_stands_on_its_day_and_says_itself(page: Node):
    found = mark(page, "toripalimab.2")
    assert float(found.every("circle", class_="ring")[0].attributes["cx"]) == middle(date(2026, 3, 30))
    assert found.one("title").text == (
        "Toripalimab dose 2 (toripalimab.2), Monday 30 March 2026, Day 29, at 09:30, "
        "window 28 – 31 Mar 2026, 240 mg, planned, booked"
    )


def test_the_window_is_a_whisker_with_the_ideal_date_on_it(page: Node):
    found = mark(page, "toripalimab.2")
    left, right = middle(date(2026, 3, 28)) - 2.5, middle(date(2026, 3, 31)) + 2.5
    path = found.one("path", class_="whisker").attributes["d"]
    assert path.startswith(f"M{left:.1f} ")
    assert f"H{right:.1f}M" in path
    assert float(found.one("circle", class_="ideal").attributes["cx"]) == middle(date(2026, 3, 28))


def test_a_run_of_tablets_is_as_long_as_its_days_and_prints_its_dose(page: Node):
    found = mark(page, "regorafenib.2.1-21")
    bar = found.one("rect", class_="bar")
    assert float(bar.attributes["x"]) == middle(date(2026, 3, 30)) - 2.5
    assert float(bar.attributes["width"]) == 21 * 5 - 0.6
    assert found.one("text", class_="bar-text").text == "40 mg (level −1)"
    assert found.one("text", class_="cycle").text == "cycle 2"


def test_dose_levels_are_told_by_shade_and_in_words(page: Node):
    assert "l0" in mark(page, "regorafenib.1.1-14").one("rect", class_="bar").classes
    assert "l1" in mark(page, "regorafenib.2.1-21").one("rect", class_="bar").classes
    assert [text.text for text in page.one("div", class_="names").every("text", class_="aside")][:2] == ["80", "40 mg"]


def test_each_status_has_a_shape_of_its_own(page: Node):
    assert len(mark(page, "imaging.0").every("path", class_="filled")) == 1
    assert len(mark(page, "imaging.1").every("path", class_="open")) == 1
    assert len(mark(page, "radiotherapy.2").every("path", class_="cross")) == 1
    assert len(mark(page, "c1d8.1").every("path", class_="slash")) == 1
    assert len(mark(page, "toripalimab.2").every("circle", class_="booked")) == 1
    assert len(mark(page, "regorafenib.1.1-14").every("rect", class_="recorded")) == 1
    assert mark(page, "regorafenib.1.15-21").one("text", class_="bar-text").text == "held"


def test_a_flag_that_needs_a_look_has_a_sign(page: Node):
    assert mark(page, "imaging.1").one("text", class_="sign-text").text == "!"
    calendar = a_patient()
    awaited = calendar.by_id["toripalimab.2"]._replace(flags=(Flag.AWAITING_DECISION,))
    assert (
        mark(drawn(replace(calendar, entries=(awaited,))), "toripalimab.2").one("text", class_="sign-text").text == "?"
    )


def test_a_hold_is_hatched_from_its_first_day_to_the_day_before_the_resume(page: Node):
    band = days(page).one("rect", class_="hold")
    assert float(band.attributes["x"]) == middle(date(2026, 3, 16)) - 2.5
    assert float(band.attributes["width"]) == 14 * 5
    assert band.attributes["fill"] == "url(#picture-hatched)"
    assert days(page).one("pattern").attributes["id"] == "picture-hatched"


def test_a_hold_whose_end_nobody_knows_goes_on_to_the_edge():
    calendar = replace(a_patient(), holds=(HeldPeriod("toripalimab", date(2026, 4, 10), None, "AE 2", (7,)),))
    page = drawn(calendar)
    band = days(page).one("rect", class_="hold")
    assert float(band.attributes["x"]) + float(band.attributes["width"]) == float(days(page).attributes["width"])
    assert "on hold, end not known" in [text.text for text in days(page).every("text", class_="hold-text")]


def test_a_hold_that_ended_before_it_began_is_not_drawn():
    calendar = replace(a_patient(), holds=(HeldPeriod("regorafenib", date(2026, 3, 16), date(2026, 3, 16), None, ()),))
    assert days(drawn(calendar)).every("rect", class_="hold") == []


def test_closed_days_are_shaded_weekends_apart_from_holidays(page: Node):
    holiday = days(page).one("rect", class_="holiday")
    assert (float(holiday.attributes["x"]), float(holiday.attributes["width"])) == (middle(date(2026, 5, 1)) - 2.5, 15)
    assert holiday.one("title").text == "closed: Labour Day"
    assert all(float(band.attributes["width"]) == 10 for band in days(page).every("rect", class_="weekend")[:-1])


def test_today_is_a_line_through_its_day(page: Node):
    line = days(page).one("path", class_="today")
    assert line.attributes["d"].startswith(f"M{middle(date(2026, 4, 1)):.1f} ")
    assert days(drawn(a_patient())).every("path", class_="today") == []


def test_today_long_after_the_calendar_is_not_drawn():
    assert days(drawn(a_patient(), date(2031, 1, 1))).every("path", class_="today") == []


def test_a_cancelled_cycle_without_doses_is_one_struck_mark():
    calendar = replace(a_patient(), entries=(cycle(3, date(2026, 4, 27), status=Status.CANCELLED),), holds=())
    found = mark(drawn(calendar), "regorafenib.3.1")
    assert (len(found.every("circle", class_="cancelled")), len(found.every("path", class_="slash"))) == (1, 1)


def test_visits_that_happen_once_share_a_lane_and_their_names_do_not_touch():
    start = date(2026, 3, 2)
    visits = tuple(
        attendance(name, 1, Kind.VISIT, name, start + timedelta(days=day))
        for name, day in (("c1d1", 0), ("c1d15", 14), ("planning-ct", 14), ("c2d1", 28))
    )
    page = drawn(replace(a_patient(), entries=visits, holds=(), until=None))
    heights = {name.text: float(name.attributes["y"]) for name in days(page).every("text", class_="beside")}
    assert len(page.every("g", class_="lane")) == 1
    assert (heights["c1d1"], heights["c1d15"], heights["c2d1"]) == (heights["planning-ct"] - 25,) * 3


def test_two_years_are_as_wide_as_their_days():
    starts = [date(2026, 3, 2) + timedelta(days=28 * number) for number in range(26)]
    cycles = tuple(
        cycle(number, start, run(1, 21, start, FULL, Status.PLANNED)) for number, start in enumerate(starts, start=1)
    )
    page = drawn(replace(a_patient(), entries=cycles, holds=(), until=None))
    assert float(days(page).attributes["width"]) == 5 * ((cycles[-1].runs[0].last_date - starts[0]).days + 1 + 9 + 16)


def test_paper_has_strips_of_half_a_year_that_hold_every_mark():
    starts = [date(2026, 3, 2) + timedelta(days=28 * number) for number in range(26)]
    cycles = tuple(
        cycle(number, start, run(1, 21, start, FULL, Status.PLANNED)) for number, start in enumerate(starts, start=1)
    )
    pages = [
        read_page(strip.drawn) for strip in strips(replace(a_patient(), entries=cycles, holds=(), until=None), closed)
    ]
    assert len(pages) == 5
    links = {link.attributes["href"] for page in pages for link in page.every("a")}
    assert links == {f"#regorafenib.{number}.1-21" for number in range(1, 27)}


def test_a_cycle_that_is_booked_has_the_sign_of_a_booking_at_its_first_day() -> None:
    start = date(2026, 5, 25)
    planned = cycle(3, start, run(1, 21, start, FULL, Status.PLANNED), status=Status.PLANNED)
    for flags, rings in (((), 0), ((Flag.BOOKED,), 1)):
        booked = planned._replace(flags=flags)
        found = mark(drawn(replace(a_patient(), entries=(booked,), holds=())), "regorafenib.3.1-21")
        assert len(found.every("circle", class_="booked")) == rings, flags


def test_a_strip_leaves_out_lanes_with_nothing_on_them():
    start = date(2026, 3, 2)
    late = attendance("survival", 1, Kind.CONTACT, "Survival", start + timedelta(days=400))
    again = attendance("survival", 2, Kind.CONTACT, "Survival", start + timedelta(days=484))
    calendar = replace(a_patient(), entries=(a_patient().by_id["toripalimab.1"], late, again), holds=(), until=None)
    lanes = [
        [name.one("title").text for name in read_page(strip.drawn).every("text", class_="name")]
        for strip in strips(calendar, closed)
    ]
    assert lanes == [["Toripalimab dose 1 (toripalimab)"], ["Survival (survival)"]]


def test_week_1_begins_with_the_first_dose_and_there_is_no_week_0():
    scale = Scale(date(2026, 2, 16), date(2026, 3, 15), 5)
    assert list(scale.weeks(date(2026, 3, 2))) == [
        (date(2026, 2, 16), -2),
        (date(2026, 2, 23), -1),
        (date(2026, 3, 2), 1),
        (date(2026, 3, 9), 2),
    ]


def test_months_over_the_end_of_a_year():
    scale = Scale(date(2026, 11, 20), date(2027, 1, 5), 5)
    assert list(scale.months()) == [
        (date(2026, 11, 20), date(2026, 11, 30), "November 2026", "Nov"),
        (date(2026, 12, 1), date(2026, 12, 31), "December 2026", "Dec"),
        (date(2027, 1, 1), date(2027, 1, 5), "January 2027", "Jan"),
    ]


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("hue", range(len(HUES)))
@pytest.mark.parametrize("level", [0, -1, -2, -3, -9, None])
def test_doses_are_readable_on_their_shade(hue: int, level: int | None):
    tone = shade(hue, level)
    assert contrast(tone.fill, tone.ink) >= 4.5


@pytest.mark.parametrize("ground", [PAPER, WEEKEND, HOLIDAY, HOLD_PAPER, "#faf9f6"])
@pytest.mark.parametrize("ink", [INK, QUIET, ALARM, HOLD, TODAY, *HUES])
def test_text_is_readable_on_every_ground(ink: str, ground: str):
    assert contrast(ink, ground) >= 4.5


def test_each_level_is_lighter_than_the_one_above():
    for hue in range(len(HUES)):
        tones = [contrast(shade(hue, level).fill, PAPER) for level in (0, -1, -2, -3)]
        assert tones == sorted(tones, reverse=True)
        assert len(set(tones)) == 4


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("status", list(Status))
def test_every_kind_and_status_can_be_drawn(kind: Kind, status: Status):
    start = date(2026, 3, 2)
    window = (start, start + timedelta(days=30))
    entries = (
        attendance("something", 1, kind, "Something", start, window, status, flags=(Flag.OVERRIDE,)),
        attendance("something", 2, kind, "Something", start + timedelta(days=30), window, status),
    )
    page = drawn(replace(a_patient(), entries=entries, holds=(), until=None))
    assert len(page.every("a")) == 2


def test_a_fraction_without_a_prescription_shows_its_number_only():
    fraction = a_patient().by_id["radiotherapy.1"]._replace(doses=())
    page = drawn(replace(a_patient(), entries=(fraction,), holds=()))
    assert [text.text for text in days(page).every("text", class_="beside")] == ["1"]


def test_a_dose_is_printed_where_it_begins_and_where_it_changes():
    start = date(2026, 3, 2)
    amounts = (FULL, FULL, LESS, LESS)
    infusions = tuple(
        attendance("docetaxel", n, Kind.INFUSION, f"Dose {n}", start + timedelta(days=21 * n), doses=(dose,))
        for n, dose in enumerate(amounts, start=1)
    )
    page = drawn(replace(a_patient(), entries=infusions, holds=()))
    assert [text.text for text in days(page).every("text", class_="beside")] == ["80 mg", "40 mg (level −1)"]


def test_a_changed_dose_without_room_beside_it_stands_above():
    start = date(2026, 3, 2)
    infusions = tuple(
        attendance("weekly", n, Kind.INFUSION, f"Dose {n}", start + timedelta(days=7 * n), doses=(dose,))
        for n, dose in enumerate((FULL, LESS, FULL), start=1)
    )
    page = drawn(replace(a_patient(), entries=infusions, holds=()))
    assert [text.text for text in days(page).every("text", class_="beside")] == ["80 mg", "40 mg (level −1)", "80 mg"]


def test_more_levels_than_fit_beside_the_lane_are_left_to_their_bars():
    start = date(2026, 3, 2)
    runs = tuple(
        run(day, day, start, replace(FULL, amount=Decimal(160 - 20 * day), level=1 - day), Status.PLANNED)
        for day in range(1, 7)
    )
    page = drawn(replace(a_patient(), entries=(cycle(1, start, *runs),), holds=()))
    assert [text.text for text in page.one("div", class_="names").every("text", class_="aside")] == [
        "140",
        "120",
        "100",
        "80",
    ]


def test_a_site_that_never_closes_has_no_shade():
    found = picture(a_patient())
    assert found is not None
    assert days(read_page(found)).every("rect", class_="weekend") == []


def test_a_plan_whose_first_dose_nobody_knows_has_no_study_weeks():
    page = drawn(replace(a_patient(), first_dose=None, study_days_from=None, subject=None))
    assert days(page).every("text", class_="week") == []
    assert days(page).every("title")[0].text.startswith("Plan from ")


def test_a_period_whose_end_nobody_knows_goes_on_to_the_edge_with_an_arrow():
    calendar = a_patient()
    period = calendar.by_id["adverse-events.1"]._replace(window=None)
    page = drawn(replace(calendar, entries=(calendar.by_id["imaging.1"], period), holds=()))
    bar = mark(page, "adverse-events.1").one("rect", class_="period")
    assert float(bar.attributes["x"]) + float(bar.attributes["width"]) == float(days(page).attributes["width"]) - 1
    assert mark(page, "adverse-events.1").one("path", class_="period-end").attributes["d"].endswith("l6 6l-6 6")
