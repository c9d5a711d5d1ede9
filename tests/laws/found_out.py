"""What is found out about a patient on the way: facts that a branch or a dose hangs on, values, samples, unscheduled visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.calendar.entries.dose_sheet import Standing

if TYPE_CHECKING:
    from tests.laws.walks import Walk

NUMBERS: dict[str, tuple[int, ...]] = {
    "age": (60, 75, 76, 80),
    "creatinine clearance": (90, 60, 45, 20),
    "weight": (70, 66, 50, 90),
    "LVEF": (60, 55, 45, 49),
}
WORDS: dict[str, tuple[str | int, ...]] = {
    "sex": ("female", "male", "female", "male"),
    "ECOG": (0, 1, 2, 3),
    "blood pressure": ("130/80 mmHg", "145/85 mmHg", "170/105 mmHg", "150/90 mmHg"),
}


def fact(walk: Walk, wait: int, pick: int) -> None:
    """Something that a branch or a dose hangs on, one way or another."""
    asked = sorted({each.name for each in walk.plan.asked_facts})
    names = (*asked, *asked, *NUMBERS)
    name = names[pick % len(names)]
    value = NUMBERS[name][wait % 4] if name in NUMBERS else WORDS[name][wait % 4] if name in WORDS else wait % 3 > 0
    walk.record(event="attribute", name=name, value=value)


def value(walk: Walk, wait: int, pick: int) -> None:
    """A value that a cycle waits for: good enough, or not."""
    needed = [each for line in walk.plan.timelines.values() if line.goes_on for each in line.goes_on.needs]
    tests = sorted({(each.test, each.asked.unit) for each in needed}, key=str)
    if tests:
        test, unit = tests[pick % len(tests)]
        # What is asked in points is a percentage itself.
        walk.record(event="measured", test=test, value=200 if wait % 3 else "0.5", unit=unit or "%")


def sample(walk: Walk, wait: int, pick: int) -> None:
    """The next time point of a sheet is taken, at its time or some minutes later, or is not."""
    due = [
        (sheet, each)
        for sheet in walk.calendar().sheets
        for each in sheet.samples
        if each.planned is not None and each.standing is Standing.PLANNED
    ]
    if not due:
        return
    sheet, point = due[0]
    assert point.planned is not None
    n, *day = sheet.id.removeprefix(f"{sheet.sheet}.").split(".")
    told: dict[str, object] = {"sheet": sheet.sheet, "n": int(n), "point": point.point.name}
    told |= {"day": int(day[0])} if day else {}
    walk.today = max(walk.today, point.planned.day)
    if pick == 9:
        walk.record(event="not sampled", reason="vein", **told)
    else:
        at = point.planned.at.replace(minute=min(59, point.planned.at.minute + wait * (pick % 3)))
        walk.record(event="sampled", at=f"{at:%H:%M}", **told)


def unscheduled(walk: Walk, wait: int, pick: int) -> None:
    walk.record(event="unscheduled visit", activities=["blood count"][: pick % 2])
