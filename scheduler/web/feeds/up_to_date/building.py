"""From the log to a feed's bytes. What did not change is kept, by patient and by event, and the bytes are the same without.

What a feed is made of is here and nowhere else: the log, what the link shows, and the day. The day is coarse: for a patient it
decides only which cancelled visits are still shown; for staff it is the first of the month, so that a feed stands for a month.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Lock

from scheduler.clock import Clock
from scheduler.exports.first_release import as_first_release
from scheduler.exports.ics import KeptEvents, to_ics
from scheduler.exports.of_a_link import with_what_a_link_adds
from scheduler.exports.told import in_its_language, in_words, items_in
from scheduler.folder.feeds import PUBLISHED, tablet_sizes
from scheduler.local_times import start_of
from scheduler.site.site import EVERY_DAY, Site
from scheduler.views.agenda.cancelled import shown_until
from scheduler.views.agenda.item import Agenda, AgendaItem
from scheduler.views.agenda.of_reader import SitePart, Subject, agenda, agenda_of_parts, site_part
from scheduler.views.agenda.revision import revisions
from scheduler.views.agenda.site_items import site_items
from scheduler.views.days.attendance import attendances
from scheduler.views.reader.audience import Audience
from scheduler.views.reader.wording import Phrase, say
from scheduler.web.feeds.shown import Shown
from scheduler.web.feeds.up_to_date.ending import end_of_patient, last_words
from scheduler.web.feeds.up_to_date.remembering import Remembering
from scheduler.web.feeds.up_to_date.revising import Revising, revising
from scheduler.web.feeds.up_to_date.tellings import Telling, Tellings
from scheduler.web.feeds.up_to_date.told import Told
from scheduler.web.feeds.written import Written, last_change, written

MOST_KEPT = 400
"""Feeds whose events are kept for the next change; of others every event is written again."""

_ALL_DAYS = (date.min, date.max)
_ONE_DAY = timedelta(days=1)


class Building:
    """Builds feeds, and keeps what the next one can use again. Several threads may ask at once."""

    def __init__(self, tellings: Tellings, clock: Clock) -> None:
        self._tellings = tellings
        self._remembering = Remembering(tellings.store, clock)
        self._clock = clock
        self._lock = Lock()
        self._events: OrderedDict[Shown, KeptEvents] = OrderedDict()
        self._parts: dict[tuple[Shown, str], tuple[Told, date, SitePart]] = {}

    def feed(self, shown: Shown, site: Site | None) -> Written:
        """The feed as it stands now. ``site`` is the site of a feed for staff. Raises StoreUnavailable."""
        if shown.audience is not Audience.PATIENT:
            return self._of_site(shown, site or EVERY_DAY)
        telling = self._tellings.of(shown.subject or "")
        ended = end_of_patient(telling.log)
        if ended is not None:
            return self.ending(shown, telling.told.site.zone, ended)
        return self._of_patient(shown, telling.told)

    def ending(self, shown: Shown, zone: str, at: datetime) -> Written:
        """What a feed says that ended at that moment (UTC)."""
        agenda = last_words(shown, self._tellings.key(), zone, at)
        return written(to_ics(agenda), last_change(at, ()), zone, ended=at)

    def telling(self, number: str) -> Told:
        """What the patient of that number was told so far."""
        return self._tellings.of(number).told

    def forget(self) -> None:
        """Keep nothing: another database stands where the old one was."""
        self._tellings.forget()
        with self._lock:
            self._events.clear()
            self._parts.clear()

    def _of_patient(self, shown: Shown, told: Told) -> Written:
        zone, key = told.site.zone, self._tellings.key()
        today = self._clock.today(zone)
        revision = revising(told, PUBLISHED, lambda seen: _patient(told, seen, shown, key, date.min).items)
        made = _made(told, told.subject, shown, key, today)
        seen = _revised(in_its_language(made), revision)
        kept = self._kept(shown)
        items = self._remembering.revised(
            seen.items, shown, told, kept, lambda: revision.items(as_first_release(made.items, shown.language))
        )
        seen = replace(seen, items=with_what_a_link_adds(items, shown.more, shown.language))
        changed = last_change(PUBLISHED, _moments(told))
        changed = max(changed, _last_drop(told, shown, key, today))
        return self._written(shown, seen, changed, today, kept, items)

    def _of_site(self, shown: Shown, site: Site) -> Written:
        key = self._tellings.key()
        there, gone = self._tellings.at(site.name)
        month = self._clock.today(site.zone).replace(day=1)
        kept = self._kept(shown)
        seen = agenda_of_parts(
            [self._part(shown, each, key, month, kept) for each in there],
            shown.audience,
            shown.detail,
            shown.language,
            published=PUBLISHED,
            key=key,
            zone=site.zone,
            site_label=site.title or site.name,
        )
        changed = last_change(PUBLISHED, sorted(at for each in (*there, *gone) for at in _moments(each.told)))
        return self._written(shown, seen, max(changed, start_of(month, site.zone)), month, kept)

    def _part(self, shown: Shown, telling: Telling, key: bytes, month: date, kept: KeptEvents) -> SitePart:
        told, number = telling.told, telling.told.calendar.subject or ""
        with self._lock:
            known = self._parts.get((shown, number))
        if known is not None and known[0] is told and known[1] == month:
            return known[2]
        made = site_part(told.subject, shown.audience, shown.detail, published=PUBLISHED, key=key, as_of=month)
        part = replace(made, items=items_in(made.items, shown.language))
        revision = Revising(told, PUBLISHED)
        if told.moves:
            revision = revising(told, PUBLISHED, lambda seen: _of_all_months(seen, shown, key))
            last = told.last_position
            part = SitePart(revision.items(part.items), last, revision.stamp(last))
        items = self._remembering.revised(
            part.items, shown, told, kept, lambda: revision.items(as_first_release(made.items, shown.language))
        )
        part = replace(part, items=with_what_a_link_adds(items, shown.more, shown.language, number))
        with self._lock:
            self._parts[shown, number] = (told, month, part)
        return part

    def _kept(self, shown: Shown) -> KeptEvents:
        with self._lock:
            return dict(self._events.get(shown, {}))

    def _written(
        self,
        shown: Shown,
        seen: Agenda,
        changed: datetime,
        day: date,
        kept: KeptEvents,
        compared: tuple[AgendaItem, ...] = (),
    ) -> Written:
        """``compared`` are the events without what the link adds, which the next look compares with again."""
        feed = to_ics(seen, kept)
        # An event that this version tells otherwise than the last one is newer than everything that was recorded.
        changed = max(changed, *(item.last_modified for item in seen.items))
        with self._lock:
            # What is no longer in the feed need not be kept.
            wanted = ((seen.zone, item) for item in (*seen.items, *compared))
            self._events[shown] = {each: kept[each] for each in wanted if each in kept}
            self._events.move_to_end(shown)
            if len(self._events) > MOST_KEPT:
                self._events.popitem(last=False)
        return written(feed, changed, seen.zone, day=day)


def _patient(told: Told, seen: Subject, shown: Shown, key: bytes, as_of: date) -> Agenda:
    return in_its_language(_made(told, seen, shown, key, as_of))


def _made(told: Told, seen: Subject, shown: Shown, key: bytes, as_of: date) -> Agenda:
    return agenda(
        seen.calendar,
        shown.audience,
        shown.detail,
        shown.language,
        recorded=seen.recorded,
        published=PUBLISHED,
        key=key,
        zone=told.site.zone,
        as_of=as_of,
        tablets=tablet_sizes(told.version, seen.calendar),
        left=seen.left,
    )


def _of_all_months(seen: Subject, shown: Shown, key: bytes) -> Iterable[AgendaItem]:
    history = revisions(key, shown.audience, seen.calendar.subject, seen.recorded, PUBLISHED)
    items = site_items(seen.calendar, shown.audience, shown.detail, history, date.min, _ALL_DAYS, seen.left)
    return items_in(items, shown.language)


def _revised(seen: Agenda, revision: Revising) -> Agenda:
    if not revision.told.moves:
        return seen
    last = revision.told.last_position
    stamp = revision.stamp(last)
    line = in_words(say(Phrase.REVISION, number=last, date=stamp.date()), seen.language)
    return replace(
        seen,
        description=(line, *seen.description[1:]),
        last_modified=stamp,
        items=revision.items(seen.items),
    )


def _moments(told: Told) -> list[datetime]:
    """When each thing was recorded that changed the calendar, in the order of the positions."""
    recorded = told.subject.recorded
    positions = {told.position(event): at for event, at in recorded.items()}
    positions |= {move.after + number + 1: move.at for number, move in enumerate(told.moves)}
    return [positions[position] for position in sorted(positions)]


def _last_drop(told: Told, shown: Shown, key: bytes, today: date) -> datetime:
    """When a cancelled visit was last taken out because its time was over."""
    seen = told.subject
    history = revisions(key, shown.audience, seen.calendar.subject, seen.recorded, PUBLISHED)
    ends = [shown_until(each, history) for each in attendances(seen.calendar) if not each.parts]
    last = max((end for end in ends if end < today), default=None)
    return PUBLISHED if last is None else start_of(last + _ONE_DAY, told.site.zone)
