"""What a sentence means, in words, told from what the program read and not from the sentence, for the page of the language."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.dose_sheet import minutes_in_words
from scheduler.dates import MONTHS, Span
from scheduler.protocol.plan.dosing.bands import IN_UNIT, Band, Taken
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.dosing.multiple import Multiple
from scheduler.protocol.plan.times.follows import THE_CYCLES, Follows
from scheduler.protocol.plan.times.moments import (
    DayOf,
    DueOf,
    EachEvent,
    Edge,
    EndOf,
    HasHad,
    IdealOf,
    LastDayOf,
    LastDose,
    Moment,
    Named,
    OnDate,
    OnStudyDay,
    Relative,
    Selection,
    StartOf,
    Which,
)
from scheduler.protocol.plan.times.timing import Counted, CountLimit, DateLimit, Timing
from scheduler.protocol.sentences.times.place import ActivityPlace, OpenPhrase
from scheduler.protocol.sentences.times.sheet import SheetPhrase
from scheduler.protocol.sentences.times.timing import TimingPhrase

_PER = {"m2": " for each m2 of body surface", "kg": " for each kg of body weight", "AUC": " by the Calvert formula"}


def phrase_in_words(phrase: TimingPhrase) -> str:
    """The whole of a "when"."""
    if phrase.ages:
        _first, *later = (f"{span}" for span in phrase.ages)
        return f"{timing_in_words(phrase.timing)}; then so too {', '.join(later)} after date of birth, each with its number"
    return timing_in_words(phrase.timing, phrase.follows)


def timing_in_words(timing: Timing, follows: Follows | None = None) -> str:
    """The day, its window, what it waits for and where it ends."""
    parts = [_day(timing, moment_in_words(timing.moment) if follows is None else _each(timing.moment, follows))]
    if timing.open_ended:
        parts.append("that day or any later one, as soon as it is open")
    if timing.hours is not None:
        days = f"{timing.early} days earlier to {timing.late} days later" if timing.early or timing.late else "that day"
        parts.append(f"{timing.hours} around it, and {days} while a time is not known")
    elif timing.early is not None or timing.late is not None:
        in_open_days = " in working days of the site" if timing.in_open_days else ""
        parts.append(f"{_window(timing.early or 0, timing.late or 0)}{in_open_days}")
    parts += [f"it waits until {edge_in_words(edge)}" for edge in timing.not_before]
    parts += [f"never later than {edge_in_words(edge)}" for edge in timing.not_after]
    parts += ["every day from then on"] if timing.lasts else []
    parts += [f"until {'the day before ' if limit.before else ''}{edge_in_words(limit.edge)}" for limit in timing.until]
    return "; ".join(parts) + _cited(timing.clause.assumptions)


def _cited(names: tuple[str, ...]) -> str:
    return f" (it rests on {' and '.join(names)})" if names else ""


def _day(timing: Timing, moment: str) -> str:
    if timing.of_each_year:
        days = " and ".join(f"{day} {MONTHS[month - 1]}" for month, day in timing.of_each_year)
        return f"{days} of every year, from {moment} on"
    if timing.every is not None:
        start = "the last day of the sentence before it" if timing.continues else moment
        return f"again and again, {timing.every} apart, counted from {start}, whatever was late in between"
    return moment if timing.span is None else _offset(moment, timing.span, timing.sign)


def _offset(moment: str, span: Span, sign: int) -> str:
    if span.hours is not None:
        start = moment.removeprefix("the same day as ")
        if span.amount == 0:
            return f"{start}, by the clock where its time is recorded"
        return f"{span} after {start}, by the clock where its time is recorded, else {Span(span.in_days or 0)} after it"
    return f"the same day as {moment}" if span.amount == 0 else f"{span} {'after' if sign > 0 else 'before'} {moment}"


def _each(moment: Moment, follows: Follows) -> str:
    """The occurrences of another treatment or visit that this has one for, each."""
    which = _of_these("cycle" if follows.timeline == THE_CYCLES else follows.timeline, follows.selection)
    if follows.days:
        return f"day{'s' if len(follows.days) > 1 else ''} {', '.join(map(str, follows.days))} of {which}"
    return f"the day on which {which} is due" if isinstance(moment, DueOf) else f"the same day as {which}"


def _of_these(name: str, selection: Selection) -> str:
    if not selection.listed:
        return (
            f"every {name}"
            if selection.every == 1
            else f"every {selection.every}{_ending(selection.every or 0)} {name}"
        )
    return f"{name}, {selection_in_words(selection)}"


def _window(early: int, late: int) -> str:
    if early == late:
        return f"up to {_days(early)} earlier or later"
    parts = [f"up to {_days(early)} earlier"] if early else []
    parts += [f"up to {_days(late)} later"] if late else []
    return " or ".join(parts)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def edge_in_words(edge: Edge) -> str:
    """A moment, or a time before or after one."""
    moment = moment_in_words(edge.moment)
    return moment if edge.span is None else _offset(moment, edge.span, edge.sign)


_ON_PURPOSE = "; another may begin on that day"
_FINISHED = ", but a cycle that has started by then is given to its end"


def limit_in_words(limit: CountLimit | DateLimit) -> str:
    """Where a treatment or visit ends."""
    if isinstance(limit, DateLimit):
        after = f"{'on or ' if limit.before else ''}after {edge_in_words(limit.edge)}"
        started = _FINISHED if limit.finishes else _ON_PURPOSE if limit.included else ""
        return f"nothing {after}{started}{_cited(limit.clause.assumptions)}"
    if limit.counted is Counted.GIVEN:
        return f"ends when {limit.most} have been given; what was left out does not count{_cited(limit.clause.assumptions)}"
    if limit.choice:
        offered = f"{', '.join(map(str, limit.choice[:-1]))} or {limit.most}"
        least = limit.choice[0]
        ends = (
            f"ends with number {offered}: nothing after {least} is planned before it is recorded as '{limit.of} of ...'"
        )
        return f"{ends}{_cited(limit.clause.assumptions)}"
    return f"ends with number {limit.most}, given or not{_cited(limit.clause.assumptions)}"


def moment_in_words(moment: Moment) -> str:
    """One moment."""
    if isinstance(moment, StartOf | DayOf | LastDayOf | IdealOf | DueOf):
        return _occurrence(moment)
    match moment:
        case Named(name):
            return name
        case OnStudyDay(label):
            return f"Study Day {label}"
        case OnDate(day):
            return date.fromordinal(day).isoformat()
        case HasHad(timeline, most):
            return f"the last day of number {most} of {timeline}, what was not done not counted"
        case EndOf(timeline):
            return f"the day on which {timeline} ends, by its last one or because it is stopped"
        case LastDose(timeline):
            return f"the last dose of {timeline or 'anything'}"
        case EachEvent("adverse event", low, high, serious, ends):
            grades = f"{low} to {high}" if low < high else f"{low}"
            which = "" if (low, high) == (1, 5) else f" that ever had grade {grades}"
            then = "is resolved" if ends else "first has that grade" if which else "begins"
            return f"the day on which each {'serious ' if serious else ''}adverse event{which} {then}"
        case EachEvent(name):
            return f"every {name} that is recorded"


def _occurrence(moment: StartOf | DayOf | LastDayOf | IdealOf | DueOf) -> str:
    which = _which(moment.timeline, moment.which)
    match moment:
        case DayOf(day=0):
            return f"those days of {which}"
        case DayOf(day=day):
            return f"day {day} of {which}"
        case LastDayOf():
            return f"the last day of {which}"
        case IdealOf():
            return f"the day that was planned for {which}, whenever it took place"
        case DueOf():
            return f"the day on which {which} is due"
        case StartOf():
            return which


def _which(timeline: str, which: Which) -> str:
    if which is Relative.PREVIOUS:
        return "the one before" if not timeline else f"the {timeline} before"
    if which is Relative.SAME:
        return f"the {timeline} that it belongs to"
    return f"its own number {which}" if not timeline else f"{timeline} number {which}"


def selection_in_words(selection: Selection) -> str:
    """Which occurrences: every one, every 3rd, 1 and 2, 3 and 6 and then every 4th."""
    listed = ", ".join(map(str, selection.listed))
    if selection.every is None:
        return f"only number {listed}" if len(selection.listed) == 1 else f"only numbers {listed}"
    every = "every one" if selection.every == 1 else f"every {selection.every}{_ending(selection.every)}"
    return f"numbers {listed}, then {every} after them" if listed else every


def _ending(number: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(number, "th")


def gives_in_words(gives: tuple[Give, ...]) -> str:
    """What is given; half days are told apart."""
    return "; ".join(map(_give, gives))


def _give(give: Give) -> str:
    amount = "the dose of the level in force" if give.amount is None else f"{give.amount:f}"
    if give.multiple is not None:
        amount = _multiple(give.multiple)
    high = f" to {give.high:f}" if give.high is not None else ""
    high = "".join(f" or {each:f}" for each in give.offered[1:]) or high
    unit = f" {give.unit}{_PER.get(give.per or '', '')}" if give.unit else ""
    parts = [f"{'AUC ' if give.per == 'AUC' else ''}{amount}{high}{unit if give.per != 'AUC' else _PER['AUC']}"]
    parts += (
        [f"as the physician prescribes{' for each lesion' if give.unit == 'Gy' else ''}"] if give.prescribed else []
    )
    if give.a_day > 1:
        parts.append(f"{give.a_day} times a day, each with its own number")
    parts += [f"at least {give.hours_apart} hours apart"] if give.hours_apart else []
    parts += [part for part in (give.frequency, give.route) if part]
    parts += [f"over {give.duration}"] if give.duration else []
    parts += [f"to be taken {give.taking}"] if give.taking.says_anything else []
    parts.append(_on_days(give))
    parts += [f"in cycles: {selection_in_words(give.cycles)}"] if give.cycles is not None else []
    return ", ".join(parts) + _cited(give.clause.assumptions)


def _multiple(multiple: Multiple) -> str:
    share = f"{multiple.share.normalize():f}{'' if multiple.parts == 1 else f'/{multiple.parts}'}"
    whose = f"of {multiple.of}" if multiple.of is not None else "of the same treatment"
    which = f"dose {multiple.number}" if multiple.number is not None else "the dose"
    return f"{share} times {which} {whose}, worked out from its sentence"


def band_in_words(band: Band) -> str:
    """Whose dose it is, and what they get."""
    low = "" if band.low is None else f" {band.low} or more" if band.includes_low else f" more than {band.low}"
    high = "" if band.high is None else f" {band.high} or less" if band.includes_high else f" less than {band.high}"
    ends = f"{low}{' and' if low and high else ''}{high} {IN_UNIT[band.measure]}"
    which = "the last up to the first dose of all" if band.taken is Taken.AT_FIRST_DOSE else "the last up to each day"
    dose = f"{band.amount} {band.unit}{_PER.get(band.per or '', '')}"
    dose = dose if band.share is None else f"{band.share_said} of the dose that is said"
    if band.levels:
        dose = f"the dose levels {', '.join(map(str, band.levels))} {band.unit}{_PER.get(band.per or '', '')}"
    return f"{band.measure} of{ends} ({which} counts): {dose}{_cited(band.clause.assumptions)}"


def _on_days(give: Give) -> str:
    if give.every_day:
        since = f" from day {give.days[0][0]} on" if give.days[0][0] > 1 else ""
        return f"every day{since} for as long as the treatment lasts"
    if give.days == ((1, 1),):
        return "on day 1"
    listed = ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in give.days)
    return f"on day{'' if listed.isdigit() else 's'} {listed} of the cycle"


def open_in_words(phrase: OpenPhrase) -> str:
    """Whose open days count."""
    if phrase.resource == "any day":
        return "every day will do, open or not, as for tablets at home"
    if phrase.days == (1,):
        return f"on days when {phrase.resource} is open"
    return f"only where {phrase.resource} is open on days {', '.join(map(str, phrase.days))}, its own day being 1"


def activity_in_words(place: ActivityPlace) -> str:
    """Which visits an activity belongs to."""
    if place.timeline is None:
        return "at every visit"
    which = f"{place.timeline}: {selection_in_words(place.selection)}"
    return f"at {which}" if place.apart is None else f"{place.apart.words} the day of {which}; it has days of its own"


def sheet_in_words(phrase: SheetPhrase) -> str:
    """Time points with their window, and what they count from."""
    follows, first = phrase.follows, phrase.points[0]
    days = f"days {', '.join(map(str, follows.days))} of " if follows.days else ""
    points = ", ".join(point.name for point in phrase.points)
    window = f"; {minutes_in_words(first)}" if first.early is not None else ""
    later = sorted({point.days_later for point in phrase.points} - {0})
    visits = f"; a visit of its own {', '.join(map(_days, later))} after it" if later else ""
    which = f"{days}{follows.timeline}, {selection_in_words(follows.selection)}"
    return f"{points} after {which}{window}{visits}{_cited(first.clause.assumptions)}"
