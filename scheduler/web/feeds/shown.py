"""What a link shows, and to whom."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.languages import Language
from scheduler.said import Code, Said, said
from scheduler.site.site import EVERY_DAY, Site
from scheduler.store.values import Link
from scheduler.views.reader.audience import Audience, Detail


@dataclass(frozen=True, slots=True)
class Shown:
    """What decides the bytes of a feed beside the log and the day: links that agree in it give the same.

    ``subject`` is the patient of a patient's feed, ``site`` the site of a feed for staff.
    """

    audience: Audience
    subject: str | None
    site: str | None
    detail: Detail
    language: Language


def shown_by(link: Link) -> Shown:
    """What that link shows."""
    return Shown(Audience(link.audience), link.subject, link.site, Detail(link.detail), Language(link.language))


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
