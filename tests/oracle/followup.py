"""The back pages of the diary: what hangs on the last doses, and what is counted back from a day to come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.oracle.diary import CANCELLED, DONE, NO_RECORD, NOT_DONE, PENDING, PLANNED, Slip, Told
from tests.oracle.fractions import fraction_names
from tests.oracle.orders import decisions_to_stop, end_of_treatment_on_file
from tests.oracle.sheets import Sheet
from tests.oracle.wall import ONE_DAY, days_from, years_after

if TYPE_CHECKING:
    from tests.oracle.retelling import Diary

BETTER = ("iCR", "iPR", "iSD", "non-iCR/non-iUPD")
"""Assessments that take an unconfirmed progression back."""
AFTER_TREATMENT = ("end-of-treatment.1", "safety-30.1", "safety-90.1", "survival.1", "adverse-events.1")
AFTER_THE_LAST_DOSE = ("safety-30.1", "safety-90.1", "survival.1")
ATTENDANCES = ("regorafenib", "toripalimab", "radiotherapy")


class FollowUp:
    """Made when all treatment has ended, from what the diary says on that evening."""

    def __init__(self, diary: Diary) -> None:
        self.diary = diary
        self.ended: date | None = None
        self.collected: tuple[date, date] | None = None

    @property
    def is_over(self) -> bool:
        """Nobody will ask this patient anything again."""
        return self.diary.no_contact_from < date.max

    def evening(self, day: date) -> None:
        if self.ended is None:
            self.ended = self.end_of_treatment(day)
            died = self.diary.folder.first_day("died")
            if self.ended:
                self.mark_what_nobody_recorded(self.ended)
            if self.ended and not (died and died <= self.ended):
                self.slips(self.ended)

    # the end of treatment

    def end_of_treatment(self, day: date) -> date | None:
        on_file = end_of_treatment_on_file(self.diary.folder)
        if on_file and not self.is_taken_up_again(on_file):
            return on_file if on_file <= day else None
        ends = [self.end_of(treatment, day) for treatment in self.diary.orders.treatments]
        known = [end for end in ends if end]
        end = max(known) if len(known) == len(ends) else None
        return end if end and not self.is_taken_up_again(end) else None

    def is_taken_up_again(self, end: date) -> bool:
        """Later sheets say that one of the treatments went on, with a reason."""
        return any(self.diary.folder.taken_up_again(treatment, end) for treatment in self.diary.orders.treatments)

    def end_of(self, treatment: str, day: date) -> date | None:
        """The day of the decision, or the last one of a number that is complete."""
        decided = [
            stop
            for stop in decisions_to_stop(self.diary.folder, treatment)
            if stop <= day and not self.diary.folder.taken_up_again(treatment, stop, day)
        ]
        if treatment == "radiotherapy":
            recorded = all(self.diary.folder.done_on(name) for name in fraction_names(self.diary))
            return self.diary.radiotherapy_over if recorded or decided else None
        if decided and day + ONE_DAY in self.diary.orders.stopped[treatment]:
            given = [sheet.on for sheet in self.diary.folder.all("given", "cycle started", treatment=treatment)]
            end = max([decided[-1], *given])
            return end if end <= day else None
        if treatment == "toripalimab" and not any(name.startswith("toripalimab") for name in self.diary.slips):
            return max(told.date for name, told in self.pages(treatment) if told.date)
        return None

    def pages(self, treatment: str) -> list[tuple[str, Told]]:
        return [(name, told) for name, told in self.diary.pages.items() if name.startswith(f"{treatment}.")]

    def mark_what_nobody_recorded(self, ended: date) -> None:
        """An attendance is never presumed: without a sheet, nobody knows."""
        for treatment in ("toripalimab", "radiotherapy"):
            for name, told in self.pages(treatment):
                if told.says == PLANNED and told.date and told.date <= ended:
                    self.diary.pages[name] = Told(told.date, NO_RECORD, told.ideal, told.window)

    # the last doses

    def last_tablet(self) -> date | None:
        """The last day with any tablets, in cycles that really started."""
        taken = [
            told.date
            for name, told in self.pages("regorafenib")
            if told.date and told.says.endswith("mg") and told.says != "0 mg" and self.has_started(name)
        ]
        return max([*taken, *self.taken_later()], default=None)

    def taken_later(self) -> list[date]:
        """Tablets that were taken although all had ended, as the sheets say that came in later."""
        starts = [sheet.on for sheet in self.diary.folder.all("cycle started")]
        return [*(day for day in starts if not self.is_not_taken(day)), *self.diary.folder.days_taken()]

    def is_not_taken(self, day: date) -> bool:
        report = self.diary.folder.tablets_on(day)
        return report is not None and report.event == "not taken"

    def has_started(self, name: str) -> bool:
        return self.diary.folder.done_on(f"regorafenib.{name.split('.')[1]}") is not None

    def last_given(self, treatment: str) -> date | None:
        return max((sheet.on for sheet in self.diary.folder.all("given", treatment=treatment)), default=None)

    def last_dose(self, *treatments: str) -> date | None:
        """The last dose of any of these, unless something that nobody recorded may have been later."""
        days = [self.last_tablet() if t == "regorafenib" else self.last_given(t) for t in treatments]
        last = max((day for day in days if day), default=None)
        if last is None or any(day > last for treatment in treatments for day in self.unknown(treatment)):
            return None
        return last

    def unknown(self, treatment: str) -> list[date]:
        if treatment == "regorafenib":
            cycles = {
                name.split(".")[1]
                for name, told in self.pages(treatment)
                if told.says.endswith("mg") and not self.has_started(name)
            }
            return [day for n in cycles if (day := self.diary.day_of(f"regorafenib.{n}"))]
        # A number that a later one was given instead of has no dose.
        with_a_dose = {f"{treatment}.{n}" for n in self.diary.used(treatment)}
        pages = [told for name, told in self.pages(treatment) if name in with_a_dose]
        return [told.date for told in pages if told.says == NO_RECORD and told.date]

    # what follows

    def slips(self, ended: date) -> None:
        diary = self.diary
        diary.add(Slip("end-of-treatment.1", ended, 0, 7, "later"))
        last = self.last_dose(*diary.orders.treatments)
        immune = "toripalimab" if diary.arm == "experimental" else "regorafenib"
        last_immune = self.last_dose(immune)
        if last:
            diary.add(Slip("safety-30.1", last + timedelta(days=30), 7, 7, never_planned_before=ended))
        if last_immune:
            safety_90 = Slip("safety-90.1", last_immune + timedelta(days=90), 7, 7, not_before=[ended])
            diary.add(safety_90)
            self.contacts(safety_90.ideal)
        if last and last_immune:
            end = max(last_immune + timedelta(days=90), last + timedelta(days=30))
            self.collected = (diary.first_dose, end)

    def contacts(self, from_day: date) -> None:
        n, ideal = 1, from_day + timedelta(days=84)
        while ideal < years_after(self.diary.first_dose, 2):
            self.diary.add(Slip(f"survival.{n}", ideal, 14, 14))
            n, ideal = n + 1, ideal + timedelta(days=84)

    # when the diary is closed

    def close(self) -> None:
        self.missed_without_a_slip()
        self.combine()
        self.adverse_events()
        self.undated()
        self.before_first_dose()
        if self.diary.arm == "experimental":
            self.planning_ct()
        self.confirming_scans()

    def missed_without_a_slip(self) -> None:
        """Visits that would not have come, and that somebody wrote off all the same."""
        for sheet in self.diary.folder.all("not done"):
            name = sheet.text("entry")
            if not name.startswith((*ATTENDANCES, "planning-ct", "screening", "imaging.0")):
                self.diary.pages.setdefault(name, Told(sheet.on, NOT_DONE))

    def combine(self) -> None:
        """A visit whose window closed before the decision is done at the end-of-treatment visit."""
        visit, end = self.diary.pages.get("safety-30.1"), self.diary.pages.get("end-of-treatment.1")
        if not (visit and end and end.date and visit.window and self.ended) or visit.says != PLANNED:
            return
        # Where that visit was made before the decision, or another day is booked, it is not done with it.
        if visit.window[1] < self.ended <= end.date and not self.diary.folder.booked_for("safety-30.1"):
            self.diary.pages["safety-30.1"] = Told(end.date, visit.says, visit.ideal, visit.window)

    def adverse_events(self) -> None:
        first = self.diary.first_dose
        gone = [self.diary.folder.first_day("died"), self.diary.folder.first_day("withdrew", **{"from": "all"})]
        if any(day < first for day in gone if day):
            return
        for day in sorted(day for day in gone if day):
            if not (self.collected and self.collected[1] <= day):
                self.collected = (first, day)
        if self.collected:
            self.diary.pages["adverse-events.1"] = Told(first, PLANNED, None, self.collected)

    def undated(self) -> None:
        """Nobody knows when it is due, or it is not due any more; it may have been missed or booked all the same."""
        for name in AFTER_TREATMENT:
            if name in self.diary.pages or name in self.diary.slips:
                continue
            missed, booked = self.diary.folder.failed_on(name), self.diary.folder.booked_for(name)
            last = self.diary.no_contact_from if name == "survival.1" else self.diary.no_visits_from
            if missed:
                self.diary.pages[name] = Told(missed[0], NOT_DONE)
            elif name in AFTER_THE_LAST_DOSE and self.nothing_was_given():
                continue
            elif booked and (self.ended or booked) <= booked < last and not self.diary.folder.all("died"):
                self.diary.pages[name] = Told(booked, PLANNED)
            elif (name == "adverse-events.1" and not self.is_closed()) or (last == date.max and not self.is_over):
                self.diary.pages[name] = Told(None, PENDING)

    def nothing_was_given(self) -> bool:
        """All treatment ended before there was a dose of anything: there will be no last dose to count from."""
        treatments = self.diary.orders.treatments
        return self.ended is not None and not any(
            self.unknown(treatment) or self.last_dose(treatment) for treatment in treatments
        )

    def is_closed(self) -> bool:
        """Death and withdrawal from everything close the collection, also before it began."""
        folder = self.diary.folder
        return bool(folder.all("died") or folder.all("withdrew", **{"from": "all"}))

    def before_first_dose(self) -> None:
        """Counted back from the first dose: the last open day before it."""
        first_dose = self.diary.first_dose
        window = (first_dose - timedelta(days=28), first_dose - ONE_DAY)
        for name in ("screening.1", "imaging.0"):
            done = self.diary.folder.done_on(name)
            day = done or self.diary.folder.booked_for(name) or self.diary.wall.last_open(window[1])
            scan_too_many = name == "imaging.0" and self.diary.no_scan_after(day)
            missed = self.diary.folder.failed_on(name)
            if not done and not missed and (scan_too_many or day >= self.diary.no_visits_from):
                continue
            says = DONE if done else NOT_DONE if missed else PLANNED
            self.diary.pages[name] = Told(day, says, window[1], window)

    def planning_ct(self) -> None:
        """Counted back from the first fraction: on cycle 1 day 15, or early enough before it."""
        diary, wall = self.diary, self.diary.wall
        done, start = diary.folder.done_on("planning-ct.1"), diary.day_of(diary.first_cycle())
        fraction = self.first_fraction()
        if start is None and diary.last_day in diary.orders.stopped["regorafenib"]:
            return
        if start is None:
            if done:
                diary.pages["planning-ct.1"] = Told(done, DONE)
            elif not diary.orders.stopped["radiotherapy"]:
                diary.pages["planning-ct.1"] = Told(None, PENDING)
            return
        middle = start + timedelta(days=14)
        first, ideal, last = middle - timedelta(days=3), middle, middle + timedelta(days=3)
        if fraction and fraction.date:
            latest = wall.working_days_before(fraction.date, 5)
            if fraction.says == DONE and latest < first and not done and not self.booked_scan():
                # The first fraction was given before it could be made: it was missed.
                diary.pages["planning-ct.1"] = Told(fraction.date, NOT_DONE, ideal, (first, last))
                return
            ideal, last = min(ideal, latest), min(last, latest)
            first = min(first, last)
        open_days = [day for day in days_from(first, last) if wall.is_open(day)]
        early = [day for day in open_days if day <= ideal]
        day = done or self.booked_scan() or (early or open_days[:1] or [wall.last_open(min(first, last))])[-1]
        missed = diary.folder.failed_on("planning-ct.1")
        given_up = fraction is None and day in diary.orders.stopped["radiotherapy"]
        if done or missed or not (given_up or day >= diary.no_visits_from):
            says = DONE if done else NOT_DONE if missed else PLANNED
            diary.pages["planning-ct.1"] = Told(day, says, ideal, (first, last))

    def first_fraction(self) -> Told | None:
        """The first of the course, or another one that was given before it: fraction 2 where fraction 1 was not done."""
        first = self.diary.pages.get(fraction_names(self.diary)[0])
        given = min((sheet.on for sheet in self.diary.folder.all("given", treatment="radiotherapy")), default=None)
        if given is None or (first and first.date and first.date <= given):
            return first
        return Told(given, DONE)

    def booked_scan(self) -> date | None:
        return self.diary.folder.booked_for("planning-ct.1")

    def is_taken_back(self, sheet: Sheet) -> bool:
        """A better assessment came after it."""
        later = (
            each for each in self.diary.folder.all("response") if (each.on, each.number) > (sheet.on, sheet.number)
        )
        return any(each.says.get("assessment") in BETTER for each in later)

    def confirming_scans(self) -> None:
        """Four weeks after the scan of an iUPD, unless a planned scan falls into the four weeks that follow."""
        diary = self.diary
        for sheet in diary.folder.all("response", assessment="iUPD"):
            scans = [
                told.date
                for name, told in diary.pages.items()
                if name.startswith("imaging") and told.says == DONE and told.date and told.date <= sheet.on
            ]
            scanned = max([day for day in scans if (sheet.on - day).days <= 28], default=sheet.on)
            first, last = scanned + timedelta(days=28), scanned + timedelta(days=56)
            serves = any(
                name.startswith("imaging") and told.date and first <= told.date <= last and told.says != NOT_DONE
                for name, told in diary.pages.items()
            )
            name = f"confirming-scan.{sheet.number}"
            done = diary.folder.done_on(name)
            day = done or diary.folder.booked_for(name) or diary.wall.choose("nearest", first, first, last)
            if not done and not serves and self.is_taken_back(sheet):
                diary.pages[name] = Told(day, CANCELLED, first, (first, last))
                continue
            if done or not (serves or day >= diary.no_visits_from or diary.no_scan_after(day)):
                diary.pages[name] = Told(day, DONE if done else PLANNED, first, (first, last))
