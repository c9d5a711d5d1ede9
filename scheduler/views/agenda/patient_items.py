"""A patient's own days: one item for what a day asks to attend, one for each day of tablets, one for each hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.said import BESIDE, COMMAS, Text, joined, text_of
from scheduler.views.agenda.cancelled import cancelled_words, still_shown
from scheduler.views.agenda.item import AgendaItem, Standing
from scheduler.views.agenda.revision import Revisions
from scheduler.views.agenda.tablets import (
    AtOnce,
    TabletDay,
    TabletSizes,
    WithoutTablets,
    days_without_tablets,
    form_at_home,
    in_several_strengths,
    oral_treatments,
    tablet_days,
    tablets_at_once,
)
from scheduler.views.days.attendance import Turn, attendances, time_of
from scheduler.views.days.diary_days import DiaryDays, diary_days
from scheduler.views.days.lengths import minutes_of_visit
from scheduler.views.days.presumed import is_as_needed
from scheduler.views.days.stretches import TreatmentDays, treatment_days
from scheduler.views.reader.audience import Detail
from scheduler.views.reader.doses_in_words import dose_in_words
from scheduler.views.reader.drugs_called import drug_called
from scheduler.views.reader.hidden import activities_of, drug_names, title_with_dose
from scheduler.views.reader.prompts_in_words import prompts_in_words
from scheduler.views.reader.taking_in_words import taking_in_words
from scheduler.views.reader.wording import (
    OF_KIND,
    Phrase,
    beside_a_mark,
    in_number,
    in_strengths,
    say,
    say_of,
    with_how_often,
)


def patient_items(
    calendar: Calendar,
    detail: Detail,
    history: Revisions,
    as_of: date,
    sizes: TabletSizes,
    left: Mapping[date, int],
) -> list[AgendaItem]:
    """Everything that this patient's calendar shows, in no order yet."""
    names = drug_names(calendar)
    several = len(oral_treatments(calendar)) > 1
    return [
        *_visits(calendar, detail, history, as_of, names, left),
        *(_tablets(calendar, day, detail, history, sizes, several) for day in tablet_days(calendar)),
        *(_treatment(days, history) for days in treatment_days(calendar)),
        *(_diary(days, detail, history) for days in diary_days(calendar)),
        *(_hold(calendar, hold, detail, history, several) for hold in days_without_tablets(calendar)),
    ]


def _visits(
    calendar: Calendar,
    detail: Detail,
    history: Revisions,
    as_of: date,
    names: frozenset[str],
    left: Mapping[date, int],
) -> Iterator[AgendaItem]:
    for attendance in attendances(calendar):
        if not attendance.parts and not still_shown(attendance, history, as_of):
            continue
        cancelled = not attendance.parts
        entries = attendance.parts or attendance.dropped
        summary = summary_of_visit(calendar, entries, detail, attendance.turn)
        lines: tuple[str, ...] = ()
        if cancelled:
            summary = say(cancelled_words(entries), what=summary)
        else:
            lines = lines_of_visit(calendar, entries, detail, names, attendance.turn)
            if any(Flag.AWAITING_DECISION in entry.flags for entry in entries):
                summary = say(Phrase.TO_BE_CONFIRMED, what=summary)
        sequence = max(attendance.latest, left.get(attendance.day, 0))
        yield AgendaItem(
            uid=history.uid(attendance.leading.id),
            first=attendance.day,
            last=attendance.day,
            time=attendance.time,
            summary=summary,
            description=lines,
            transparent=cancelled or is_only_contact(entries),
            standing=Standing.CANCELLED if cancelled else Standing.CONFIRMED,
            sequence=sequence,
            last_modified=history.stamp(sequence),
            minutes=minutes_of_visit(attendance, calendar),
            kinds=(Kind.CONTACT if is_only_contact(entries) else Kind.VISIT,),
        )


def summary_of_visit(calendar: Calendar, entries: tuple[Entry, ...], detail: Detail, turn: Turn | None = None) -> str:
    """What a day asks the patient to come for, in a few words: at neutral detail that it is a visit, and no more.

    Where a day has several visits it says which one of them this is: two lines that are alike are taken for one.
    """
    return which_of_day(_visit_in_words(calendar, entries, detail), turn)


def which_of_day(what: str, turn: Turn | None) -> str:
    """Study visit (2 of 2 on this day)."""
    return what if turn is None else say(Phrase.VISIT_OF_DAY, what=what, number=turn.number, of=turn.of)


def hours_between(turn: Turn) -> str:
    """Visits on this day: 2, at least 6 hours apart."""
    return say(Phrase.VISITS_APART, of=turn.of, hours=turn.hours)


def kind_in_words(calendar: Calendar, entry: Entry) -> str:
    """What an entry is for a patient: infusion, new tablets, new capsules."""
    return say_of(calendar.form_of(entry.timeline), OF_KIND[entry.kind])


def not_before(time: str) -> Text:
    """Not before 14:30: so many hours after what it waits for."""
    return say(Phrase.NOT_BEFORE, time=time)


def _capital(text: Text) -> Text:
    """As a line of its own begins; the languages that do the same do it where the line is said."""
    line = Text(f"{text[:1].upper()}{text[1:]}")
    line.said = text.said
    return line


def _visit_in_words(calendar: Calendar, entries: tuple[Entry, ...], detail: Detail) -> str:
    if detail is Detail.NEUTRAL:
        return say(Phrase.STUDY_CONTACT if is_only_contact(entries) else Phrase.STUDY_VISIT)
    if detail is Detail.FULL:
        titles = joined(
            (text_of(title_in_words(title)) for title in dict.fromkeys(entry.title for entry in entries)), BESIDE
        )
        return say(Phrase.VISIT_WITH, parts=titles)
    # "Study visit: visit" would say it twice.
    parts = dict.fromkeys(kind_in_words(calendar, entry) for entry in entries if entry.kind is not Kind.VISIT)
    if not parts:
        return say(Phrase.STUDY_VISIT)
    return say(Phrase.VISIT_WITH, parts=joined(parts, COMMAS))


def lines_of_visit(
    calendar: Calendar,
    entries: tuple[Entry, ...],
    detail: Detail,
    names: frozenset[str],
    turn: Turn | None = None,
) -> tuple[str, ...]:
    """What else is told of a visit: its parts with their times, what is done, and what is not certain about it."""
    lines = [] if turn is None else [hours_between(turn)]
    lines += _part_lines(calendar, entries, detail, turn)
    if detail is not Detail.NEUTRAL:
        lines += (beside_a_mark("-", activity) for activity in activities_of(entries, detail, names))
    if is_only_contact(entries):
        lines.append(say(Phrase.NO_NEED_TO_COME))
    if any(Flag.AWAITING_DECISION in entry.flags for entry in entries):
        lines.append(say_of(form_at_home(calendar), Phrase.AWAITING_PATIENT))
    if any(Flag.PROVISIONAL in entry.flags for entry in entries):
        lines.append(say(Phrase.PROVISIONAL))
    return tuple(lines)


def _part_lines(calendar: Calendar, entries: tuple[Entry, ...], detail: Detail, turn: Turn | None) -> Iterator[str]:
    if detail is Detail.NEUTRAL:
        times = sorted(at.isoformat("minutes") for entry in entries if (at := time_of(entry)) is not None)
        if len(entries) > 1:
            of_what = Phrase.APPOINTMENTS if turn is None else Phrase.APPOINTMENTS_OF_VISIT
            yield say(of_what, number=len(entries))
        if times:
            yield say(Phrase.TIMES, times=joined(dict.fromkeys(times), COMMAS))
        earliest = [entry.earliest for entry in entries if entry.earliest is not None]
        yield from (_capital(not_before(time)) for time in dict.fromkeys(sorted(earliest)))
        return
    for entry in entries:
        at = time_of(entry)
        what = title_with_dose(calendar, entry) if detail is Detail.FULL else kind_in_words(calendar, entry)
        if entry.earliest is not None:
            yield joined((what, not_before(entry.earliest)), COMMAS)
            continue
        if at is None and entry.kind is Kind.VISIT and detail is Detail.STANDARD:
            continue
        yield what if at is None else beside_a_mark(at.isoformat("minutes"), what)


def _tablets(
    calendar: Calendar,
    day: TabletDay,
    detail: Detail,
    history: Revisions,
    sizes: TabletSizes,
    several: bool,
) -> AgendaItem:
    full = detail is Detail.FULL
    form, at_home = calendar.form_of(day.treatment), form_at_home(calendar)
    # Two kinds of tablets without their names: a number would be taken of the wrong one.
    nameless = several and not full
    summary = drug_called(calendar, day.treatment) if full else say_of(at_home if nameless else form, Phrase.TABLETS)
    # A number that somebody has still to decide would be taken for the dose.
    undecided = Flag.AWAITING_DECISION in day.flags
    # What one tablet holds may tell which drug it is, and without it a number is of nothing.
    unsaid = not full and in_several_strengths(day.treatment, day.doses, sizes, day.entry)
    at_once = (
        None
        if nameless or undecided or unsaid
        else tablets_at_once(day.treatment, day.doses, sizes, reported=day.reported, entry=day.entry)
    )
    if at_once is not None:
        summary = say(Phrase.TABLETS_COUNTED, tablets=summary, count=tablets_in_words(at_once))
    doses = [dose for dose in day.doses if full and not undecided]
    lines: list[str] = [dose_in_words(dose, partial(drug_called, calendar)) for dose in doses]
    taking = None if nameless or undecided or day.reported else taking_in_words(day.doses)
    lines += [_capital(taking)] if taking is not None else []
    if at_once is None and not undecided and is_as_needed(day.doses):
        lines.append(_capital(say_of(at_home if nameless else form, Phrase.ONLY_AS_NEEDED)))
    if nameless:
        lines.append(say_of(at_home, Phrase.SEVERAL_KINDS))
    elif unsaid:
        lines.append(say_of(form, Phrase.SEVERAL_STRENGTHS))
    if undecided or day.is_unknown:
        summary = say(Phrase.TO_BE_CONFIRMED, what=summary)
        lines.append(say_of(at_home, Phrase.AWAITING_PATIENT if undecided else Phrase.DOSE_NOT_KNOWN))
    if Flag.PROVISIONAL in day.flags:
        lines.append(say(Phrase.PROVISIONAL))
    return AgendaItem(
        uid=history.uid(day.id),
        first=day.day,
        last=day.day,
        time=None,
        summary=summary,
        description=tuple(lines),
        transparent=True,
        standing=Standing.CONFIRMED,
        sequence=day.latest,
        last_modified=history.stamp(day.latest),
    )


def tablets_in_words(at_once: AtOnce) -> str:
    """2 tablets; 2 capsules, twice a day; 1½ tablets; 2.5 mL; 1 x 20 mg + 3 x 15 mg tablets."""
    of_strengths = [(each.count, each.strength) for each in at_once.tablets if each.strength is not None]
    of_one = at_once.tablets[0].count
    number = in_strengths(at_once.form, of_strengths) if of_strengths else in_number(at_once.form, of_one)
    return with_how_often(number, at_once.often)


def _treatment(days: TreatmentDays, history: Revisions) -> AgendaItem:
    return AgendaItem(
        uid=history.uid(days.id),
        first=days.first,
        last=days.last,
        time=None,
        summary=say(Phrase.TREATMENT_DAYS),
        description=(),
        transparent=True,
        standing=Standing.CONFIRMED,
        sequence=days.latest,
        last_modified=history.stamp(days.latest),
    )


def _diary(days: DiaryDays, detail: Detail, history: Revisions) -> AgendaItem:
    """What the patient writes down at home; what it asks for is told at full detail alone."""
    full = detail is Detail.FULL
    asked = (_capital(prompts_in_words(days.prompts)),) if days.prompts is not None else ()
    return AgendaItem(
        uid=history.uid(days.id),
        first=days.first,
        last=days.last,
        time=None,
        summary=days.title if full else say(Phrase.STUDY_DIARY),
        description=(*asked, *(beside_a_mark("-", activity) for activity in days.activities)) if full else asked,
        transparent=True,
        standing=Standing.CONFIRMED,
        sequence=days.latest,
        last_modified=history.stamp(days.latest),
    )


def _hold(calendar: Calendar, hold: WithoutTablets, detail: Detail, history: Revisions, several: bool) -> AgendaItem:
    lines = []
    form = calendar.form_of(hold.treatment)
    if detail is Detail.FULL:
        summary = say_of(form, Phrase.DO_NOT_TAKE_NAMED, treatment=drug_called(calendar, hold.treatment))
    elif several:
        summary = say_of(form_at_home(calendar), Phrase.DO_NOT_TAKE_SOME)
        lines.append(say(Phrase.ASK_WHICH))
    else:
        summary = say_of(form, Phrase.DO_NOT_TAKE)
    if hold.open_end:
        lines.append(say(Phrase.UNTIL_FURTHER_NOTICE))
    return AgendaItem(
        uid=history.uid(hold.id),
        first=hold.first,
        last=hold.last,
        time=None,
        summary=summary,
        description=tuple(lines),
        transparent=True,
        standing=Standing.CONFIRMED,
        sequence=hold.latest,
        last_modified=history.stamp(hold.latest),
    )


def is_only_contact(entries: tuple[Entry, ...]) -> bool:
    """True when the patient is called and does not have to come."""
    return all(entry.kind is Kind.CONTACT for entry in entries)
