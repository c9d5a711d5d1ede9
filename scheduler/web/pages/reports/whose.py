"""Whose report it is: the patients that a person may see, narrowed by number and arm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from scheduler.web.guards.requests import Visit
from scheduler.web.patients import Following, Shown
from scheduler.web.problems import not_ready
from scheduler.web.showing.downloads import PATIENCE as FOR_A_FILE


@dataclass(frozen=True, slots=True)
class Asked:
    """The patients whose number has these letters, of one arm; nothing asked for is everybody.

    ``more`` are a report's own filters.
    """

    subject: str
    arm: str
    more: tuple[tuple[str, str], ...] = ()

    def shows(self, shown: Shown) -> bool:
        """True for a patient who is to be in the report."""
        mine = self.subject.casefold() in shown.subject.subject.casefold()
        return mine and self.arm in ("", shown.patient.calendar.arm or "")

    def get(self, name: str) -> str:
        """One of the report's own filters."""
        return dict(self.more).get(name, "")

    def address(self, path: str) -> str:
        """A file of the same patients."""
        said = {"subject": self.subject, "arm": self.arm, **dict(self.more)}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True)
class Whose:
    """The patients of a report, how many are not in it yet, all arms, and today by each site's clock."""

    shown: tuple[Shown, ...]
    missing: int
    arms: tuple[str, ...]
    days: dict[str, date]

    def today(self, shown: Shown) -> date:
        """Today where that patient comes."""
        return self.days[shown.site.zone]

    @property
    def told(self) -> int:
        """How many patients are in it."""
        return len(self.shown)


def asked(visit: Visit, *more: str) -> Asked:
    """What was asked for; ``more`` are the names of the report's own filters."""
    query = visit.request.query_params
    own = tuple((name, query.get(name, "").strip()[:60]) for name in more)
    return Asked(query.get("subject", "").strip()[:60], query.get("arm", "").strip()[:60], own)


def whose(visit: Visit, question: Asked, seconds: float, *also: Following) -> Whose:
    """The patients, as far as they can be had in that time with all else that the report needs of each."""
    shown, missing = visit.server.patients.some(visit.subjects(), seconds, *also)
    arms = {arm for each in shown if (arm := each.patient.calendar.arm) is not None}
    days = {zone: visit.server.clock.today(zone) for zone in {each.site.zone for each in shown}}
    return Whose(tuple(each for each in shown if question.shows(each)), missing, tuple(sorted(arms)), days)


def whose_file(visit: Visit, question: Asked) -> Whose:
    """All of the patients. Raises Problem while they take too long: a file that leaves one out is worse than none."""
    found = whose(visit, question, FOR_A_FILE)
    if found.missing:
        raise not_ready()
    return found


def study_of(visit: Visit) -> str:
    """The study's name."""
    return visit.server.patients.study().newest.study
