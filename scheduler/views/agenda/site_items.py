"""A site's days: which subject comes when, and what the pharmacy has ready for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.dates import add_months
from scheduler.said import BESIDE, Code, Said, Text, filled, joined, text_of
from scheduler.views.agenda.cancelled import cancelled_words, still_shown
from scheduler.views.agenda.item import AgendaItem, Standing
from scheduler.views.agenda.patient_items import hours_between, kind_in_words, not_before, which_of_day
from scheduler.views.agenda.revision import Revisions
from scheduler.views.days.attendance import Attendance, attendances, needs_patient, time_of
from scheduler.views.days.lengths import minutes_of_visit
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.reader.hidden import DRUG_KINDS, activities_of, drug_names, title_with_dose, without_drugs
from scheduler.views.reader.to_staff import OF_FLAG, WINDOW, WORK
from scheduler.views.reader.wording import COLON, Phrase, beside_a_mark, say
from scheduler.vocabulary.forms_in_words import things_in_words

MONTHS_BEFORE = 1
MONTHS_AFTER = 6


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
                summary=_summary(attendance, calendar, audience, detail, names),
                description=tuple(_lines(attendance, calendar, audience, detail, names)),
                # Other people's appointments: they must not make the reader's own day look taken.
                transparent=True,
                standing=Standing.CONFIRMED if attendance.parts else Standing.CANCELLED,
                sequence=sequence,
                last_modified=history.stamp(sequence),
                minutes=minutes_of_visit(attendance, calendar),
                kinds=_kinds(attendance, audience, detail),
            )
        )
    return items


def _for_pharmacy(entry: Entry) -> bool:
    return entry.kind in DRUG_KINDS


def _kinds(attendance: Attendance, audience: Audience, detail: Detail) -> tuple[Kind, ...]:
    """What kinds of work it is: a neutral calendar of visits says no more than whether somebody comes."""
    kinds = dict.fromkeys(entry.kind for entry in attendance.parts or attendance.dropped)
    if audience is Audience.PHARMACY or detail is not Detail.NEUTRAL:
        return tuple(kinds)
    return (Kind.CONTACT,) if set(kinds) == {Kind.CONTACT} else (Kind.VISIT,)


def _summary(
    attendance: Attendance,
    calendar: Calendar,
    audience: Audience,
    detail: Detail,
    names: frozenset[str],
) -> str:
    entries = attendance.parts or attendance.dropped
    subject = calendar.subject or ""
    parts = dict.fromkeys(_part(entry, calendar, audience, detail, names) for entry in entries)
    what = which_of_day(joined(parts, BESIDE), attendance.turn)
    if not attendance.parts:
        what = say(cancelled_words(entries), what=what)
    elif any(Flag.AWAITING_DECISION in entry.flags for entry in entries):
        # Many programs show no more than this line: nothing is prepared or given before somebody has decided.
        what = say(Phrase.TO_BE_CONFIRMED, what=what)
    return joined((subject, what), COLON) if subject else what


def _part(entry: Entry, calendar: Calendar, audience: Audience, detail: Detail, names: frozenset[str]) -> str:
    if detail is Detail.FULL:
        return (
            title_with_dose(calendar, entry) if audience is Audience.PHARMACY else text_of(title_in_words(entry.title))
        )
    if audience is Audience.PHARMACY:
        return _work(calendar, entry)
    if detail is Detail.NEUTRAL:
        return say(Phrase.STUDY_CONTACT if entry.kind is Kind.CONTACT else Phrase.STUDY_VISIT)
    # A drug's title is its name; a visit's title is what coordinators call the visit.
    if entry.kind in (*DRUG_KINDS, Kind.FRACTION):
        return kind_in_words(calendar, entry)
    return without_drugs(text_of(title_in_words(entry.title)), names)


def _work(calendar: Calendar, entry: Entry) -> Text:
    work = WORK[entry.kind]
    things = things_in_words(calendar.form_of(entry.timeline))
    return text_of(filled(work, things=things) if "{things}" in work.sentence else work)


def _edges(window: tuple[date, date]) -> dict[str, Code]:
    return {"first": Code(window[0].isoformat()), "last": Code(window[1].isoformat())}


def _lines(
    attendance: Attendance,
    calendar: Calendar,
    audience: Audience,
    detail: Detail,
    names: frozenset[str],
) -> Iterator[str]:
    entries = attendance.parts or attendance.dropped
    if attendance.turn is not None:
        yield hours_between(attendance.turn)
    for entry in entries:
        at = time_of(entry)
        full = detail is Detail.FULL
        label = title_with_dose(calendar, entry) if full else _part(entry, calendar, audience, detail, names)
        facts = [] if at is None else [at.isoformat("minutes")]
        if entry.earliest is not None:
            facts.append(not_before(entry.earliest))
        if entry.window is not None:
            facts.append(text_of(filled(WINDOW, **_edges(entry.window))))
        facts += [text_of(OF_FLAG[flag]) for flag in entry.flags if flag in OF_FLAG]
        if facts or detail is not Detail.NEUTRAL:
            yield joined([label, *facts], Said("; "))
    if detail is not Detail.NEUTRAL:
        yield from (beside_a_mark("-", activity) for activity in activities_of(entries, detail, names))
