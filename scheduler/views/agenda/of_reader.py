"""From a calendar to what one reader sees of it: the patient's own days, or a site's days by subject number.

Nothing reaches an agenda that its audience and level of detail do not allow; exports are given the agenda and never the
calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from scheduler.calendar.entries.entry import Calendar
from scheduler.languages import Language
from scheduler.said import Said, filled, own_words, text_of
from scheduler.views.agenda.item import Agenda, AgendaItem, Standing, in_order
from scheduler.views.agenda.patient_items import patient_items
from scheduler.views.agenda.revision import opaque_id, revisions, utc
from scheduler.views.agenda.site_items import months_around, site_items
from scheduler.views.agenda.tablets import TabletSizes
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.reader.to_staff import AT_SITE, SITE_DISPENSING, SITE_VISITS
from scheduler.views.reader.wording import Phrase, say


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of a site.

    The calendar, when each event was recorded (UTC, by number), and which days lost a part to which event (``days_left``).
    ``marked`` says which event made a dose begin or cease to wait for a decision (`marked_by`); `as_subscribed` reads it.
    """

    calendar: Calendar
    recorded: Mapping[int, datetime]
    left: Mapping[date, int] = field(default_factory=dict)
    marked: Mapping[str, int] = field(default_factory=dict)


def agenda(
    calendar: Calendar,
    audience: Audience = Audience.PATIENT,
    detail: Detail = Detail.NEUTRAL,
    language: Language = Language.ENGLISH,
    *,
    recorded: Mapping[int, datetime],
    published: datetime,
    key: bytes,
    zone: str,
    as_of: date,
    tablets: TabletSizes | None = None,
    left: Mapping[date, int] | None = None,
    site_label: str | None = None,
) -> Agenda:
    """What this reader may see of one subject's calendar.

    ``recorded`` says when each event of the log was recorded (UTC, by number) and ``published`` when the study's
    templates were released (UTC). ``key`` is the study's secret for UIDs, ``zone`` the site's IANA zone. ``as_of`` is
    the feed's coarse day: it decides which cancelled visits are still shown and a site's months, nothing else.
    ``tablets`` says what one tablet holds, by treatment; ``left`` which days lost a part, from ``days_left``.

    Raises ValueError for a short key or a time without a zone, LookupError for an event without a recorded time.
    """
    subject = Subject(calendar, recorded, left or {})
    if audience is not Audience.PATIENT:
        return site_agenda(
            [subject],
            audience,
            detail,
            language,
            published=published,
            key=key,
            zone=zone,
            as_of=as_of,
            site_label=site_label,
        )
    history = revisions(key, audience, calendar.subject, recorded, published)
    full = detail is Detail.FULL
    name = say(Phrase.CALENDAR_OF, study=calendar.study) if full else say(Phrase.CALENDAR)
    changed = history.stamp(calendar.log_length)
    items = patient_items(calendar, detail, history, as_of, tablets or {}, subject.left)
    # A calendar without any event leaves the old ones standing in real programs, so even "nothing" is said.
    nothing = _notice(Phrase.NOTHING_PLANNED, history.uid("nothing"), calendar.log_length, changed)
    return Agenda(
        uid=history.uid("agenda"),
        audience=audience,
        detail=detail,
        language=language,
        name=name,
        description=(
            say(Phrase.REVISION, number=calendar.log_length, date=changed.date()),
            say(Phrase.REFRESH),
        ),
        zone=zone,
        last_modified=changed,
        items=in_order(items or [nothing]),
    )


def site_agenda(
    subjects: Iterable[Subject],
    audience: Audience,
    detail: Detail,
    language: Language,
    *,
    published: datetime,
    key: bytes,
    zone: str,
    as_of: date,
    site_label: str | None = None,
) -> Agenda:
    """A site's visits (coordinator) or dispensings (pharmacy), by subject number, in whole months around ``as_of``.

    The months are from the one before to the sixth after, so the same log gives the same bytes for a whole month.
    Raises as ``agenda`` does; ValueError when asked for patients, whose calendars are never put together.
    """
    parts = [site_part(each, audience, detail, published=published, key=key, as_of=as_of) for each in subjects]
    return agenda_of_parts(
        parts, audience, detail, language, published=published, key=key, zone=zone, site_label=site_label
    )


@dataclass(frozen=True, slots=True)
class SitePart:
    """What one subject adds to a site's agenda. ``length`` is how far its log has come, ``changed`` when it came there (UTC)."""

    items: tuple[AgendaItem, ...]
    length: int
    changed: datetime


def site_part(
    subject: Subject,
    audience: Audience,
    detail: Detail,
    *,
    published: datetime,
    key: bytes,
    as_of: date,
) -> SitePart:
    """One subject's part of a site's agenda, to be kept until something is recorded of the subject or the month ends."""
    calendar = subject.calendar
    history = revisions(key, audience, calendar.subject, subject.recorded, published)
    items = site_items(calendar, audience, detail, history, as_of, months_around(as_of), subject.left)
    return SitePart(tuple(items), calendar.log_length, history.stamp(calendar.log_length))


def agenda_of_parts(
    parts: Sequence[SitePart],
    audience: Audience,
    detail: Detail,
    language: Language,
    *,
    published: datetime,
    key: bytes,
    zone: str,
    site_label: str | None = None,
) -> Agenda:
    """A site's agenda from the parts of its subjects, the same as ``site_agenda`` of them all.

    Raises ValueError when asked for patients, whose calendars are never put together.
    """
    if audience is Audience.PATIENT:
        raise ValueError("a patient's agenda holds one patient")
    changed = max((part.changed for part in parts), default=revisions(key, audience, None, {}, published).stamp(0))
    name = text_of(SITE_DISPENSING if audience is Audience.PHARMACY else SITE_VISITS)
    uid = opaque_id(key, audience, "site", site_label or "")
    events = sum(part.length for part in parts)
    nothing = _notice(Phrase.NOTHING_PLANNED, opaque_id(key, uid, "nothing"), events, changed)
    if site_label:
        name = text_of(filled(AT_SITE, name=name.said, site=own_words(site_label)))
    return Agenda(
        uid=uid,
        audience=audience,
        detail=detail,
        language=language,
        name=name,
        description=(say(Phrase.REFRESH),),
        zone=zone,
        last_modified=changed,
        items=in_order([item for part in parts for item in part.items] or [nothing]),
    )


def tombstone(ended: Agenda, at: datetime) -> Agenda:
    """The last thing that a withdrawn, finished or leaked link says, in one item and nothing else. ``at`` is when it
    ended (UTC).

    An empty calendar or an error leaves the old events standing in real programs; one other event makes them go.
    """
    moment = utc(at)
    notice = _notice(Phrase.ENDED, ended.uid, 0, moment)
    notice = replace(notice, description=(say(Phrase.ENDED_ASK),))
    name = say(Phrase.CALENDAR)
    return replace(ended, name=name, description=notice.description, last_modified=moment, items=(notice,))


def _notice(phrase: Said, uid: str, sequence: int, moment: datetime) -> AgendaItem:
    """One all-day line on the day (UTC) of the moment."""
    return AgendaItem(
        uid=uid,
        first=moment.date(),
        last=moment.date(),
        time=None,
        summary=say(phrase),
        description=(),
        transparent=True,
        standing=Standing.CONFIRMED,
        sequence=sequence,
        last_modified=moment,
    )
