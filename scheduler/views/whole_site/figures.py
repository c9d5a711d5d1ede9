"""The study in figures: how many were randomised to each arm by month, where the patients stand, and why treatment ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.patient.events import Randomised
from scheduler.views.patients import Patient
from scheduler.views.whole_site.standing import Standing, standing_on


@dataclass(frozen=True, slots=True)
class ArmFigures:
    """The patients of one arm, None before randomisation: how many in all, and how many stand where."""

    arm: str | None
    patients: int
    standing: tuple[tuple[Standing, int], ...]

    def of(self, standing: Standing) -> int:
        """How many stand there."""
        return dict(self.standing).get(standing, 0)


@dataclass(frozen=True, slots=True)
class Month:
    """How many had been randomised to each arm by the end of a month, in the order of the arms; the first day names it."""

    first: date
    by_arm: tuple[int, ...]

    @property
    def all(self) -> int:
        """Of all arms."""
        return sum(self.by_arm)


@dataclass(frozen=True, slots=True)
class EndReason:
    """Why all treatment ended, as it was recorded last, and of whom. None: nobody recorded why."""

    reason: str | None
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StudyFigures:
    """All figures. ``standings`` are those that somebody has, in their order; ``arms`` has those before randomisation last."""

    arms: tuple[ArmFigures, ...]
    standings: tuple[Standing, ...]
    months: tuple[Month, ...]
    ends: tuple[EndReason, ...]

    @property
    def randomised_to(self) -> tuple[str, ...]:
        """The arms that somebody was randomised to, in the order of a month's figures."""
        return tuple(each.arm for each in self.arms if each.arm is not None)


def figures_of(patients: Sequence[tuple[Patient, date]]) -> StudyFigures:
    """The figures of these patients, each by the today of the patient's own site."""
    standing = [(patient, standing_on(patient, on)) for patient, on in patients]
    by_arm: defaultdict[str | None, Counter[Standing]] = defaultdict(Counter)
    for patient, where in standing:
        by_arm[patient.course.arm][where] += 1
    arms = tuple(
        ArmFigures(arm, counts.total(), tuple((each, counts[each]) for each in Standing if counts[each]))
        for arm, counts in sorted(by_arm.items(), key=lambda item: (item[0] is None, item[0] or ""))
    )
    there = {where for _, where in standing}
    names = [each.arm for each in arms if each.arm is not None]
    return StudyFigures(
        arms,
        tuple(each for each in Standing if each in there),
        _months([patient for patient, _ in patients], names),
        _ends(patient for patient, _ in patients),
    )


def _months(patients: Sequence[Patient], arms: Sequence[str]) -> tuple[Month, ...]:
    """Every month from the first randomisation to the last, also those in which nobody was randomised."""
    randomised = Counter(
        (facts[-1].event.on.replace(day=1), patient.course.arm)
        for patient in patients
        if (facts := patient.course.of(Randomised))
    )
    days = [day for day, _ in randomised]
    if not days:
        return ()
    months, total, first = [], Counter[str](), min(days)
    while first <= max(days):
        total.update({arm: randomised[first, arm] for arm in arms})
        months.append(Month(first, tuple(total[arm] for arm in arms)))
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return tuple(months)


def _ends(patients: Iterable[Patient]) -> tuple[EndReason, ...]:
    ended: defaultdict[str | None, list[str]] = defaultdict(list)
    for patient in patients:
        end = patient.course.end_of_treatment
        if end is not None:
            ended[end.event.reason].append(patient.subject)
    found = [EndReason(reason, tuple(sorted(subjects))) for reason, subjects in ended.items()]
    return tuple(sorted(found, key=lambda each: (-len(each.subjects), each.reason is None, each.reason or "")))
