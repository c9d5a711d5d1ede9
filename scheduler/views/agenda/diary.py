"""A patient's diary: for every day of a period what to take, what not to take and where to go, in the words of the feed.

What a level of detail leaves out of the feed is not in the diary either. The subject's number is: the sheet comes back to
the site with what the patient wrote on it, and two patients' sheets must not be mixed up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import partial
from typing import TypeAlias

from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind
from scheduler.languages import Language
from scheduler.said import COMMAS, joined
from scheduler.views.agenda.patient_items import is_only_contact, lines_of_visit, summary_of_visit
from scheduler.views.agenda.tablets import (
    AtOnce,
    TabletDay,
    TabletSizes,
    WithoutTablets,
    at_home_on,
    days_without_tablets,
    form_at_home,
    in_several_strengths,
    oral_treatments,
    tablet_days,
    tablets_at_once,
)
from scheduler.views.days.attendance import attendances
from scheduler.views.days.diary_days import diary_days
from scheduler.views.days.presumed import is_as_needed
from scheduler.views.days.stretches import treatment_days
from scheduler.views.reader.audience import Detail
from scheduler.views.reader.doses_in_words import dose_in_words
from scheduler.views.reader.drugs_called import drug_called
from scheduler.views.reader.hidden import drug_names
from scheduler.views.reader.prompts_in_words import each_prompt
from scheduler.views.reader.taking_in_words import lines_to_note, taking_in_words, times_to_write
from scheduler.views.reader.wording import Phrase, say, say_of
from scheduler.vocabulary.dosage_forms import TABLET, DosageForm

CivilDate: TypeAlias = date

ONE_DAY = timedelta(days=1)
LONGEST = 400
"""Days of the longest diary: nobody carries a book, and a wrong year must not print a thousand sheets."""


@dataclass(frozen=True, slots=True)
class DiaryVisit:
    """What one day (a civil date at the site) asks the patient to attend.

    ``time`` is local. ``places`` are the departments, none at neutral detail. ``contact``: the patient is called and does not
    come. ``ask_first``: a decision is awaited. ``provisional``: the date may still change.
    """

    id: str
    day: CivilDate
    time: time | None
    summary: str
    lines: tuple[str, ...]
    places: tuple[str, ...] = ()
    contact: bool = False
    ask_first: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class DiaryTablets:
    """The tablets of one treatment on one day.

    ``at_once`` is how many of which at once, None where no number can be told. ``treatment`` is its name, at full detail alone.
    ``ask_first``: a decision, a value or a prescription is awaited, and then there is no number: one on paper is taken for the
    dose. ``strength_unsaid``: there are several strengths, and below full detail neither they nor a number is told. ``form`` is
    what the patient has. ``taking`` is how the doses are taken, such as 12 hours apart with food, and ``times`` how many times
    of day are written down: of what is taken ``as_needed``, which has no boxes to tick, the time of each dose.
    """

    at_once: AtOnce | None
    treatment: str | None = None
    doses: tuple[str, ...] = ()
    ask_first: bool = False
    strength_unsaid: bool = False
    form: DosageForm = TABLET
    taking: str | None = None
    times: int = 0
    as_needed: bool = False


@dataclass(frozen=True, slots=True)
class DiaryHold:
    """Tablets are not to be taken on this day. ``some``: not all kinds of tablets, and they are not named here."""

    treatment: str | None = None
    some: bool = False
    open_end: bool = False
    form: DosageForm = TABLET


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """One day of the diary. ``treatment``: a treatment at the site or from a pump goes on; ``to_write``: what to write down."""

    date: CivilDate
    visits: tuple[DiaryVisit, ...] = ()
    tablets: tuple[DiaryTablets, ...] = ()
    holds: tuple[DiaryHold, ...] = ()
    treatment: bool = False
    to_write: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diary:
    """What a patient reads about a period, both days included. ``several``: there is more than one kind of tablets."""

    study: str | None
    version: str
    subject: str | None
    detail: Detail
    language: Language
    first: date
    last: date
    days: tuple[DiaryDay, ...]
    tablets: bool
    several: bool
    form: DosageForm = TABLET

    @property
    def visits(self) -> tuple[DiaryVisit, ...]:
        """The visits of the period in the order of their days."""
        return tuple(visit for day in self.days for visit in day.visits)


def patient_diary(
    calendar: Calendar,
    first: date,
    last: date,
    detail: Detail = Detail.NEUTRAL,
    language: Language = Language.ENGLISH,
    tablets: TabletSizes | None = None,
) -> Diary:
    """The diary from the first to the last day. ``tablets`` says what one tablet holds, by treatment.

    Raises ValueError for a period that is empty, longer than 400 days, or longer than the calendar: a day without a word
    would read as a day without tablets.
    """
    if not first <= last <= first + timedelta(days=LONGEST):
        raise ValueError(f"a diary has 1 to {LONGEST} days, not those from {first} to {last}")
    if calendar.until is not None and calendar.until < last:
        raise ValueError(f"the calendar ends on {calendar.until}, before the diary does on {last}")
    sizes = tablets or {}
    oral, at_home = oral_treatments(calendar), at_home_on(calendar)
    visits = _visits(calendar, detail)
    taken = _tablets(calendar, detail, sizes)
    holds = _holds(calendar, detail)
    written = _written(calendar, detail)
    going_on = {day for each in treatment_days(calendar) for day in _days(each.first, each.last)}
    return Diary(
        study=calendar.study if detail is Detail.FULL else None,
        version=calendar.version,
        subject=calendar.subject,
        detail=detail,
        language=language,
        first=first,
        last=last,
        days=tuple(
            DiaryDay(
                day,
                tuple(visits.get(day, ())),
                tuple(taken.get(day, ())),
                tuple(holds.get(day, ())),
                day in going_on,
                tuple(written.get(day, ())),
            )
            for day in _days(first, last)
        ),
        tablets=bool(oral),
        several=any(len(at_home(day)) > 1 for day in _days(first, last)),
        form=form_at_home(calendar),
    )


def _visits(calendar: Calendar, detail: Detail) -> Mapping[date, list[DiaryVisit]]:
    names = drug_names(calendar)
    found: defaultdict[date, list[DiaryVisit]] = defaultdict(list)
    for attendance in attendances(calendar):
        parts = tuple(_without_undecided_dose(part) for part in attendance.parts)
        if not parts:
            continue
        ask_first = any(Flag.AWAITING_DECISION in part.flags for part in parts)
        summary = summary_of_visit(calendar, parts, detail, attendance.turn)
        found[attendance.day].append(
            DiaryVisit(
                id=attendance.leading.id,
                day=attendance.day,
                time=attendance.time,
                summary=say(Phrase.TO_BE_CONFIRMED, what=summary) if ask_first else summary,
                lines=lines_of_visit(calendar, parts, detail, names, attendance.turn),
                places=() if detail is Detail.NEUTRAL else _places(parts),
                contact=is_only_contact(parts),
                ask_first=ask_first,
                provisional=any(Flag.PROVISIONAL in part.flags for part in parts),
            )
        )
    return found


def _written(calendar: Calendar, detail: Detail) -> Mapping[date, list[str]]:
    """What the patient writes down on each day: at full detail what it is, else that it is to be done."""
    found: defaultdict[date, list[str]] = defaultdict(list)
    for stretch in diary_days(calendar):
        asked = joined(stretch.activities, COMMAS) if detail is Detail.FULL and stretch.activities else None
        words = [asked or say(Phrase.STUDY_DIARY)]
        if stretch.prompts is not None:
            # One tick for each prompt: who answered three of five says which.
            words = [*([asked] if asked else []), *each_prompt(stretch.prompts)]
        for day in stretch.days:
            found[day] += words
    return found


def _without_undecided_dose(part: Entry) -> Entry:
    """A part whose dose somebody has still to decide says no dose."""
    flags = (*part.flags, *(part.runs[0].flags if part.runs else ()))
    return part._replace(doses=(), runs=()) if Flag.AWAITING_DECISION in flags else part


def _places(parts: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.resource for part in parts if part.resource and part.kind is not Kind.CONTACT))


def _tablets(calendar: Calendar, detail: Detail, sizes: TabletSizes) -> Mapping[date, list[DiaryTablets]]:
    # Two kinds of tablets without their names: a number would be taken of the wrong one.
    at_home = at_home_on(calendar)
    found: defaultdict[date, list[DiaryTablets]] = defaultdict(list)
    for day in tablet_days(calendar):
        nameless = len(at_home(day.day)) > 1 and detail is not Detail.FULL
        form = form_at_home(calendar) if nameless else calendar.form_of(day.treatment)
        told = _tablets_of(calendar, day, detail, nameless, sizes)
        if not (nameless or told.ask_first or day.reported):
            told = replace(told, taking=taking_in_words(day.doses), times=times_to_write(day.doses))
        if is_as_needed(day.doses) and not (told.ask_first or day.reported):
            only = say_of(form, Phrase.ONLY_AS_NEEDED)
            taking = told.taking if told.at_once is not None else only
            told = replace(told, taking=taking, times=lines_to_note(day.doses), as_needed=True)
        line = replace(told, form=form if told.at_once is None else told.at_once.form)
        if line not in found[day.day]:
            found[day.day].append(line)
    return found


def _tablets_of(calendar: Calendar, day: TabletDay, detail: Detail, nameless: bool, sizes: TabletSizes) -> DiaryTablets:
    full = detail is Detail.FULL
    treatment = drug_called(calendar, day.treatment) if full else None
    if Flag.AWAITING_DECISION in day.flags or day.is_unknown:
        return DiaryTablets(None, treatment, ask_first=True)
    called = partial(drug_called, calendar)
    doses = tuple(dose_in_words(dose, called) for dose in day.doses if full)
    unsaid = not full and in_several_strengths(day.treatment, day.doses, sizes, day.entry)
    known = not (nameless or unsaid)
    at_once = (
        tablets_at_once(day.treatment, day.doses, sizes, reported=day.reported, entry=day.entry) if known else None
    )
    return DiaryTablets(at_once, treatment, doses, strength_unsaid=unsaid and not nameless)


def _holds(calendar: Calendar, detail: Detail) -> Mapping[date, list[DiaryHold]]:
    at_home = at_home_on(calendar)
    found: defaultdict[date, list[DiaryHold]] = defaultdict(list)
    for hold in days_without_tablets(calendar):
        for day in _days(hold.first, hold.last):
            several = len(at_home(day) | {hold.treatment}) > 1
            some = several and detail is not Detail.FULL
            form = form_at_home(calendar) if some else calendar.form_of(hold.treatment)
            line = replace(_hold_of(calendar, hold, detail, several), form=form)
            if line not in found[day]:
                found[day].append(line)
    return found


def _hold_of(calendar: Calendar, hold: WithoutTablets, detail: Detail, several: bool) -> DiaryHold:
    if detail is Detail.FULL:
        return DiaryHold(treatment=drug_called(calendar, hold.treatment), open_end=hold.open_end)
    return DiaryHold(some=several, open_end=hold.open_end)


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
