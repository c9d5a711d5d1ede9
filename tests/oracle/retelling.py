"""The seed study retold day by day, as a coordinator with a paper diary would keep it.

Nothing here is asked for by name and resolved backwards, as in the engine: the days pass one after the other, each
morning the slips of what is still to come are looked through, and what falls on the day is written down. Sheets that
were filed late are in the folder from the start, as they are for somebody who copies the diary out again.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.oracle.beside_the_plan import tablets_beside_the_plan
from tests.oracle.diary import CANCELLED, DONE, NO_RECORD, NOT_DONE, PLANNED, Slip, Told
from tests.oracle.followup import FollowUp
from tests.oracle.fractions import FRACTIONS, awaits_a_decision, fraction_names, fractions_too_many, later_sessions
from tests.oracle.orders import Orders, decisions_to_stop, events_end, no_more
from tests.oracle.pending import name_what_is_pending, windows_after_radiotherapy
from tests.oracle.sheets import Folder, as_day
from tests.oracle.unstarted import dose_of
from tests.oracle.wall import ONE_DAY, Wall, days_from, years_after

MOST_DOSES = 35
WEEKS_8 = 56


def retell(events: list[dict[str, Any]], closed: set[date], open: set[date], until: date) -> dict[str, Told]:
    """The whole calendar up to a day, and what is pending, by entry id."""
    folder = Folder(events)
    if not folder.all("randomised"):
        return {}
    diary = Diary(folder, Wall(closed, open), events_end(events, until) + timedelta(days=100))
    diary.keep()
    return {name: told for name, told in sorted(diary.pages.items()) if told.date is None or told.date <= until}


class Diary:
    """The pages written so far, the slips still open, and the day that it is."""

    def __init__(self, folder: Folder, wall: Wall, last_day: date) -> None:
        self.folder, self.wall, self.last_day = folder, wall, last_day
        randomisation = folder.all("randomised")[0]
        self.arm, self.randomised = randomisation.text("arm"), randomisation.on
        self.first_dose = folder.first_dose() or self.expected_first_dose()
        self.orders = Orders(folder, self.arm)
        first = min(sheet.on for sheet in folder.sheets)
        self.first_day = min(first, self.randomised)
        self.orders.read(self.first_day, last_day)
        self.no_visits_from, self.no_contact_from = no_more(folder)
        self.pages: dict[str, Told] = {}
        self.slips: dict[str, Slip] = {}
        self.seen: set[str] = set()
        self.given_too_early: list[Slip] = []
        self.numbers: dict[str, list[int]] = {treatment: [] for treatment in self.orders.treatments}
        self.radiotherapy_over: date | None = None
        self.follow_up = FollowUp(self)

    def expected_first_dose(self) -> date:
        planned = self.folder.last("first dose planned")
        if planned:
            return as_day(planned.get("to"))
        return self.wall.first_open(self.randomised + ONE_DAY)

    def rule_of_the_first_day(self, rule: str) -> str:
        """The day of a first dose that was given, or that somebody planned, stands whatever is closed."""
        return "that day" if self.folder.first_dose() or self.folder.all("first dose planned") else rule

    def keep(self) -> None:
        """From the first sheet to the last day: the slips in the morning, the tablets at noon, new slips at night."""
        self.slips_at_the_start()
        for day in days_from(self.first_day, self.last_day):
            for slip in list(self.slips.values()):
                self.look_at(slip, day)
            self.facts_without_a_slip(day)
            self.tablets(day)
            self.evening(day)
        self.cross_out_what_no_dose_has()
        windows_after_radiotherapy(self)
        name_what_is_pending(self)
        self.follow_up.close()
        tablets_beside_the_plan(self)

    def cross_out_what_no_dose_has(self) -> None:
        for treatment in ("toripalimab", "radiotherapy"):
            for n in set(self.numbers.get(treatment, ())) - set(
                self.used(treatment) if treatment in self.numbers else ()
            ):
                self.pages.pop(f"{treatment}.{n}", None)

    # the slips

    def slips_at_the_start(self) -> None:
        rule = self.rule_of_the_first_day("later")
        self.add(Slip("regorafenib.1", self.first_dose, rule=rule, treatment="regorafenib"))
        if self.arm == "experimental":
            rule = self.rule_of_the_first_day("nearest")
            self.add(Slip("toripalimab.1", self.first_dose, rule=rule, treatment="toripalimab"))
        for n in range(1, 14):
            ideal = self.randomised + timedelta(days=WEEKS_8 * n)
            if ideal <= years_after(self.randomised, 2):
                self.add(Slip(f"imaging.{n}", ideal, 7, 7))
        self.add(Slip("survival.last", years_after(self.first_dose, 2), 14, 14))

    def add(self, slip: Slip) -> None:
        """Every slip is made once, also if it is thrown away later."""
        self.seen.add(slip.name)
        delay = self.folder.delayed_until(slip.name)
        if delay:
            slip.not_before.append(delay)
        if slip.name.startswith("radiotherapy"):
            slip.not_before += [failed + ONE_DAY for failed in self.folder.failed_on(slip.name)]
        self.slips[slip.name] = slip

    def is_written(self, name: str) -> bool:
        """A cycle stands in the diary under its first day."""
        return (f"{name}.1" if name.startswith("regorafenib") else name) in self.pages

    def day_of(self, name: str) -> date | None:
        told = self.pages.get(f"{name}.1" if name.startswith("regorafenib") else name)
        return told.date if told else None

    def look_at(self, slip: Slip, today: date) -> None:
        """Is it for today? Then write it down."""
        if today < slip.due - timedelta(days=slip.early) and slip.name not in self.folder.names:
            return
        self.learn(slip, today)
        done = self.folder.done_on(slip.name)
        if done:
            if done <= today:
                self.write(slip, done, DONE)
            return
        missed = self.folder.failed_on(slip.name)
        if slip.on_hold and missed and not slip.after_radiotherapy and self.did_not_wait(slip, missed[0], today):
            booked = self.folder.booked_for(slip.name)
            void = booked is None or booked in self.orders.held[slip.treatment or ""]
            planned = self.day_without_booking(slip) if void else self.planned_day(slip)
            self.write(slip, planned, NOT_DONE)
            for past in days_from(planned, today - ONE_DAY):
                self.tablets(past)
            return
        if slip.after_radiotherapy or slip.on_hold or not self.may_be_today(slip, today):
            return
        self.look_back_at_holds(slip, today)
        planned = self.planned_day(slip)
        if planned > today:
            return
        if self.is_too_late(slip, planned) and not missed:
            self.slips.pop(slip.name)
        else:
            self.write(slip, planned, NOT_DONE if missed and slip.treatment != "radiotherapy" else PLANNED)

    def learn(self, slip: Slip, today: date) -> None:
        """What the slip waits for may have become known: the end of radiotherapy, or of a hold on its day."""
        if slip.after_radiotherapy and self.radiotherapy_over:
            slip.not_before.append(self.radiotherapy_over + ONE_DAY)
            slip.after_radiotherapy = False
        if slip.on_hold and not self.is_blocked(slip, today):
            slip.not_before.append(today)
            slip.on_hold = False
        if not slip.after_radiotherapy and not slip.on_hold and self.may_be_today(slip, today):
            slip.on_hold = self.is_blocked(slip, self.planned_day(slip))

    def may_be_today(self, slip: Slip, today: date) -> bool:
        if today < slip.window[0] and not self.folder.booked_for(slip.name):
            return False
        return self.planned_day(slip) <= today

    def planned_day(self, slip: Slip) -> date:
        booked = self.folder.booked_for(slip.name)
        return booked if booked and not self.is_void(slip, booked) else self.day_without_booking(slip)

    def day_without_booking(self, slip: Slip) -> date:
        first, last = slip.window
        if slip.never_planned_before:
            first, last = max(first, slip.never_planned_before), max(last, slip.never_planned_before)
        put_off = slip.rule == "that day" and slip.ideal > slip.due
        return self.wall.choose("later" if put_off else slip.rule, slip.ideal, first, last)

    def is_void(self, slip: Slip, booked: date) -> bool:
        """A booking that no longer keeps the distance, or a wait; after a hold, the resume is such a wait."""
        too_early = any(booked < wait for wait in slip.not_before) or (slip.after is not None and booked <= slip.after)
        return too_early or (self.is_blocked(slip, booked) and booked <= self.day_without_booking(slip))

    def is_blocked(self, slip: Slip, day: date) -> bool:
        return slip.treatment is not None and self.orders.blocked(slip.treatment, day)

    def look_back_at_holds(self, slip: Slip, today: date) -> None:
        """Booked for after a hold that it would have fallen into: the resume is a wait all the same."""
        while self.folder.booked_for(slip.name) and self.is_blocked(slip, self.day_without_booking(slip)):
            day = self.day_without_booking(slip)
            resumed = [each for each in days_from(day, today) if not self.is_blocked(slip, each)]
            if not resumed:
                return
            slip.not_before.append(resumed[0])

    def did_not_wait(self, slip: Slip, missed: date, today: date) -> bool:
        """It was written off before the hold ended."""
        if slip.treatment == "radiotherapy":
            return False
        return missed <= today or all(self.is_blocked(slip, day) for day in days_from(today, missed))

    def is_too_late(self, slip: Slip, day: date) -> bool:
        if slip.name.startswith("survival"):
            return day >= self.no_contact_from
        if slip.treatment:
            return slip.treatment == "toripalimab" and day >= years_after(self.first_dose, 2)
        if slip.name.startswith("imaging") and self.no_scan_after(day):
            return True
        if slip.name.startswith(("c1d", "c2d")) and self.is_broken_off(slip.name, day):
            return True
        return day >= self.no_visits_from

    def is_broken_off(self, visit: str, day: date) -> bool:
        """Regorafenib was given up between the start of the cycle and this day of it."""
        start = self.day_of(f"regorafenib.{visit[1]}")
        stopped = self.orders.stopped["regorafenib"]
        return start is not None and (start in stopped or any(start <= stop <= day for stop in stopped))

    def no_scan_after(self, day: date) -> bool:
        progressed = self.folder.progressed_on()
        beyond = [sheet.on for sheet in self.folder.all("treated beyond progression")]
        if progressed and beyond:
            again = [sheet.on for sheet in self.folder.all("progressed") if sheet.on > max(beyond)]
            progressed = min(again, default=None)
        ends = [end for end in (progressed, self.folder.first_day("new anticancer therapy")) if end]
        return any(day > end for end in ends)

    def write(self, slip: Slip, day: date, says: str) -> None:
        self.slips.pop(slip.name)
        if slip.after_radiotherapy:
            self.given_too_early.append(slip)
        window = slip.window if slip.has_window else None
        self.put(slip.name, Told(day, says, slip.ideal, window))

    def put(self, name: str, told: Told) -> None:
        """Write a new line; a cycle stands under its first day."""
        treatment, _, n = name.partition(".")
        if treatment in self.numbers:
            self.numbers[treatment].append(int(n))
        self.pages[f"{name}.1" if treatment == "regorafenib" else name] = told

    def facts_without_a_slip(self, day: date) -> None:
        """What happened out of order, or after it should have ended, happened all the same."""
        for sheet in self.folder.on(day):
            name = sheet.text("entry")
            if sheet.event == "cycle started":
                name = f"regorafenib.{sheet.text('cycle')}"
            elif sheet.event == "given":
                name = f"{sheet.text('treatment')}.{sheet.text('n')}"
            elif sheet.event != "visit done":
                continue
            if not self.is_written(name) and name not in self.slips:
                self.seen.add(name)
                self.put(name, Told(day, DONE))
                self.throw_away_those_before(name)

    def throw_away_those_before(self, name: str) -> None:
        """What still waits and has a lower number will have no dose: this one was given in its place."""
        treatment, _, n = name.partition(".")
        for slip in list(self.slips.values()):
            waits = slip.on_hold or slip.after_radiotherapy
            if slip.treatment == treatment and slip.number < int(n) and waits and not self.folder.failed_on(slip.name):
                self.slips.pop(slip.name)

    def first_cycle(self) -> str:
        """The first that has a dose, whatever it is called."""
        used = self.used("regorafenib")
        return f"regorafenib.{used[0] if used else 1}"

    # the tablets

    def tablets(self, day: date) -> None:
        """Write down today's tablets; they belong to the cycle that started last."""
        starts = [(start, n) for n in self.numbers["regorafenib"] if (start := self.day_of(f"regorafenib.{n}"))]
        going_on = [(start, n) for start, n in starts if start <= day <= start + timedelta(days=20)]
        taken = [each for each in going_on if not self.was_missed(each[1]) and not self.is_overtaken(*each)]
        last = max(taken, default=None)
        for start, n in going_on:
            k = (day - start).days + 1
            line = self.pages.get(f"regorafenib.{n}.{k}") or Told(day, PLANNED)
            says = self.tablet(n, k, day) if (start, n) == last or (last is None and self.was_missed(n)) else CANCELLED
            if says == CANCELLED and self.was_missed(n):
                says = NOT_DONE
            self.pages[f"regorafenib.{n}.{k}"] = Told(day, says, line.ideal, line.window)

    def is_overtaken(self, planned: date, number: int) -> bool:
        """Nobody wrote that this one was started, and one with a higher number was started before it would be."""
        if self.folder.done_on(f"regorafenib.{number}"):
            return False
        later = [self.folder.done_on(f"regorafenib.{n}") for n in self.numbers["regorafenib"] if n > number]
        return any(start <= planned for start in later if start)

    def tablet(self, n: int, k: int, day: date) -> str:
        dose = dose_of(self, n, day)
        report = self.folder.tablets_on(day)
        if report and report.event == "taken":
            return report.text("amount") or dose
        if not report and k == 1 and self.folder.done_on(f"regorafenib.{n}"):
            return dose
        if not report and self.folder.taken_before_an_order(day):
            return dose
        if self.was_missed(n):
            return NOT_DONE
        start = self.day_of(f"regorafenib.{n}")
        assert start is not None
        if any(start <= stop <= day for stop in self.orders.stopped["regorafenib"]):
            return CANCELLED
        if day in self.orders.held["regorafenib"]:
            return "held"
        return NOT_DONE if report else dose

    def was_missed(self, n: int) -> bool:
        """Somebody wrote that this cycle was not taken at all."""
        name = f"regorafenib.{n}"
        return bool(self.folder.failed_on(name)) and self.folder.done_on(name) is None

    # at night

    def evening(self, day: date) -> None:
        self.next_cycle()
        if self.arm == "experimental":
            self.next_dose()
            self.next_fraction(day)
            self.is_radiotherapy_over(day)
        self.laboratory_visits()
        self.follow_up.evening(day)

    def following(self, treatment: str) -> list[tuple[int, date]]:
        """Numbers that have no slip and no line yet while the one before has its day."""
        return [
            (n + 1, day)
            for n in self.used(treatment)
            if f"{treatment}.{n + 1}" not in self.seen and (day := self.day_of(f"{treatment}.{n}"))
        ]

    def next_cycle(self) -> None:
        for n, previous in self.following("regorafenib"):
            slip = Slip(f"regorafenib.{n}", previous + timedelta(days=28), 3, 3, "later", "regorafenib", after=previous)
            slip.after_radiotherapy = self.place_of(slip.name) == 2 and self.arm == "experimental"
            self.add(slip)

    def used(self, treatment: str) -> list[int]:
        """The numbers that have a dose: where a later number was given by then, one that nobody recorded has none."""
        with_a_dose = []
        first_given_later = date.max
        for n in sorted(self.numbers[treatment], reverse=True):
            name = f"{treatment}.{n}"
            planned, done = self.day_of(name), self.folder.done_on(name)
            if planned and (done or first_given_later > planned or self.folder.failed_on(name)):
                with_a_dose.append(n)
            first_given_later = min(first_given_later, done or date.max)
        return with_a_dose[::-1]

    def place_of(self, name: str) -> int:
        """Which dose of its treatment it is, whatever it is called."""
        treatment, _, number = name.partition(".")
        return 1 + sum(n < int(number) for n in self.used(treatment))

    def next_dose(self) -> None:
        given = [n for n in self.used("toripalimab") if self.pages[f"toripalimab.{n}"].says != NOT_DONE]
        for n, previous in self.following("toripalimab"):
            if len(given) < MOST_DOSES:
                slip = Slip(f"toripalimab.{n}", previous + timedelta(days=21), 3, 3, "nearest", "toripalimab")
                slip.after = previous
                place = self.place_of(slip.name)
                slip.after_radiotherapy = place == 2
                if place > 2:
                    slip.not_before.append(previous + timedelta(days=18))
                self.add(slip)

    def next_fraction(self, day: date) -> None:
        if not self.is_written("radiotherapy.1") and "radiotherapy.1" not in self.seen:
            cycle_1 = self.day_of(self.first_cycle())
            if cycle_1 or day in self.orders.stopped["regorafenib"]:
                waits = [cycle_1 + timedelta(days=21)] if cycle_1 and self.is_cycle_1_going_on(day) else []
                self.add(
                    Slip(
                        "radiotherapy.1",
                        self.first_dose + timedelta(days=21),
                        rule="later",
                        treatment="radiotherapy",
                        not_before=waits,
                    )
                )
        for n, previous in self.following("radiotherapy"):
            if self.place_of(f"radiotherapy.{n}") <= FRACTIONS and not awaits_a_decision(self, n):
                tomorrow = max([previous, *later_sessions(self.folder, n - 1)]) + ONE_DAY
                self.add(Slip(f"radiotherapy.{n}", tomorrow, 0, 0, "later", "radiotherapy", [tomorrow], previous))

    def is_cycle_1_going_on(self, day: date) -> bool:
        """Regorafenib was not given up before its 21 days were over."""
        cycle_1 = self.day_of(self.first_cycle())
        if cycle_1 is None:
            return False
        stops = decisions_to_stop(self.folder, "regorafenib")
        standing = [stop for stop in stops if not self.folder.taken_up_again("regorafenib", stop, cycle_1)]
        return not any(stop <= cycle_1 + timedelta(days=20) for stop in standing)

    def is_radiotherapy_over(self, day: date) -> None:
        if self.radiotherapy_over:
            return
        fractions = [self.day_of(name) for name in fraction_names(self)]
        given = [self.folder.done_on(name) for name in fraction_names(self)]
        known = [fraction for fraction in fractions if fraction]
        given_up = self.folder.all("discontinued", treatment="radiotherapy")
        decisions = [sheet.on for sheet in given_up if not self.folder.taken_up_again("radiotherapy", sheet.on)]
        if len(known) < FRACTIONS or any(day in self.orders.stopped["radiotherapy"] for day in known):
            decisions = decisions_to_stop(self.folder, "radiotherapy")
        stopped = decisions[0] if decisions and not all(given) else None
        if stopped is None and len(known) == FRACTIONS and not any(n not in self.pages for n in fraction_names(self)):
            self.radiotherapy_over = max([*known, *fractions_too_many(self)])
        elif stopped is not None and stopped <= day:
            done = [fraction for fraction in given if fraction]
            self.radiotherapy_over = max([stopped, *done, *fractions_too_many(self)])
            for name in fraction_names(self):
                if name in self.pages and not self.folder.done_on(name):
                    told = self.pages[name]
                    self.pages[name] = Told(told.date, NO_RECORD, told.ideal, told.window)

    def laboratory_visits(self) -> None:
        # A cycle that was written off is one of them, also while nobody knows yet on which day it would have been.
        written_off = {n for n in range(1, max(self.numbers["regorafenib"], default=0)) if self.was_missed(n)}
        cycles = dict(enumerate(sorted({*self.used("regorafenib"), *written_off}), 1))
        for name, place, cycle_day, rule in (
            ("c1d8.1", 1, 8, "nearest"),
            ("c1d15.1", 1, 15, "earlier"),
            ("c2d15.1", 2, 15, "earlier"),
        ):
            start = self.day_of(f"regorafenib.{cycles[place]}") if place in cycles else None
            if start and name not in self.seen:
                self.add(Slip(name, start + timedelta(days=cycle_day - 1), 2, 2, rule))
