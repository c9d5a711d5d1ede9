"""Delays, reductions and stops: every outcome of a small case enumerated by hand, against the tree of logs and the runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from statistics import fmean

from scheduler.folder.reading.study import read_study
from scheduler.folder.trying.forecasting import in_study
from scheduler.forecasting.expecting.rates import Chance, Course, Rates
from scheduler.forecasting.simulating.futures import Begun, Future, Futures
from scheduler.forecasting.simulating.outcomes import outcomes_of
from scheduler.forecasting.weeks import Weeks
from scheduler.patient.appending import append
from scheduler.patient.log import Log
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from tests.forecasting.told import MONDAY, SITE, ahead, begun, simple, units_of
from tests.views.told import PROTOCOL

BEGAN = (
    "{on: 2026-03-02, event: randomised, arm: one}",
    "{on: 2026-03-02, event: dispensed, treatment: drug, cycle: 1, quantity: 56}",
    "{on: 2026-03-02, event: cycle started, treatment: drug, cycle: 1}",
)
"""Day 1 of cycle 1 is today: up to 3 May there are cycle 2 (30 March) and, where nothing is put off, cycle 3 (27 April)."""

WEEKS = 9
COURSE = Course(
    ended=Chance(Fraction(1, 10), "S"),
    discontinued=Chance(Fraction(1, 5), "S"),
    delayed=Chance(Fraction(1, 4), "S", days=7),
    reduced=Chance(Fraction(1, 3), "S"),
)


def every_story() -> Iterator[tuple[Fraction, int]]:
    """Each way in which cycles 2 and 3 may begin, with its chance and the tablets that the list asks for."""
    ends, stops, late, less = Fraction(1, 10), Fraction(1, 5), Fraction(1, 4), Fraction(1, 3)
    for choices in product(("ended", "discontinued", "plan", "late", "less", "late and less"), repeat=2):
        chance, day, level, events, over = Fraction(1), date(2026, 3, 30), 0, list[str](), False
        for cycle, choice in enumerate(choices, start=2):
            if over or day > date(2026, 5, 3):
                # Nothing is drawn any more: one of the six stands for all.
                chance *= choice == "plan"
                continue
            may_reduce = level > -1
            if choice in ("ended", "discontinued"):
                chance *= ends if choice == "ended" else (1 - ends) * stops
                told = "event: end of treatment" if choice == "ended" else "event: discontinued, treatment: drug"
                events.append(f"{{on: {day}, {told}}}")
                over = True
                continue
            is_late, is_less = "late" in choice, "less" in choice
            chance *= (1 - ends) * (1 - stops) * (late if is_late else 1 - late)
            chance *= (less if is_less else 1 - less) if may_reduce else (0 if is_less else 1)
            if is_less and may_reduce:
                level -= 1
                events.append(f"{{on: {day}, event: dose changed, treatment: drug, level: -1, dose: 40 mg}}")
            if is_late:
                until = day + timedelta(days=7)
                events.append(f"{{on: {day}, event: delayed, treatment: drug, cycle: {cycle}, until: {until}}}")
                day = until
            day += timedelta(days=28)
        if chance:
            yield chance, tablets(begun(*BEGAN, *events))


def tablets(patient: Begun) -> int:
    weeks = Weeks(MONDAY, WEEKS)
    known = patient_of(patient.version, patient.site, patient.log, subject="P-1")
    return int(sum(total.units for total in dispensing_list([known], weeks.first, weeks.last, on=MONDAY).totals))


def distribution(found: Iterator[tuple[Fraction, int]]) -> dict[int, Fraction]:
    chances: dict[int, Fraction] = defaultdict(Fraction)
    for chance, units in found:
        chances[units] += chance
    return dict(chances)


def every_future(futures: Futures, future: Future, at: int = 0) -> Iterator[tuple[Fraction, Future]]:
    """The whole tree, with the exact chance of each leaf."""
    if at == len(future.starts):
        yield Fraction(1), future
        return
    start = future.starts[at]
    for which, (chance, _) in enumerate(outcomes_of(futures.courses[start.treatment], start.lower is not None)):
        then = (future, at + 1) if which == 0 else (futures.after(future, at, which), 0)
        for further, leaf in every_future(futures, *then):
            yield chance * further, leaf


def test_the_tree_of_logs_has_every_story_with_its_chance() -> None:
    by_hand = distribution(every_story())
    assert sum(by_hand.values()) == 1
    futures = Futures(begun(*BEGAN), {"drug": COURSE}, Weeks(MONDAY, WEEKS))
    leaves = every_future(futures, futures.first)
    by_tree = distribution(
        (chance, sum(need.units or 0 for need in leaf.needs.needs) // 1000) for chance, leaf in leaves
    )
    assert by_tree == by_hand


def test_runs_come_out_as_the_chances_say() -> None:
    by_hand = distribution(every_story())
    runs = 1000
    simulated = ahead(Rates(seed=5, runs=runs, courses={"drug": COURSE}), WEEKS, begun(*BEGAN))
    totals = [sum(each) for each in zip(*(units_of(simulated, week) for week in (4, 5, 8)), strict=True)]
    mean = float(sum(units * chance for units, chance in by_hand.items()))
    variance = float(sum(units**2 * chance for units, chance in by_hand.items())) - mean**2
    assert abs(fmean(totals) - mean) < 4 * (variance / runs) ** 0.5
    for units, chance in by_hand.items():
        error = (float(chance * (1 - chance)) / runs) ** 0.5
        assert abs(totals.count(units) / runs - chance) < 4 * error + 1e-9, units


def test_what_is_certain_happens_in_every_run() -> None:
    # Every start is put off by a week: cycle 2 on 6 April, cycle 3 on 4 May + 7 = 11 May; 42 tablets each.
    course = Course(delayed=Chance(Fraction(1), "S", days=7))
    simulated = ahead(Rates(seed=5, runs=3, courses={"drug": course}), 11, begun(*BEGAN))
    needed = {week: units_of(simulated, week) for _, week in simulated.tallies}
    assert needed == {5: [42, 42, 42], 10: [42, 42, 42]}  # the weeks of 6 April and 11 May


def test_every_made_up_log_is_one_that_staff_could_record() -> None:
    rates = {
        "regorafenib": COURSE,
        "toripalimab": Course(discontinued=Chance(Fraction(1, 9), "S"), delayed=Chance(Fraction(1, 5), "S", days=10)),
    }
    study = read_study(PROTOCOL.parent)
    tried = 0
    for patient in in_study(study)[1:4:2]:
        futures = Futures(patient, rates, Weeks(date(2026, 5, 21), 7))
        _, leaf = max(every_future_of_some(futures), key=lambda each: len(each[1].log))
        log = patient.log
        for record in leaf.log.records[len(patient.log) :]:
            log = append(patient.version, log, record.event, versions=patient.version.others)
            tried += 1
        assert log == leaf.log
    assert tried > 5


def every_future_of_some(futures: Futures) -> Iterator[tuple[int, Future]]:
    """The futures in which the same kind of thing happens again and again."""
    for which in range(1, 6):
        future, steps = futures.first, 0
        while future.starts and steps < 6:
            future, steps = futures.after(future, 0, min(which, len(future.outcomes[0]) - 1)), steps + 1
        yield which, future


def test_a_log_only_grows() -> None:
    futures = Futures(begun(*BEGAN), {"drug": COURSE}, Weeks(MONDAY, WEEKS))
    for _, leaf in every_future(futures, futures.first):
        assert Log(leaf.log.records[: len(BEGAN)]) == futures.begun.log
    assert futures.begun.version is simple()
    assert futures.begun.site is SITE
