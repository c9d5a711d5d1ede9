"""The study in figures: randomised by arm and month, where the patients stand, and why treatment ended."""

from __future__ import annotations

from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.said import said
from scheduler.views.whole_site.figures import EndReason, figures_of
from scheduler.views.whole_site.figures_of_work import decisions_waiting, deviations_by_month, levels_by_cycle
from scheduler.views.whole_site.standing import Standing
from tests.views.told import CONTROL, EXPERIMENTAL, on, patient

HAND_FOOT = (
    "  - {on: 2026-03-02, event: adverse event, ae: 1, grade: 3, related: [regorafenib], "
    "term: Palmar-plantar erythrodysesthesia syndrome}\n"
)
END = "  - {{on: 2026-04-10, event: end of treatment, reason: {}, by: Dr Example}}\n"
LATE = "  - {on: 2026-05-04, event: randomised, arm: control}\n"
CONSENTED = "  - {on: 2026-05-04, event: consented}\n"


def test_figures_of_five_patients() -> None:
    patients = [
        patient(EXPERIMENTAL),
        patient(EXPERIMENTAL, END.format("progression"), subject="EXP-002"),
        patient(CONTROL, END.format("progression"), subject="CTL-001"),
        patient(LATE, subject="CTL-002"),
        patient(CONSENTED, subject="SCR-001"),
    ]
    found = figures_of([(each, on("05-21")) for each in patients])
    assert [(each.arm, each.patients) for each in found.arms] == [("control", 2), ("experimental", 2), (None, 1)]
    assert found.standings == (
        Standing.NOT_RANDOMISED,
        Standing.RANDOMISED,
        Standing.ON_TREATMENT,
        Standing.ENDED,
    )
    assert [found.arms[0].of(each) for each in found.standings] == [0, 1, 0, 1]
    # Three in February, nobody in March and April, one in May; control comes first.
    assert [(f"{month.first:%m}", month.by_arm) for month in found.months] == [
        ("02", (1, 2)),
        ("03", (1, 2)),
        ("04", (1, 2)),
        ("05", (2, 2)),
    ]
    assert found.ends == (EndReason("progression", ("CTL-001", "EXP-002")),)


def test_study_without_patients_has_no_figures() -> None:
    found = figures_of([])
    assert (found.arms, found.months, found.ends) == ((), (), ())


def test_deviations_are_counted_by_kind_and_month_and_those_without_a_day_in_the_total() -> None:
    missed, late = Deviated.MISSED, Deviated.OUT_OF_WINDOW

    def one(kind: Deviated, day: str | None) -> Deviation:
        when = on(day) if day is not None else None
        return Deviation(kind, "imaging", None, when, None, said("not done"), None, (), None)

    found = deviations_by_month([one(late, "01-31"), one(late, "03-01"), one(late, None), one(missed, "03-31")])
    assert [f"{month:%Y-%m-%d}" for month in found.months] == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert [(each.kind, each.by_month, each.all) for each in found.kinds] == [
        (late, (1, 0, 1), 3),
        (missed, (0, 0, 1), 1),
    ]
    assert deviations_by_month([one(late, "01-31"), one(late, "03-01")], most=2).kinds[0].by_month == (0, 1)
    assert deviations_by_month([]).months == ()


def test_decision_waits_for_so_many_days_and_the_longest_is_first() -> None:
    days = (("A-1", "03-04"), ("A-2", "03-09"))
    patients = [(patient(EXPERIMENTAL, HAND_FOOT, subject=name), on(day)) for name, day in days]
    found = decisions_waiting(patients)
    # Raised on 2 March: two days before the 4th, seven before the 9th.
    assert [(each.subject, each.days) for each in found] == [("A-2", 7), ("A-1", 2)]


def test_levels_are_those_at_which_recorded_cycles_began() -> None:
    found = levels_by_cycle([patient(EXPERIMENTAL), patient(CONTROL)])
    assert [(each.levels, [(row.cycle, row.patients) for row in each.cycles]) for each in found] == [
        ((0,), [(1, (2,))])
    ]
