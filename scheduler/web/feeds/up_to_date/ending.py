"""When a feed ends, and what it says then.

An empty calendar or an error leaves the old visits standing in real calendar programs, so a link that ended still gives a
calendar for a time, with one line that says so and nothing else; after that, it is gone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from scheduler.patient.events import Withdrew
from scheduler.patient.log import Log
from scheduler.patient.replaying.replay import replay
from scheduler.store.values import Link
from scheduler.views.agenda.item import Agenda
from scheduler.views.agenda.of_reader import tombstone
from scheduler.views.agenda.revision import opaque_id
from scheduler.web.feeds.shown import Shown

TOLD_FOR = timedelta(days=60)
"""Longer than the slowest calendar program waits before it looks again (Nextcloud: a week), with a holiday on top."""


def end_of(link: Link, now: datetime) -> datetime | None:
    """When the link ended, None while it stands: it was revoked, or its time is over. UTC.

    That it was revoked is a fact, whatever a clock says: one that is behind brings no link back.
    """
    over = link.expires if link.expires is not None and link.expires <= now else None
    return min((moment for moment in (link.revoked, over) if moment is not None), default=None)


def is_gone(ended: datetime, now: datetime) -> bool:
    """True when the last words have been said for long enough."""
    return now >= ended + TOLD_FOR


def end_of_patient(log: Log) -> datetime | None:
    """When it was recorded that nobody is to be reminded any more: a death, a grade 5, a withdrawal from all of it. UTC.

    Relatives see one line then, and not a heap of cancelled visits. What staff subscribed to goes on.
    """
    course = replay(log)
    facts = [fact for fact in course.withdrew if isinstance(fact.event, Withdrew) and fact.event.from_ == "all"]
    facts += [fact for fact in (course.died, course.grade_5) if fact is not None]
    recorded = {record.number: record.event.recorded_at for record in log.records}
    return min((recorded[fact.numbers[-1]] for fact in facts), default=None)


def last_words(shown: Shown, key: bytes, zone: str, at: datetime) -> Agenda:
    """The calendar of a feed that ended at that moment. It follows from the link alone: nothing of a patient is in it."""
    uid = opaque_id(key, shown.audience, shown.subject or shown.site or "", "agenda")
    return tombstone(Agenda(uid, shown.audience, shown.detail, shown.language, "", (), zone, at, ()), at)
