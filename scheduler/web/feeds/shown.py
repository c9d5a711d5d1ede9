"""What a link shows, and to whom."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.languages import Language
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
