"""What one link adds to its events: a reminder, where to come, what to bring; for staff what sorts them, and the way back.

It stands in the link from the day on that it was made, and comes after revisions are found: so a feed in use does not change, and
two links to one patient do not take each other's additions for changes of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from urllib.parse import quote

from scheduler.calendar.entries.entry import Kind
from scheduler.exports.told import in_words
from scheduler.languages import Language
from scheduler.said import text_of
from scheduler.views.agenda.item import AgendaItem, Standing
from scheduler.views.reader.to_staff import CATEGORY
from scheduler.views.reader.wording import Phrase, say


class Reminder(StrEnum):
    """When a calendar program reminds of a visit."""

    TWO_HOURS = "two hours"
    """Two hours before a booked time; never of a day without one."""
    EVENING = "evening"
    """At 18:00 on the day before."""
    DAY = "day"
    """At the same time on the day before; at noon of it where there is no time."""


@dataclass(frozen=True, slots=True)
class OfALink:
    """What a link adds. ``pages`` is where the pages are, without a path; empty where nobody said it, None for a patient's."""

    remind: Reminder | None = None
    place: str = ""
    bring: str = ""
    pages: str | None = None


NOTHING_MORE = OfALink()

COLOURS = {
    Kind.ORAL: "seagreen",
    Kind.INFUSION: "royalblue",
    Kind.INJECTION: "slateblue",
    Kind.FRACTION: "darkorange",
    Kind.SCAN: "mediumvioletred",
    Kind.VISIT: "steelblue",
    Kind.CONTACT: "slategray",
    Kind.LABORATORY: "goldenrod",
}
"""By the first kind of work. Names of CSS3, as RFC 7986 5.9 wants; who sees no colours has the categories."""

_NOON_BEFORE = timedelta(hours=12)
_EVENING_BEFORE = timedelta(hours=6)


def with_what_a_link_adds(
    items: Iterable[AgendaItem], more: OfALink, language: Language, subject: str | None = None
) -> tuple[AgendaItem, ...]:
    """The events of one patient with it. ``subject`` is the number that leads back to the patient's page.

    Only visits and contacts get anything: of tablets and holds nobody is reminded. The items are in their reader's language.
    """
    if more == NOTHING_MORE:
        return tuple(items)
    return tuple(_with(item, more, language, subject) if item.kinds else item for item in items)


def _with(item: AgendaItem, more: OfALink, language: Language, subject: str | None) -> AgendaItem:
    if more.pages is not None:
        item = replace(
            item,
            categories=tuple(
                in_words(text_of(CATEGORY[kind]), language) for kind in dict.fromkeys(item.kinds) if kind in CATEGORY
            ),
            colour=COLOURS.get(item.kinds[0], ""),
            url=f"{more.pages}/subjects/{quote(subject, safe='')}" if more.pages and subject else "",
        )
    if item.standing is Standing.CANCELLED:
        return item
    item = replace(item, alarm=_before(item, more.remind))
    if item.kinds == (Kind.CONTACT,):
        # Nobody comes: there is no place to come to, and nothing to bring.
        return item
    bring = in_words(say(Phrase.BRING, what=more.bring), language)
    return replace(item, place=more.place, description=(*item.description, bring) if more.bring else item.description)


def _before(item: AgendaItem, remind: Reminder | None) -> timedelta | None:
    """How long before the start; None where there is no reminder."""
    if remind is None or (remind is Reminder.TWO_HOURS and item.time is None):
        return None
    if remind is Reminder.TWO_HOURS:
        return timedelta(hours=2)
    if remind is Reminder.EVENING:
        into_the_day = timedelta(hours=item.time.hour, minutes=item.time.minute) if item.time else timedelta(0)
        return into_the_day + _EVENING_BEFORE
    return timedelta(days=1) if item.time is not None else _NOON_BEFORE
