"""The patient's diary on paper: visits to come to, what to bring, whom to call, and a sheet with boxes to tick for each month."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from unicodedata import east_asian_width

from scheduler.exports.paper.dates_in_words import day_in_words, month_in_words, span_in_words, weekday_in_words
from scheduler.exports.paper.diary_changes import changes_in_words
from scheduler.exports.paper.doses_in_words import beside_in_words, hold_in_words, tablets_in_words
from scheduler.exports.paper.foot import foot_of
from scheduler.exports.paper.patient_words import PatientWord as Word
from scheduler.exports.paper.patient_words import printed, printed_of
from scheduler.exports.paper.typeset import Data, typeset
from scheduler.exports.told import in_words
from scheduler.languages import Language
from scheduler.protocol.plan.times.frequency import doses_a_day
from scheduler.said import Said, languages_missing
from scheduler.site.open_days import ANY_DAY
from scheduler.views.agenda.diary import Diary, DiaryDay, DiaryTablets, DiaryVisit
from scheduler.views.agenda.diary_changes import DiaryChanges
from scheduler.views.agenda.tablets import AtOnce
from scheduler.views.imprint import Imprint
from scheduler.views.reader.audience import Detail
from scheduler.views.reader.wording import Phrase, say
from scheduler.vocabulary.dosage_forms import DosageForm, form_of_all
from scheduler.vocabulary.forms_in_words import OfForm, unit_in_words
from scheduler.words.saying import say as say_in

MOST_BOXES = 8
"""More tablets than this have one box together: there is no room for more in a day."""

_HEIGHT_OF_WEEKS = 198
"""Millimetres for the weeks of one month, six at the most."""

_HIGHEST_WEEK = 39
_LINE = 6
"""Millimetres between two lines for notes."""
_MOST_LINES = 10
_LETTERS_OF_A_DAY = 110
"""Points of letters side by side in one day: 11 of 10 points."""

_PLACES = {
    "clinic": Word.CLINIC,
    "infusion": Word.INFUSION,
    "radiotherapy": Word.RADIOTHERAPY,
    "imaging": Word.IMAGING,
    "pharmacy": Word.PHARMACY,
}


def diary_as_pdf(
    diary: Diary,
    imprint: Imprint,
    contacts: Iterable[tuple[str, str]] = (),
    changes: DiaryChanges | None = None,
    places: Mapping[str, str] | None = None,
    *,
    certified: bool = True,
) -> bytes:
    """The diary as PDF, A4: PDF/A-2a and PDF/UA-1. The same arguments give the same bytes.

    ``contacts`` are whom to call and how; without any there are lines to write on. They are the site's words and are printed at
    every level of detail. ``changes`` are what differs from the sheet that the patient has; ``places`` what the site calls its
    departments. A translation that is not ``certified`` says so at the foot of every page.
    Raises InvalidText where a letter cannot be printed, or for a language without its font.
    """
    language = diary.language
    changed = changes.days if changes else frozenset()
    data: dict[str, Data] = {
        "title": printed(Word.DIARY, language),
        "period": span_in_words(diary.first, diary.last, language),
        "number-word": printed(Word.NUMBER, language),
        "number": diary.subject,
        "changed-word": printed(Word.CHANGED, language),
        "changes": None if changes is None else _changes(changes, diary.form, language),
        "visits": _visits(diary, changes.visit_ids if changes else frozenset(), places),
        "bring": {"title": printed(Word.BRING, language), "lines": list(_bring(diary))},
        "call": {
            "title": printed(Word.CALL, language),
            "now": printed_of(diary.form, Word.CALL_NOW, language),
            "contacts": [{"who": in_words(who, language), "how": in_words(how, language)} for who, how in contacts],
        },
        "signs": _signs(diary, bool(changed)),
        "months": [_month(diary, year, month, changed) for year, month in _months(diary)],
        "notes": printed_of(diary.form, Word.NOTES, language),
        "signed": printed(Word.SIGNED, language),
        "checked": printed(Word.CHECKED, language),
        "foot": foot_of(imprint, language, certified=certified),
    }
    return typeset("diary", data, imprint.recorded, language)


def _changes(changes: DiaryChanges, form: DosageForm, language: Language) -> Data:
    return {
        "title": printed(Word.CHANGED_TITLE, language),
        "none": printed(Word.UNCHANGED, language),
        "lines": list(changes_in_words(changes, form, language)),
    }


def _visits(diary: Diary, changed: frozenset[str], places: Mapping[str, str] | None) -> Data:
    language = diary.language
    return {
        "title": printed(Word.VISITS, language),
        "none": printed(Word.NO_VISITS, language),
        "head": [printed(word, language) for word in (Word.DAY, Word.TIME, Word.WHAT, Word.WHERE)],
        "rows": [
            {
                "day": day_in_words(visit.day, language),
                "time": visit.time.isoformat("minutes") if visit.time else None,
                "what": in_words(visit.summary, language),
                "lines": list(_lines(visit, language)),
                "place": _place(visit, places or {}, language),
                "contact": visit.contact,
                "ask": visit.ask_first,
                "changed": visit.id in changed,
            }
            for visit in diary.visits
        ],
    }


def _lines(visit: DiaryVisit, language: Language) -> Iterator[str]:
    """What else is told of a visit, all activities in one line; nothing that stands in the other columns already."""
    time = visit.time.isoformat("minutes") if visit.time else ""
    for line in visit.lines:
        told = line.removeprefix(f"{time} ") if time else line
        if not line.startswith("- ") and told not in visit.summary and line != say(Phrase.TIMES, times=time):
            yield in_words(line, language)
    activities = [in_words(line, language).removeprefix("- ") for line in visit.lines if line.startswith("- ")]
    if activities:
        yield " · ".join(activities)


def _place(visit: DiaryVisit, places: Mapping[str, str], language: Language) -> str | None:
    """The departments as the site calls them, else in plain words; one that has none, as the protocol calls it."""
    named = [place for place in visit.places if place != ANY_DAY.resource]
    return ", ".join(_called(place, places, language) for place in named) or None


def _called(place: str, places: Mapping[str, str], language: Language) -> str:
    own = places.get(place)
    if own is not None and (place not in _PLACES or not languages_missing(own, (language,))):
        return in_words(own, language)
    return printed(_PLACES[place], language) if place in _PLACES else place


def _bring(diary: Diary) -> Iterator[str]:
    yield printed(Word.BRING_DIARY, diary.language)
    if diary.tablets:
        yield printed_of(diary.form, Word.BRING_TABLETS, diary.language)
    yield printed(Word.BRING_MEDICINES, diary.language)
    yield printed(Word.BRING_CARD, diary.language)


def _signs(diary: Diary, changed: bool) -> Data:
    """Only the signs that this diary has."""
    language = diary.language
    tablets = [line for day in diary.days for line in day.tablets]
    holds = [hold for day in diary.days for hold in day.holds]
    visits = diary.visits
    some = any(hold.some for hold in holds)
    together = [line for line in tablets if not (line.ask_first or line.as_needed) and _boxes(line) is None]
    held = form_of_all(hold.form for hold in holds) if holds else diary.form
    wanted: list[tuple[str, Said | OfForm, DosageForm, bool]] = [
        *(("tablets", Word.SIGN_TABLETS, form, True) for form in _forms(line for line in tablets if _boxes(line))),
        *(("taken", _sign_of(form), form, True) for form in _forms(together)),
        (
            "ask",
            Word.SIGN_ASK,
            diary.form,
            any(each.ask_first for each in tablets) or any(each.ask_first for each in visits),
        ),
        ("hold", Word.SIGN_HOLD_SOME if some else Word.SIGN_HOLD, held, bool(holds)),
        ("visit", Word.SIGN_VISIT, diary.form, any(not visit.contact for visit in visits)),
        ("contact", Word.SIGN_CONTACT, diary.form, any(visit.contact for visit in visits)),
        ("changed", Word.SIGN_CHANGED, diary.form, changed),
    ]
    by_plan = [line for line in tablets if not line.as_needed]
    lines: list[Said | OfForm] = [Word.SIGN_EMPTY, Word.MISSED] if diary.tablets and (by_plan or not tablets) else []
    if any(hold.open_end for hold in holds):
        lines.insert(0, Word.SIGN_HOLD_OPEN)
    if any(day.treatment for day in diary.days):
        lines.insert(0, Word.SIGN_TREATMENT)
    if any(line.times for line in tablets):
        lines.insert(0, Word.SIGN_TIMES)
    if diary.several and diary.detail is not Detail.FULL:
        lines.insert(0, Word.SEVERAL)
    if any(line.strength_unsaid for line in tablets):
        lines.insert(0, Word.SEVERAL_STRENGTHS)
    return {
        "title": printed(Word.SIGNS, language),
        "ask-word": printed(Word.ASK_FIRST, language),
        "hold-word": printed_of(held, Word.DO_NOT_TAKE, language),
        "visit-word": printed(Word.VISIT, language),
        "contact-word": printed(Word.CONTACT, language),
        "rows": [
            {"sign": sign, "words": printed_of(form, word, language)}
            for sign, word, form, is_there in wanted
            if is_there
        ],
        "lines": [printed_of(diary.form, word, language) for word in lines],
    }


def _forms(lines: Iterable[DiaryTablets]) -> list[DosageForm]:
    """What is taken in these lines, each once: a box for each has another meaning for mL than for tablets."""
    return list(dict.fromkeys(line.form for line in lines))


def _sign_of(form: DosageForm) -> Said | OfForm:
    return Word.SIGN_MEASURED if form.is_measured else Word.SIGN_TAKEN


def _months(diary: Diary) -> list[tuple[int, int]]:
    return list(dict.fromkeys((day.date.year, day.date.month) for day in diary.days))


def _month(diary: Diary, year: int, month: int, changed: frozenset[date]) -> Data:
    days = {day.date: day for day in diary.days}
    every = months.Calendar(firstweekday=0).monthdatescalendar(year, month)
    weeks = [week for week in every if any(day in days and day.month == month for day in week)]
    height = min(_HIGHEST_WEEK, _HEIGHT_OF_WEEKS // len(weeks))
    cells: list[Data] = [
        [_day(day, days.get(day), diary.language, day in changed) if day.month == month else None for day in week]
        for week in weeks
    ]
    return {
        "name": month_in_words(year, month, diary.language),
        "weekdays": [weekday_in_words(number, diary.language) for number in range(7)],
        "weeks": cells,
        "height": height,
        "lines": min(2 + (_HEIGHT_OF_WEEKS - height * len(weeks)) // _LINE, _MOST_LINES),
    }


def _day(on: date, day: DiaryDay | None, language: Language, changed: bool) -> Data:
    if day is None:
        return {"number": on.day, "inside": False}
    return {
        "number": on.day,
        "inside": True,
        "changed": changed,
        "visits": [_visit_label(visit, language) for visit in day.visits],
        "tablets": [_tablets_label(line, language) for line in day.tablets],
        "holds": [hold_in_words(hold, language) for hold in day.holds],
        "to-write": [in_words(each, language) for each in day.to_write],
        "treatment": printed(Word.TREATMENT, language) if day.treatment else None,
        "treatment-size": _size_in_a_day(printed(Word.TREATMENT, language), 7.5),
    }


def _visit_label(visit: DiaryVisit, language: Language) -> Data:
    words = [printed(Word.CONTACT if visit.contact else Word.VISIT, language)]
    if visit.time:
        words[0] += f" {visit.time.isoformat('minutes')}"
    if visit.ask_first:
        words.append(printed(Word.ASK_FIRST, language))
    look = "ask" if visit.ask_first else "contact" if visit.contact else "visit"
    return {"words": list(words), "look": look}


def _tablets_label(line: DiaryTablets, language: Language) -> Data:
    beside = beside_in_words(line, language)
    if line.ask_first:
        told = say_in(unit_in_words(line.form, many=True), language)
        return {"words": printed(Word.ASK_FIRST, language), "beside": beside or None, "look": "ask", "told": told}
    words = tablets_in_words(line, language)
    return {
        "words": words,
        "size": _size_in_a_day(words, 10),
        "beside": beside or None,
        "look": "take",
        "boxes": 0 if line.as_needed else _boxes(line) or _doses_of_parts(line),
        "taking": in_words(line.taking, language) if line.taking is not None else None,
        "times": [printed(Word.TIME, language)] * line.times,
    }


def _size_in_a_day(words: str, most: float) -> float:
    """The size of letters, in points, at which the longest word is no wider than a day: more is read as the next day's dose."""
    longest = max(
        (len(word) for word in words.split() if not any(east_asian_width(each) in "WF" for each in word)), default=1
    )
    return min(most, _LETTERS_OF_A_DAY / longest)


def _boxes(line: DiaryTablets) -> int | None:
    """A box for each tablet of the day; None where they are not told, too many, halves or mL: then a box is for the dose."""
    told = line.at_once is not None and not (line.ask_first or line.as_needed)
    number = _tablets_a_day(line.at_once) if line.at_once is not None and told else 0
    return number if 0 < number <= MOST_BOXES else None


def _tablets_a_day(at_once: AtOnce) -> int:
    pieces = 0 if _is_in_parts(at_once) else sum(int(each.count) for each in at_once.tablets)
    return pieces * (doses_a_day(at_once.often) or 1)


def _is_in_parts(at_once: AtOnce) -> bool:
    """True where a dose is no number of pieces: half tablets, mL."""
    return at_once.form.is_measured or any(each.count % 1 for each in at_once.tablets)


def _doses_of_parts(line: DiaryTablets) -> int:
    """A box for each dose of the day that is no number of pieces; else one for all of them."""
    in_parts = line.at_once is not None and _is_in_parts(line.at_once)
    return (doses_a_day(line.at_once.often) or 1) if line.at_once is not None and in_parts else 1
