"""The order book, read one day at a time: what was on hold, what had been stopped, and which dose was ordered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.oracle.sheets import Folder, Sheet
from tests.oracle.wall import ONE_DAY, days_from

LADDER = {"control": ["120 mg", "80 mg", "40 mg"], "experimental": ["80 mg", "40 mg"]}
TREATMENTS = {"control": ["regorafenib"], "experimental": ["regorafenib", "toripalimab", "radiotherapy"]}
ENDS_ALL = ("end of treatment", "withdrew", "died", "lost to follow-up")


@dataclass
class Orders:
    """For each treatment the days on hold and the days after its end; for regorafenib the dose of each day."""

    folder: Folder
    arm: str
    held: dict[str, set[date]] = field(default_factory=dict)
    stopped: dict[str, set[date]] = field(default_factory=dict)
    dose: dict[date, str] = field(default_factory=dict)
    ordered: dict[date, str] = field(default_factory=dict)
    """The dose by all that was ordered up to a day, also by what counts from the next day on."""
    level_now: str = ""
    holds_now: dict[str, set[str]] = field(default_factory=dict)
    stopped_now: set[str] = field(default_factory=set)

    @property
    def treatments(self) -> list[str]:
        return TREATMENTS[self.arm]

    def read(self, first: date, last: date) -> None:
        """Turn the pages of the order book."""
        self.level_now = LADDER[self.arm][0]
        for treatment in self.treatments:
            self.held[treatment], self.stopped[treatment], self.holds_now[treatment] = set(), set(), set()
        tomorrow: list[Sheet] = []
        for day in days_from(first, last):
            for sheet in tomorrow:
                self.obey(sheet)
            tomorrow = []
            for sheet in self.folder.on(day):
                if takes_effect_tomorrow(sheet):
                    tomorrow.append(sheet)
                else:
                    self.obey(sheet)
                    tomorrow = [each for each in tomorrow if not takes_back(sheet, each)]
            self.dose[day] = self.level_now
            changes = [sheet for sheet in tomorrow if sheet.event == "dose changed" and not self.is_refused(sheet)]
            self.ordered[day] = ([self.level_now, *filter(None, map(self.ordered_dose, changes))])[-1]
            for treatment in self.treatments:
                if self.holds_now[treatment]:
                    self.held[treatment].add(day)
                if treatment in self.stopped_now:
                    self.stopped[treatment].add(day)

    def obey(self, sheet: Sheet) -> None:
        treatment = sheet.text("treatment")
        if self.ends_all(sheet):
            self.stopped_now.update(self.treatments)
        elif sheet.event in ("held", "discontinued", "resumed", "dose changed") and treatment in self.treatments:
            self.obey_for(treatment, sheet)

    def ends_all(self, sheet: Sheet) -> bool:
        lost_from = self.folder.lost_from()
        found_again = lost_from is None or sheet.on + ONE_DAY < lost_from
        return sheet.event in ENDS_ALL and not (sheet.event.startswith("lost") and found_again)

    def obey_for(self, treatment: str, sheet: Sheet) -> None:
        holds = self.holds_now[treatment]
        if sheet.event == "held":
            holds.add(sheet.text("reason") or f"sheet {sheet.number}")
        elif sheet.event == "discontinued":
            self.stopped_now.add(treatment)
        elif not self.is_refused(sheet):
            if sheet.event == "resumed":
                self.end_hold(holds, sheet.text("reason"))
                if sheet.get("override"):
                    self.stopped_now.discard(treatment)
            if treatment == "regorafenib":
                self.level_now = self.ordered_dose(sheet) or self.level_now

    @staticmethod
    def end_hold(holds: set[str], reason: str) -> None:
        """A resume that names one reason ends that hold; one that names none of them ends all."""
        if reason in holds:
            holds.remove(reason)
        else:
            holds.clear()

    def is_refused(self, sheet: Sheet) -> bool:
        """A dose that the ladder does not have, or that is not the level's, needs an override."""
        if sheet.get("override") or sheet.get("level") is None or sheet.text("treatment") != "regorafenib":
            return False
        ladder = LADDER[self.arm]
        step = -int(sheet.text("level"))
        return not 0 <= step < len(ladder) or (sheet.get("dose") is not None and sheet.text("dose") != ladder[step])

    def ordered_dose(self, sheet: Sheet) -> str | None:
        if sheet.get("dose") is not None:
            return sheet.text("dose")
        return LADDER[self.arm][-int(sheet.text("level"))] if sheet.get("level") is not None else None

    def blocked(self, treatment: str, day: date) -> bool:
        return day in self.held[treatment] or day in self.stopped[treatment]


def takes_back(resume: Sheet, order: Sheet) -> bool:
    """Resumed on the day of the order, which was to count from tomorrow on."""
    if resume.event != "resumed" or resume.text("treatment") != order.text("treatment"):
        return False
    return order.event == "held" or (order.event == "discontinued" and bool(resume.get("override")))


def takes_effect_tomorrow(sheet: Sheet) -> bool:
    """Death and loss end what is later; an order counts today unless today's tablet was already taken."""
    return sheet.event in ("died", "lost to follow-up") or sheet.from_tomorrow


def end_of_treatment_on_file(folder: Folder) -> date | None:
    """The day on which somebody wrote that all treatment ends."""
    last = folder.last("end of treatment")
    return last.on if last else None


def decisions_to_stop(folder: Folder, treatment: str) -> list[date]:
    """The days on which somebody decided that this treatment ends: this one alone, or all."""
    alone = folder.all("discontinued", treatment=treatment)
    return sorted(sheet.on for sheet in alone + folder.all("end of treatment", "withdrew"))


def no_more(folder: Folder) -> tuple[date, date]:
    """The first day without visits, and the first day without any contact."""
    never = date.max
    died = folder.first_day("died")
    gone = min(died + ONE_DAY if died else never, folder.lost_from() or never)
    left_all = folder.first_day("withdrew", **{"from": "all"}) or never
    left_visits = folder.first_day("withdrew", **{"from": "visits"}) or never
    return min(gone, left_all, left_visits), min(gone, left_all)


def events_end(events: list[dict[str, Any]], until: date) -> date:
    """How far the diary is kept: well past the last thing that anybody wrote."""
    days = [sheet.on for sheet in Folder(events).sheets]
    return max([until, *days])
