"""What a link shows, and to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.exports.ics import one_line
from scheduler.exports.of_a_link import NOTHING_MORE, OfALink, Reminder
from scheduler.languages import Language
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Code, Said, said
from scheduler.site.site import EVERY_DAY, Site
from scheduler.store.values import Link
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.reader.hidden import names_of_study, without_drugs

LONGEST = 200
"""Letters of a place, or of what to bring: a line of a calendar, not a letter."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What decides the bytes of a feed beside the log and the day: links that agree in it give the same.

    ``subject`` is the patient of a patient's feed, ``site`` the site of a feed for staff. ``more`` is what the link adds.
    """

    audience: Audience
    subject: str | None
    site: str | None
    detail: Detail
    language: Language
    more: OfALink = NOTHING_MORE


def shown_by(link: Link) -> Shown:
    """What that link shows."""
    more = OfALink(
        Reminder(link.remind) if link.remind is not None else None, link.place or "", link.bring or "", link.pages
    )
    return Shown(Audience(link.audience), link.subject, link.site, Detail(link.detail), Language(link.language), more)


def what_keeps_from(shown: Shown, site: Site | None, *, uncertified: bool = False) -> Said | None:
    """Why no new link is made in that language: staff read theirs alone, and patients what their site has certified.

    None where nothing does. ``uncertified``: somebody wants the link all the same. Links that are in use go on.
    """
    language = shown.language
    if shown.audience is not Audience.PATIENT:
        return None if language.is_for_staff else said("Calendars of staff are in English or Chinese.")
    if uncertified or (site or EVERY_DAY).certifies(language):
        return None
    return said(
        "Nobody at the site has certified this language ({language}) for patients: write it into the site's file, "
        "under 'certified languages', or say that the link is wanted all the same.",
        language=Code(language.value),
    )


def what_is_told_too_much(shown: Shown, versions: Iterable[StudyVersion]) -> Said | None:
    """Why a place, or what to bring, is not taken: it names what the calendar does not. None where nothing is wrong."""
    if shown.detail is Detail.FULL:
        return None
    names = names_of_study(versions, shown.detail)
    if all(without_drugs(text, names) == text for text in (shown.more.place, shown.more.bring)):
        return None
    return said(
        "Where to come and what to bring may not name the study, its arms or its drugs below full detail: "
        "calendars are seen on locked screens and by others."
    )


def more_of(remind: Reminder | None, place: str | None, bring: str | None, pages: str | None) -> OfALink:
    """What a new link adds; only a calendar of staff leads back to ``pages``."""
    return OfALink(remind, _short(place), _short(bring), pages)


def _short(text: str | None) -> str:
    return one_line(text or "")[:LONGEST]
