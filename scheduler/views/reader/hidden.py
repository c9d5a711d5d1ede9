"""What standard detail must not name: the study's drugs, where a protocol's own words mention them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Flag, Kind
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.protocol.plan.study import Role, StudyVersion
from scheduler.said import NOTHING, Code, Listed, Name, Quoted, Said, Text, Value, joined, said_of, text_of
from scheduler.views.reader.audience import Detail
from scheduler.views.reader.doses_in_words import dose_in_words
from scheduler.views.reader.drugs_called import drug_called
from scheduler.views.reader.taking_in_words import length_in_words
from scheduler.views.reader.wording import COLON, Phrase, say

DRUG_KINDS = (Kind.ORAL, Kind.INFUSION, Kind.INJECTION)


def drug_names(calendar: Calendar) -> frozenset[str]:
    """The names that the protocol gives to its drugs, in either arm as far as this calendar has them."""
    entries = [entry for entry in calendar.entries if entry.kind in DRUG_KINDS]
    doses = [dose for entry in entries for dose in (*entry.doses, *(dose for run in entry.runs for dose in run.doses))]
    named = {name for dose in doses if dose.of for name in (dose.of, *_names_in(said_of(dose.of)))}
    pending = {pending.timeline for pending in calendar.pending if pending.kind in DRUG_KINDS}
    titles = [
        *(entry.title for entry in entries),
        *(each.title for each in calendar.pending if each.kind in DRUG_KINDS),
    ]
    titles += [each.title for family in calendar.products.values() for each in family if each.title is not None]
    called = {name for title in titles if isinstance(title, Text) for name in _names_in(title.said)}
    return frozenset({entry.timeline for entry in entries} | named | pending | called)


def names_of_study(versions: Iterable[StudyVersion], detail: Detail) -> frozenset[str]:
    """What would tell the study, in every language: its names, those of arms and drugs; at neutral detail of each treatment."""
    found: set[str] = set()
    for version in versions:
        called = [version.study, version.title]
        for plan in version.arms.values():
            treatments = (each for each in plan.timelines.values() if each.role is Role.TREATMENT)
            told = (each for each in treatments if detail is Detail.NEUTRAL or each.kind in DRUG_KINDS)
            products = (each for family in plan.products.values() for each in family)
            called += [plan.arm_title, *(name for each in told for name in (each.name, each.title))]
            called += [name for each in products for name in (each.name, each.title or "")]
        found.update(name for each in called for name in (str(each), *_names_in(said_of(each))))
    # A letter, such as that of an arm, may stand in any address.
    return frozenset(name for name in found if len(name) > 1)


def _names_in(value: Value) -> Iterator[str]:
    """What a title calls the drug, in every language that it gives."""
    if isinstance(value, Name):
        yield from (name for _, name in value.by_language)
    if isinstance(value, Said):
        yield from (name for _, each in value.values for name in _names_in(each))
    if isinstance(value, Listed):
        yield from (name for each in value.items for name in _names_in(each))


def without_drugs(text: str, names: frozenset[str]) -> str:
    """The text with "study treatment" in the place of every drug's name, in every language that it is told in."""
    if not names:
        return text
    # The longest first, or "carboplatin-a" would leave its "-a"; letters of other scripts may touch the name, Latin
    # ones not.
    either = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    drugs = re.compile(rf"(?<![A-Za-z0-9])(?:{either})(?![A-Za-z0-9])", re.IGNORECASE)
    said = text.said if isinstance(text, Text) else Quoted(text)
    hidden = _hidden(said, drugs)
    return text if hidden == said else text_of(hidden)


def _hidden(value: Value, drugs: re.Pattern[str]) -> Value:
    if isinstance(value, Quoted | Code):
        return _in_parts([replace(value, text=piece) for piece in drugs.split(value.text)])
    if isinstance(value, Name):
        split = {language: drugs.split(name) for language, name in value.by_language}
        if len({len(pieces) for pieces in split.values()}) > 1:
            # Named more often in one language than in another: nothing else of it can be told without the name.
            return Phrase.STUDY_TREATMENT
        parts = zip(*split.values(), strict=True)
        return _in_parts([Name(tuple(zip(split, pieces, strict=True))) for pieces in parts])
    if isinstance(value, Said):
        return replace(value, values=tuple((place, _hidden(each, drugs)) for place, each in value.values))
    if isinstance(value, Listed):
        return replace(value, items=tuple(_hidden(each, drugs) for each in value.items))
    return value


def _in_parts(pieces: Sequence[Value]) -> Value:
    """What stands between the names, with "study treatment" where each of them stood."""
    found = [pieces[0]]
    for piece in pieces[1:]:
        found += [Phrase.STUDY_TREATMENT, piece]
    return found[0] if len(found) == 1 else Listed(tuple(found), NOTHING)


def activities_of(entries: Iterable[Entry], detail: Detail, names: frozenset[str]) -> tuple[str, ...]:
    """What is done on the day, each once, in the protocol's order and words; at less than full detail without drugs."""
    activities = dict.fromkeys(activity for entry in entries for activity in entry.activities)
    if detail is Detail.FULL:
        return tuple(activities)
    return tuple(dict.fromkeys(without_drugs(activity, names) for activity in activities))


def title_with_dose(calendar: Calendar, entry: Entry) -> str:
    """The entry as the protocol calls it, with the dose or doses and over how long each is given.

    Full detail only. A dose that waits for a decision is none, and one whose first day comes later is told on that day.
    """
    title = text_of(title_in_words(entry.title))
    begins_later = bool(entry.runs) and entry.runs[0].first_date != entry.date
    if Flag.AWAITING_DECISION in entry.flags or begins_later:
        return title
    doses = entry.doses or (entry.runs[0].doses if entry.runs else ())
    told = [_with_time(calendar, dose) for dose in doses]
    return joined((title, joined(told, Said(", "))), COLON) if doses else title


def _with_time(calendar: Calendar, dose: Dose) -> Text:
    told = dose_in_words(dose, partial(drug_called, calendar))
    return told if dose.over is None else say(Phrase.OVER_TIME, dose=told, time=length_in_words(dose.over))
