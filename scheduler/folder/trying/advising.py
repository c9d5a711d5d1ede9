"""Advice about studies before the first patient comes: every start day planned, and every assumption weighed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scheduler.calendar.advice.cost import Cost, cost_of
from scheduler.calendar.advice.start_survey import Survey, survey
from scheduler.folder.reading.files import name_of, read_text
from scheduler.folder.reading.many import many_calendars
from scheduler.folder.reading.shelf import Shelf
from scheduler.protocol.alternatives import Alternative, alternatives
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site
from scheduler.views.table import Table

Starts = tuple[date, date]
_PLAIN_YEAR = 2026
_SAMPLE = 7


@dataclass(frozen=True, slots=True)
class Advice:
    """What was found about one protocol. ``site`` is the file whose open days were used, None for Monday to Friday."""

    version: StudyVersion
    site: str | None
    surveys: tuple[Survey, ...]
    costs: tuple[tuple[Alternative, str, Cost], ...]

    @property
    def in_words_only(self) -> tuple[str, ...]:
        """The assumptions whose alternatives no sentence says, so that nothing can be computed."""
        computed = {alternative.assumption for alternative, _, _ in self.costs}
        return tuple(name for name in self.version.assumptions if name not in computed)


def advise(
    versions: Iterable[StudyVersion], starts: Starts | None = None, tell: Callable[[str], None] = lambda _: None
) -> tuple[Advice, ...]:
    """Look at every start day of ``starts``, else of the site's last two published years, for each protocol.

    The site is ``site.yaml`` beside the protocol; without one, Monday to Friday. A protocol that lies in no file, in a database
    say, is passed over. ``tell`` is told how far the work has come.
    """
    with many_calendars():
        return tuple(_advise(version, starts, tell) for version in versions if Path(version.file).is_file())


def _advise(version: StudyVersion, starts: Starts | None, tell: Callable[[str], None]) -> Advice:
    path = Path(version.file).parent / "site.yaml"
    site = Shelf().site(path) if path.is_file() else None
    days = site or EVERY_DAY.with_days()
    first, last = starts or _published(days)
    surveys = tuple(survey(plan, version.milestones, days, first, last, tell) for plan in version.arms.values())
    costs = tuple(_costs(version, surveys, days, tell))
    return Advice(version, name_of(path) if site is not None else None, surveys, costs)


def _published(site: Site) -> Starts:
    """The last two years whose holidays are published; where no year differs by decree, one plain year."""
    ends = site.provisional_from
    if ends is None or ends.year - 1 > _PLAIN_YEAR:
        return date(_PLAIN_YEAR, 1, 1), date(_PLAIN_YEAR, 12, 31)
    return date(ends.year - 2, 1, 1), date(ends.year - 1, 12, 31)


def _costs(
    version: StudyVersion, surveys: tuple[Survey, ...], site: Site, tell: Callable[[str], None]
) -> Iterator[tuple[Alternative, str, Cost]]:
    for other in alternatives(read_text(Path(version.file)), version):
        for each in surveys:
            arm = each.plan.arm
            if arm in other.version.arms:
                tell(f"{other.assumption}, {arm}")
                week = [start.day for start in each.starts[:_SAMPLE]]
                yield other, arm, cost_of(each.plan, other.version.arms[arm], site, each.how, week)


def table_of_costs(advice: Advice) -> Table:
    """What each assumption costs, where its alternative can be computed; the others are named, because silence would mislead."""
    rows = [
        (other.assumption, other.line, other.instead, arm, cost.moved, cost.farthest, cost.more, cost.fewer)
        for other, arm, cost in advice.costs
    ]
    columns = ("assumption", "line", "read as", "arm", "visits moved", "farthest, days", "visits more", "visits fewer")
    return Table(f"What the assumptions cost, at most, for {_SAMPLE} start days (a sample)", columns, tuple(rows))
