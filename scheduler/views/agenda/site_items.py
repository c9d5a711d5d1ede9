"""A site's days: which subject comes when, and what the pharmacy has ready for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind
from scheduler.dates import add_months
from scheduler.languages import Language
from scheduler.views.agenda.cancelled import cancelled_words, still_shown
from scheduler.views.agenda.item import AgendaItem, Standing
from scheduler.views.agenda.patient_items import hours_between, kind_in_words, not_before, which_of_day
from scheduler.views.agenda.revision import Revisions
from scheduler.views.days.attendance import Attendance, attendances, needs_patient, time_of
from scheduler.views.days.lengths import minutes_of_visit
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.reader.hidden import DRUG_KINDS, activities_of, drug_names, title_with_dose, without_drugs
from scheduler.views.reader.wording import BESIDE, TO_STAFF, Phrase, say, say_of

MONTHS_BEFORE = 1
MONTHS_AFTER = 6

PHARMACY_WORK = {
    Kind.ORAL: Phrase.DISPENSE,
    Kind.INFUSION: Phrase.PREPARE_INFUSION,
    Kind.INJECTION: Phrase.PREPARE_INJECTION,
}


def months_around(as_of: date) -> tuple[date, date]:
    """The first and the last day of a site's feed: whole months, so that it changes once a month and not every night."""
    this_month = as_of.replace(day=1).toordinal()
    first = date.fromordinal(add_months(this_month, -MONTHS_BEFORE))
    after = date.fromordinal(add_months(this_month, MONTHS_AFTER + 1))
    return first, after - timedelta(days=1)


def site_items(
    calendar: Calendar,
    audience: Audience,
    detail: Detail,
    language: Language,
    history: Revisions,
    as_of: date,
    months: tuple[date, date],
    left: Mapping[date, int],
) -> list[AgendaItem]:
    """One subject's part of a site's agenda: one item for each day with work on it, in no order yet."""
    names = drug_names(calendar)
    wanted = _for_pharmacy if audience is Audience.PHARMACY else needs_patient
    items = []
    for attendance in attendances(calendar, wanted):
        if not months[0] <= attendance.day <= months[1]:
            continue
        if not attendance.parts and not still_shown(attendance, history, as_of):
            continue
        sequence = max(attendance.latest, left.get(attendance.day, 0))
        items.append(
            AgendaItem(
                uid=history.uid(attendance.leading.id),
                first=attendance.day,
                last=attendance.day,
                time=attendance.time,
                summary=_summary(attendance, calendar, audience, detail, language, names),
                description=tuple(_lines(attendance, calendar, audience, detail, language, names)),
                # Other people's appointments: they must not make the reader's own day look taken.
                transparent=True,
                standing=Standing.CONFIRMED if attendance.parts else Standing.CANCELLED,
                sequence=sequence,
                last_modified=history.stamp(sequence),
                minutes=minutes_of_visit(attendance, calendar),
            )
        )
    return items


def _for_pharmacy(entry: Entry) -> bool:
    return entry.kind in DRUG_KINDS


def _summary(
    attendance: Attendance,
    calendar: Calendar,
    audience: Audience,
    detail: Detail,
    language: Language,
    names: frozenset[str],
) -> str:
    entries = attendance.parts or attendance.dropped
    subject = calendar.subject or ""
    parts = dict.fromkeys(_part(entry, calendar, audience, detail, language, names) for entry in entries)
    what = which_of_day(BESIDE.join(parts), attendance.turn, language)
    if not attendance.parts:
        what = say(cancelled_words(entries), language, what=what)
    elif any(Flag.AWAITING_DECISION in entry.flags for entry in entries):
        # Many programs show no more than this line: nothing is prepared or given before somebody has decided.
        what = say(Phrase.TO_BE_CONFIRMED, language, what=what)
    return f"{subject}: {what}" if subject else what


def _part(
    entry: Entry, calendar: Calendar, audience: Audience, detail: Detail, language: Language, names: frozenset[str]
) -> str:
    if detail is Detail.FULL:
        return title_with_dose(entry, language) if audience is Audience.PHARMACY else entry.title
    if audience is Audience.PHARMACY:
        return say_of(calendar.form_of(entry.timeline), PHARMACY_WORK[entry.kind], language)
    if detail is Detail.NEUTRAL:
        return say(Phrase.STUDY_CONTACT if entry.kind is Kind.CONTACT else Phrase.STUDY_VISIT, language)
    # A drug's title is its name; a visit's title is what coordinators call the visit.
    if entry.kind in (*DRUG_KINDS, Kind.FRACTION):
        return kind_in_words(calendar, entry, language)
    return without_drugs(entry.title, names, language)


def _lines(
    attendance: Attendance,
    calendar: Calendar,
    audience: Audience,
    detail: Detail,
    language: Language,
    names: frozenset[str],
) -> Iterator[str]:
    entries = attendance.parts or attendance.dropped
    if attendance.turn is not None:
        yield hours_between(attendance.turn, language)
    for entry in entries:
        at = time_of(entry)
        full = detail is Detail.FULL
        label = title_with_dose(entry, language) if full else _part(entry, calendar, audience, detail, language, names)
        facts = [] if at is None else [at.isoformat("minutes")]
        if entry.earliest is not None:
            facts.append(not_before(entry.earliest, language))
        if entry.window is not None:
            facts.append(say(Phrase.WINDOW, language, first=entry.window[0], last=entry.window[1]))
        facts += [say(TO_STAFF[flag], language) for flag in entry.flags if flag in TO_STAFF]
        if facts or detail is not Detail.NEUTRAL:
            yield "; ".join([label, *facts])
    if detail is not Detail.NEUTRAL:
        yield from (f"- {activity}" for activity in activities_of(entries, detail, language, names))
