"""Days of tablets and days without: how many to take on which day, and when not to take any.

A day that a hold or an end of treatment took away is simply not here: a struck-out "2 tablets" on a telephone is a
hazard. The hold itself is a line of its own that says "do not take".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Flag, HeldPeriod, Kind, Run, Status
from scheduler.calendar.entries.unplanned import is_unplanned
from scheduler.dates import add_months
from scheduler.findings import Finding, Severity, sort_findings
from scheduler.protocol.plan.dosing.strengths import Strengths, made_of, only_way
from scheduler.views.reader.wording import OF_OFTEN
from scheduler.vocabulary.dosage_forms import TABLET, Count, DosageForm, as_count, form_of_all


class Size(NamedTuple):
    """What one tablet of each strength holds, the largest first, and the unit; or the least part of what a dose is made of.

    ``step`` is that part: half a tablet, a tenth of a mL. ``form`` is what the patient holds.
    """

    strengths: Strengths
    unit: str
    form: DosageForm = TABLET
    step: Decimal = Decimal(1)


Making: TypeAlias = Callable[[Decimal, Strengths], tuple[int, ...] | None]

TabletSizes: TypeAlias = Mapping[str, Size]
"""What tablets hold, by treatment, or by drug where a treatment has several.

``{"regorafenib": ((Decimal(40),), "mg")}``

A cycle that was started under an earlier version of the protocol has its own, as ``"regorafenib.1/regorafenib"``.
"""

ONE_DAY = timedelta(days=1)
MONTHS_WITHOUT_END = 24
"""How long a hold that nobody has ended is shown where the calendar has no last day: longer than any hold lasts."""

TAKEN = (Status.PLANNED, Status.DONE)


@dataclass(frozen=True, slots=True)
class TabletDay:
    """One day on which the patient takes tablets of one treatment. ``day`` is a civil date at the site.

    ``reported``: somebody said how much was taken on the whole day.
    """

    id: str
    treatment: str
    day: date
    doses: tuple[Dose, ...]
    flags: tuple[Flag, ...]
    latest: int
    reported: bool = False

    @property
    def entry(self) -> str:
        """The id of the cycle that it is a day of."""
        return self.id.rpartition(".")[0]

    @property
    def is_unknown(self) -> bool:
        """True while a value or a prescription is missing, and nobody knows how much is to be taken."""
        return not self.reported and any(dose.amount is None for dose in self.doses)


@dataclass(frozen=True, slots=True)
class WithoutTablets:
    """Days, both included, without tablets of one treatment. ``open_end``: nobody knows the last one yet."""

    id: str
    treatment: str
    first: date
    last: date
    open_end: bool
    latest: int


def oral_treatments(calendar: Calendar) -> frozenset[str]:
    """The treatments of this calendar that are taken at home."""
    return frozenset(entry.timeline for entry in calendar.entries if _is_to_be_taken(entry))


def at_home_on(calendar: Calendar) -> Callable[[date], frozenset[str]]:
    """The treatments of which the patient has tablets on a day: from the first day on which they are taken to the last.

    A run-in that is over before the next treatment begins was one at a time; what is taken by turns is at home all the while.
    """
    spans: dict[str, tuple[date, date]] = {}
    for each in tablet_days(calendar):
        first, last = spans.get(each.treatment, (each.day, each.day))
        spans[each.treatment] = min(first, each.day), max(last, each.day)
    return lambda day: frozenset(name for name, (first, last) in spans.items() if first <= day <= last)


def form_at_home(calendar: Calendar) -> DosageForm:
    """What the patient has at home, of all treatments together: medicine where these differ, tablets where there are none."""
    oral = oral_treatments(calendar)
    return form_of_all(calendar.form_of(name) for name in oral) if oral else TABLET


def _is_to_be_taken(entry: Entry) -> bool:
    """True for a cycle of tablets; what was taken on other days was never to be taken."""
    return entry.kind is Kind.ORAL and not is_unplanned(entry)


def tablet_days(calendar: Calendar) -> Iterator[TabletDay]:
    """Every day on which tablets are, or were, to be taken; none that is held, cancelled or was not taken."""
    for entry in calendar.entries:
        if not _is_to_be_taken(entry):
            continue
        for run in entry.runs:
            if run.status not in TAKEN:
                continue
            # A delay of the cycle moves its days, and only the cycle cites it.
            latest = max(entry.because.latest, run.because.latest)
            flags = tuple(dict.fromkeys((*entry.flags, *run.flags)))
            for day in range(run.first_day, run.last_day + 1):
                date_taken = run.first_date + ONE_DAY * (day - run.first_day)
                yield TabletDay(
                    f"{entry.id}.{day}", entry.timeline, date_taken, run.doses, flags, latest, _is_reported(run)
                )


def _is_reported(run: Run) -> bool:
    # A report that states an amount states no level.
    return run.status is Status.DONE and all(dose.is_as_reported for dose in run.doses)


@dataclass(frozen=True, slots=True)
class OfStrength:
    """So many tablets of one strength, such as "20 mg"; None where there is one strength, and nobody has to tell them apart."""

    count: Count
    strength: str | None = None


@dataclass(frozen=True, slots=True)
class AtOnce:
    """How many tablets of each strength are taken at once, and how often on the day: "twice daily", None for one time a day.

    Never the number of a whole day with two doses: who read "4 tablets" might take at once what is for two. Nor is a sum over
    strengths told: four of which?
    """

    tablets: tuple[OfStrength, ...]
    often: str | None = None
    form: DosageForm = TABLET


def tablets_at_once(
    treatment: str, doses: tuple[Dose, ...], sizes: TabletSizes, *, reported: bool = False, entry: str = ""
) -> AtOnce | None:
    """How many tablets make each dose of the day; None when that is not a whole number, or not known. Never a rounded one.

    ``entry`` is the cycle, which may have tablets of its own. Of a report (the amount of the whole day), how many there were of
    each strength where it can have been in one way only.
    """
    if len(doses) != 1:
        return None
    dose = doses[0]
    size = _size(treatment, dose, sizes, entry)
    sayable = dose.often is None or dose.often in OF_OFTEN or dose.most_of_day is not None
    tablets = _tablets_in(dose, size, only_way if reported else made_of) if size is not None and sayable else None
    return AtOnce(tablets, dose.often, size.form) if tablets is not None and size is not None else None


def in_several_strengths(treatment: str, doses: tuple[Dose, ...], sizes: TabletSizes, entry: str = "") -> bool:
    """True where a number of tablets says nothing without their strengths."""
    found = [_size(treatment, dose, sizes, entry) for dose in doses]
    return any(len(size.strengths) > 1 for size in found if size is not None)


def tablet_findings(calendar: Calendar, sizes: TabletSizes) -> tuple[Finding, ...]:
    """The doses that the tablets cannot make, for staff: the patient's agenda then says no number."""
    return sort_findings(
        _not_made(entry.id, dose, size)
        for entry in calendar.entries
        if _is_to_be_taken(entry)
        for dose in _doses_taken(entry)
        if dose.amount is not None and (size := _size(entry.timeline, dose, sizes, entry.id)) is not None
        if _tablets_in(dose, size) is None
    )


def days_without_tablets(calendar: Calendar) -> tuple[WithoutTablets, ...]:
    """The holds of treatments taken at home, those of one treatment that overlap or touch as one.

    A hold lasts from its first day to the day before dosing resumed. While nobody knows when that will be it lasts to
    the end of what the calendar covers, and not to the cycle's last dosing day: where the line ends, a patient would
    start again. Nor does it grow with today: its end would change without an event, SEQUENCE would stay, and calendar
    programs ignore such a change. The event that resumes dosing shortens it, with a higher SEQUENCE.
    """
    oral = oral_treatments(calendar)
    holds: defaultdict[str, list[HeldPeriod]] = defaultdict(list)
    for hold in calendar.holds:
        if hold.treatment in oral and (hold.over is None or hold.over > hold.start):
            holds[hold.treatment].append(hold)
    return tuple(
        _line(treatment, group, calendar) for treatment in sorted(holds) for group in _touching(holds[treatment])
    )


def _size(treatment: str, dose: Dose, sizes: TabletSizes, entry: str) -> Size | None:
    name = treatment if dose.of is None else dose.of
    return sizes.get(f"{entry}/{name}") or sizes.get(name)


def _tablets_in(dose: Dose, size: Size, made: Making = made_of) -> tuple[OfStrength, ...] | None:
    strengths, unit = size.strengths, size.unit
    counts = made(dose.amount, strengths) if dose.amount is not None and dose.unit == unit else None
    if counts is None:
        return None
    if len(strengths) == 1:
        return (OfStrength(as_count(counts[0] * size.step)),)
    counted = zip(counts, strengths, strict=True)
    return tuple(OfStrength(count, f"{each.normalize():f} {unit}") for count, each in counted if count)


def _not_made(entry_id: str, dose: Dose, size: Size) -> Finding:
    form = size.form
    holds = " and ".join(f"{(each / size.step).normalize():f} {size.unit}" for each in size.strengths)
    of = f"{form.name} of {holds}/{form.many}" if form.is_measured else f"{form.plural} of {holds}"
    return Finding(
        code="tablets-do-not-make-dose",
        severity=Severity.WARNING,
        message=f"{dose} cannot be made of {of}",
        hint=f"the patient's calendar shows no number of {form.many}; change the dose or the product",
        entry=entry_id,
    )


def _doses_taken(entry: Entry) -> tuple[Dose, ...]:
    return tuple(dict.fromkeys(dose for run in entry.runs if run.status in TAKEN for dose in run.doses))


def _touching(holds: list[HeldPeriod]) -> list[list[HeldPeriod]]:
    groups: list[list[HeldPeriod]] = []
    end: date | None = date.min
    for hold in sorted(holds, key=lambda hold: (hold.start, hold.events)):
        if groups and (end is None or hold.start <= end):
            groups[-1].append(hold)
            end = None if end is None or hold.over is None else max(end, hold.over)
        else:
            groups.append([hold])
            end = hold.over
    return groups


def _line(treatment: str, holds: list[HeldPeriod], calendar: Calendar) -> WithoutTablets:
    first = min(hold.start for hold in holds)
    numbers = [number for hold in holds for number in hold.events]
    # What an event creates carries that event's number. Several reasons for one line: the first that was recorded names
    # it.
    identity = f"hold.{treatment}.{min(numbers, default=0)}"
    resumed = [hold.over for hold in holds if hold.over is not None]
    open_end = len(resumed) < len(holds)
    last = _covered_until(calendar, first) if open_end else max(resumed) - ONE_DAY
    return WithoutTablets(identity, treatment, first, last, open_end, max(numbers, default=0))


def _covered_until(calendar: Calendar, first: date) -> date:
    if calendar.until is not None:
        return max(calendar.until, first)
    # Of the hold alone: the date of some other entry would let this line change without an event of its own.
    return date.fromordinal(add_months(first.toordinal(), MONTHS_WITHOUT_END))
