"""The patient's folder: the sheets that are in force, and what they say about a dose or a visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.oracle.wall import ONE_DAY, days_from

ENDS = ("discontinued", "end of treatment", "withdrew")


def as_day(written: object) -> date:
    return written if isinstance(written, date) else date.fromisoformat(str(written))


def is_true(written: object) -> bool:
    return str(written).lower() == "true"


@dataclass(frozen=True)
class Sheet:
    """One event as it stands now, with the number of the place where it was filed."""

    number: int
    on: date
    event: str
    says: Mapping[str, Any]

    def get(self, key: str) -> Any:
        return self.says.get(key)

    def text(self, key: str) -> str:
        return str(self.says.get(key, ""))

    @property
    def from_tomorrow(self) -> bool:
        """Today's tablet was taken before the order came."""
        return is_true(self.get("today_taken"))


def sheets_in_force(events: list[dict[str, Any]]) -> list[Sheet]:
    """Take out what was struck, put corrections in their places, and sort by day."""
    struck: set[int] = set()
    for number in range(len(events), 0, -1):
        event = events[number - 1]
        if event["event"] == "struck" and number not in struck:
            struck.add(int(event["number"]))

    says = {number: event for number, event in enumerate(events, 1) if number not in struck}
    stands_for = {number: number for number in says}
    for number, event in list(says.items()):
        if event["event"] == "corrected":
            place = stands_for.get(int(event["number"]), int(event["number"]))
            stands_for[number] = place
            if place in says:
                says[place] = event["with"]
    sheets = [
        Sheet(number, as_day(event["on"]), str(event["event"]), event)
        for number, event in says.items()
        if event["event"] not in ("corrected", "struck")
    ]
    return sorted(sheets, key=lambda sheet: (sheet.on, sheet.number))


class Folder:
    """Everything that is on file about one patient."""

    def __init__(self, events: list[dict[str, Any]]) -> None:
        self.sheets = sheets_in_force(events)
        self.dates: dict[str, date | None] = {}
        self.names = {name for sheet in self.sheets for name in names_of(sheet)}

    def all(self, *kinds: str, **says: object) -> list[Sheet]:
        return [
            sheet
            for sheet in self.sheets
            if sheet.event in kinds and all(sheet.text(key) == str(value) for key, value in says.items())
        ]

    def last(self, *kinds: str, **says: object) -> Sheet | None:
        found = self.all(*kinds, **says)
        return found[-1] if found else None

    def first_day(self, *kinds: str, **says: object) -> date | None:
        found = self.all(*kinds, **says)
        return found[0].on if found else None

    def on(self, day: date) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.on == day]

    # what is on file about one dose or visit, by its name in the diary

    def done_on(self, name: str) -> date | None:
        """The day on which it was really given or done."""
        if name not in self.dates:
            self.dates[name] = self.look_up(name)
        return self.dates[name]

    def look_up(self, name: str) -> date | None:
        treatment, _, n = name.partition(".")
        if treatment == "regorafenib":
            return self.first_day("cycle started", treatment=treatment, cycle=n)
        if treatment in ("toripalimab", "radiotherapy"):
            return self.first_day("given", treatment=treatment, n=n)
        return self.first_day("visit done", entry=name)

    def failed_on(self, name: str) -> list[date]:
        return [sheet.on for sheet in self.all("not done", entry=entry_name(name))]

    def booked_for(self, name: str) -> date | None:
        booking = self.last("booked", "rebooked", entry=entry_name(name))
        return as_day(booking.get("to")) if booking else None

    def delayed_until(self, name: str) -> date | None:
        """The last delay ordered for a start; one into the past was never a delay."""
        treatment, _, n = name.partition(".")
        delays = [
            as_day(sheet.get("until"))
            for sheet in self.all("delayed", treatment=treatment)
            if n in (sheet.text("cycle"), sheet.text("n")) and as_day(sheet.get("until")) >= sheet.on
        ]
        return delays[-1] if delays else None

    def tablets_on(self, day: date) -> Sheet | None:
        """What the patient's own report says about the tablets of a day."""
        reports = [
            sheet
            for sheet in self.all("taken", "not taken", treatment="regorafenib")
            if as_day(sheet.get("from") or sheet.on) <= day <= as_day(sheet.get("to") or sheet.get("from") or sheet.on)
        ]
        return reports[-1] if reports else None

    def taken_before_an_order(self, day: date) -> bool:
        """An order of this day says that the day's tablet had been taken by then, whatever else had stopped it."""
        return any(
            sheet.from_tomorrow and sheet.text("treatment") in ("", "regorafenib")
            for sheet in self.on(day)
            if sheet.event in ("held", *ENDS)
        )

    def first_dose(self) -> date | None:
        """The earliest dose of anything that is on file, tablets that were only reported among them."""
        given = self.first_day("cycle started", "given")
        return min([*([given] if given else []), *self.days_reported()], default=None)

    def days_taken(self) -> list[date]:
        """The days on which tablets were taken: as reported, or as an order of the day says."""
        return sorted({*self.days_reported(), *(sheet.on for sheet in self.orders_after_the_tablet())})

    def orders_after_the_tablet(self) -> list[Sheet]:
        """Orders that came after their day's tablet, of days of which the patient reported nothing; the first of each day."""
        first = self.first_dose()
        orders = self.all("held", "discontinued", treatment="regorafenib")
        told = {
            sheet.on: sheet
            for sheet in reversed(orders)
            if sheet.from_tomorrow and first is not None and sheet.on >= first and self.tablets_on(sheet.on) is None
        }
        return list(told.values())

    def days_reported(self) -> list[date]:
        """The days on which tablets were taken, as the last report about each says."""
        reports = self.all("taken", treatment="regorafenib")
        days = {day for sheet in reports for day in days_from(as_day(sheet.get("from")), as_day(sheet.get("to")))}
        return sorted(day for day in days if (report := self.tablets_on(day)) and report.event == "taken")

    def progressed_on(self) -> date | None:
        """The day that counts as progression: by RECIST at once, by iRECIST only when confirmed, and then dated back."""
        found: list[date] = [sheet.on for sheet in self.all("progressed")]
        suspected: date | None = None
        for sheet in self.all("response"):
            assessment = sheet.text("assessment")
            if assessment == "PD":
                found.append(sheet.on)
            elif assessment == "iUPD":
                suspected = suspected or self.scanned_on(sheet.on)
            elif assessment == "iCPD":
                found.append(suspected or self.scanned_on(sheet.on))
            elif assessment in ("iSD", "iPR", "iCR"):
                suspected = None
        return min(found) if found else None

    def scanned_on(self, assessed: date) -> date:
        """The scan that was read that day: the last one of the four weeks before."""
        scans = [
            sheet.on for sheet in self.all("visit done") if sheet.text("entry").startswith(("imaging", "confirming"))
        ]
        return max([scan for scan in scans if 0 <= (assessed - scan).days <= 28], default=assessed)

    def taken_up_again(self, treatment: str, given_up: date, by: date = date.max) -> bool:
        """With a reason, after it had been given up."""
        orders = [
            sheet for sheet in self.sheets if given_up <= sheet.on <= by and sheet.text("treatment") in ("", treatment)
        ]
        last_end = max(
            (n for n, sheet in enumerate(orders) if sheet.on == given_up and sheet.event in ENDS), default=-1
        )
        return any(sheet.event == "resumed" and sheet.get("override") for sheet in orders[last_end + 1 :])

    def lost_from(self) -> date | None:
        """The day after contact was lost, if nobody has heard of the patient since."""
        lost: date | None = None
        for sheet in self.all("lost to follow-up", "contacted"):
            lost = (lost or sheet.on) if sheet.event == "lost to follow-up" else None
        return lost + ONE_DAY if lost else None


def names_of(sheet: Sheet) -> set[str]:
    """The doses and visits that a sheet is about, as slips call them."""
    treatment, entry = sheet.text("treatment"), sheet.text("entry")
    numbered = {f"{treatment}.{sheet.text(key)}" for key in ("cycle", "n") if sheet.get(key) is not None}
    return numbered | {entry, entry.removesuffix(".1") if entry.startswith("regorafenib.") else entry}


def entry_name(name: str) -> str:
    """A cycle is booked and missed by its first day."""
    return f"{name}.1" if name.startswith("regorafenib.") else name
