"""A new private address: 256 random bits, shown once. What is kept of it is a hash, and when it ends."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from scheduler.store.values import Link
from scheduler.views.reader.audience import Audience
from scheduler.web.feeds.shown import Shown
from scheduler.web.guards.sessions import hash_of

_DAYS_A_MONTH = 30.44


def new_link(shown: Shown, now: datetime, months: int) -> tuple[Link, str]:
    """A link from now on (UTC) for so many months, to be put into the store; and its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    of_patient = shown.audience is Audience.PATIENT
    link = Link(
        id=secrets.token_hex(8),
        token=hash_of(token),
        audience=shown.audience.value,
        subject=shown.subject if of_patient else None,
        site=None if of_patient else shown.site,
        detail=shown.detail.value,
        language=shown.language.value,
        created=now,
        expires=now + timedelta(days=round(months * _DAYS_A_MONTH)),
        remind=shown.more.remind,
        place=shown.more.place or None,
        bring=(shown.more.bring or None) if of_patient else None,
        pages=None if of_patient else shown.more.pages,
    )
    return link, token
