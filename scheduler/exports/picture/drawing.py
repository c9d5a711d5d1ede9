"""One patient's calendar as a picture: a lane for each treatment and assessment, months and study weeks across.

The picture for the screen is as wide as it must be and scrolls by itself; the one for paper is cut into strips of half a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.calendar.entries.entry import Calendar, HeldPeriod
from scheduler.exports.picture.colours import PAPER, PICTURE_STYLE
from scheduler.exports.picture.ground import Closed, always_open, closed_days, hatching, months, study_weeks, today_line
from scheduler.exports.picture.lane_names import WIDTH as NAMES_WIDTH
from scheduler.exports.picture.lane_names import lane_names
from scheduler.exports.picture.lanes import SINGLE_VISITS, Group, Lane, lanes_of
from scheduler.exports.picture.legend import legend
from scheduler.exports.picture.markup import Markup, element, together
from scheduler.exports.picture.rows import Row, height_of_all, rows_of, rules_between_groups
from scheduler.exports.picture.scale import Scale
from scheduler.exports.picture.tracks import lane_drawing, shown_on
from scheduler.languages import Language
from scheduler.said import COMMAS, Code, Day, Said, listed, own_words, said
from scheduler.views.days.spelled_out import in_runs
from scheduler.words.saying import say

TODAY = "today"
"""The name of the place to jump to on the picture for the screen, and at which it opens."""

_A_LONG_TIME = 800
_STRIP = 182
_FONT = 'svg{font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans","Noto Sans",sans-serif}'


@dataclass(frozen=True, slots=True)
class Strip:
    """A picture for paper: what is drawn, and its width and height in pixels."""

    drawn: Markup
    width: float
    height: float

    @property
    def view(self) -> str:
        """The part of the plane that is shown."""
        return f"0 0 {self.width:g} {self.height:g}"


def picture(
    calendar: Calendar,
    closed: Closed = always_open,
    today: date | None = None,
    language: Language = Language.ENGLISH,
    signs: bool = True,
) -> Markup | None:
    """The picture for a screen, with its ``signs`` below it; None when nothing has a date. ``today`` is marked by a line."""
    lanes = lanes_of(in_runs(calendar))
    days = _days_shown(calendar, lanes, today)
    if days is None:
        return None
    scale = Scale(*days, per_day=4.0 if (days[1] - days[0]).days > _A_LONG_TIME else 5.0, language=language)
    rows = rows_of(lanes, scale)
    return element(
        "figure",
        element(
            "div",
            element("div", lane_names(rows, language), class_="names"),
            element(
                "div", _place_of(scale, today), _days(calendar, rows, scale, closed, today, "picture"), class_="days"
            ),
            class_="scroll",
            tabindex="0",
            role="region",
            aria_label=say(said("Picture of the calendar; it scrolls sideways"), language),
        ),
        legend(lanes, bool(calendar.holds), today is not None and scale.shows(today, today), language)
        if signs
        else None,
        class_="picture",
    )


def signs_of(calendar: Calendar, today: date | None = None, language: Language = Language.ENGLISH) -> Markup | None:
    """What the signs of the picture mean, by itself; None when there is no picture."""
    lanes = lanes_of(in_runs(calendar))
    days = _days_shown(calendar, lanes, today)
    if days is None:
        return None
    return legend(lanes, bool(calendar.holds), today is not None and days[0] <= today <= days[1], language)


def _place_of(scale: Scale, today: date | None) -> Markup | None:
    """The place to jump to, where the picture opens: no script is needed for it, and no style of its own."""
    if today is None or not scale.shows(today, today):
        return None
    ahead = element("svg", width=scale.middle(today), height=1, aria_hidden="true")
    return element("div", ahead, element("span", id=TODAY), class_="now")


def calendar_as_svg(
    calendar: Calendar, closed: Closed = always_open, today: date | None = None, language: Language = Language.ENGLISH
) -> str:
    """The first strip as a file of its own, with its style in it, for a document or a README.

    Empty, but still a picture, when nothing on the calendar has a date.
    """
    strip = next(iter(strips(calendar, closed, today, language)), Strip(Markup(), 400, 40))
    drawn = element(
        "svg",
        element("style", Markup(_FONT + PICTURE_STYLE)),
        element("rect", width="100%", height="100%", fill=PAPER),
        strip.drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=strip.view,
        width=f"{strip.width:g}",
        class_="picture",
    )
    return f"{drawn}\n"


def strips(
    calendar: Calendar, closed: Closed = always_open, today: date | None = None, language: Language = Language.ENGLISH
) -> tuple[Strip, ...]:
    """The picture for paper: half a year to a strip, each with the lanes that have something in it."""
    lanes = lanes_of(in_runs(calendar))
    days = _days_shown(calendar, lanes, today)
    return () if days is None else tuple(_strips(calendar, lanes, days, closed, today, language))


def _strips(
    calendar: Calendar,
    lanes: tuple[Lane, ...],
    days: tuple[date, date],
    closed: Closed,
    today: date | None,
    language: Language,
) -> Iterator[Strip]:
    first = days[0]
    while first <= days[1]:
        last = first + timedelta(days=_STRIP - 1)
        scale = Scale(first, last, per_day=4.7, language=language)
        rows = rows_of(tuple(lane for lane in lanes if shown_on(lane, scale)), scale)
        if rows:
            drawn = _days(calendar, rows, scale, closed, today, f"strip-{first.isoformat()}")
            yield Strip(
                together(lane_names(rows, language), element("g", drawn, transform=f"translate({NAMES_WIDTH} 0)")),
                NAMES_WIDTH + scale.width,
                height_of_all(rows),
            )
        first = last + timedelta(days=1)


def _days_shown(calendar: Calendar, lanes: tuple[Lane, ...], today: date | None) -> tuple[date, date] | None:
    """From just before the first thing on the calendar to just after the last.

    A window or period that runs beyond the calendar's own end does not draw it out; today, when it is near, does.
    """
    lines = [line for lane in lanes for line in lane.lines]
    dates = [day for line in lines for day in (line.date, line.until) if day]
    windows = [day for line in lines for day in line.window or ()]
    if not dates and not windows:
        return None
    first, last = min(dates + windows), max(dates + windows)
    if calendar.until is not None and calendar.until > first:
        last = max(min(last, calendar.until), max(dates, default=first))
    if today is not None and 0 < (today - last).days <= 2 * _STRIP:
        last = today
    return first - timedelta(days=6), last + timedelta(days=16)


def _days(
    calendar: Calendar, rows: tuple[Row, ...], scale: Scale, closed: Closed, today: date | None, name: str
) -> Markup:
    """The days across, with all that stands on them."""
    height = height_of_all(rows)
    hatch = f"{name}-hatched"
    lanes = listed(
        *(SINGLE_VISITS if row.lane.group is Group.ONCE else own_words(row.lane.title) for row in rows), how=COMMAS
    )
    text = said("Lanes: {lanes}. Every date is in the table of dates, with its reasons.", lanes=lanes)
    return element(
        "svg",
        element("title", say(_words(calendar, scale), scale.language), id=f"{name}-title"),
        element("desc", say(text, scale.language), id=f"{name}-desc"),
        hatching(hatch),
        together(*closed_days(scale, closed, height)),
        together(*months(scale, height)),
        together(*study_weeks(scale, calendar.first_dose)),
        rules_between_groups(rows, scale.width),
        together(
            *(lane_drawing(row.lane, scale, row.top, row.height, _holds(calendar, row.lane), hatch) for row in rows)
        ),
        today_line(scale, today, height),
        width=scale.width,
        height=height,
        viewBox=f"0 0 {scale.width:g} {height:g}",
        # Its marks are links: what is inside an image cannot be reached (WAI-ARIA 1.2, img).
        role="group" if name == "picture" else "img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def _words(calendar: Calendar, scale: Scale) -> Said:
    days = {"first": Day(scale.first), "last": Day(scale.last)}
    if calendar.subject:
        return said("Calendar of {subject} from {first} to {last}", subject=Code(calendar.subject), **days)
    return said("Plan from {first} to {last}", **days)


def _holds(calendar: Calendar, lane: Lane) -> tuple[HeldPeriod, ...]:
    if lane.group is not Group.TREATMENT:
        return ()
    return tuple(hold for hold in calendar.holds if hold.treatment == lane.name)
