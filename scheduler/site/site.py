"""A site: where patients come, in which time zone, and when each of its resources is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from scheduler.dates import Day
from scheduler.findings import Place
from scheduler.languages import Language
from scheduler.site.capacity import NO_LIMIT, Capacity
from scheduler.site.open_days import ANY_DAY, MONDAY_TO_FRIDAY, OpenDays, flags, ordinals


@dataclass(frozen=True, slots=True)
class Site:
    """One site. ``zone`` is its IANA time zone: every date of its patients is a civil date there.

    ``usual`` are the days of whatever the site does not list by name in ``resources``. ``contacts`` are pairs of whom
    to call and how, in the order in which the patient's paper shows them. ``approved`` is the
    day from which each protocol version may be used here; empty where the site does not keep it in this program. ``others`` are
    the study's other sites, where its patients may be transferred to; ``moved_on`` are the days on which this patient was, and
    from which the open days are those of another site; ``zones_before`` are the zones of the earlier ones, each with the first
    day that is no longer theirs. ``written_at`` is where its text names each resource; at None is where its list begins.
    ``capacities`` are what its resources can take, ``capacity`` what the others can, and ``lasts`` the minutes of visits by name
    or kind, and of activities; none of them moves a date. ``lasts_at`` is where the text says each.
    ``title`` and ``titles`` are what the site and its
    resources are called, in several languages; ``certified`` the languages whose patients' words somebody here has approved.
    ``country`` is where it is, by three letters of ISO 3166; None where nobody said.
    """

    name: str
    zone: str
    usual: OpenDays
    resources: Mapping[str, OpenDays] = field(default_factory=dict, hash=False)
    contacts: tuple[tuple[str, str], ...] = ()
    approved: Mapping[str, date] = field(default_factory=dict, hash=False)
    others: tuple[Site, ...] = field(default=(), compare=False, repr=False)
    moved_on: tuple[Day, ...] = ()
    zones_before: tuple[tuple[Day, str], ...] = ()
    written_at: Mapping[str | None, Place] = field(default_factory=dict, compare=False, repr=False)
    capacities: Mapping[str, Capacity] = field(default_factory=dict, hash=False)
    capacity: Capacity = NO_LIMIT
    lasts: Mapping[str, int] = field(default_factory=dict, hash=False)
    lasts_at: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
    certified: frozenset[str] = frozenset()
    country: str | None = None

    def open_days(self, resource: str) -> OpenDays:
        """The days on which that resource works: its own, else the usual ones of the site; "any day" is always open."""
        if resource == ANY_DAY.resource:
            return ANY_DAY
        return self.resources.get(resource, self.usual)

    def certifies(self, language: str) -> bool:
        """True where somebody here has approved what patients read in that language; English is what was approved first."""
        return language == Language.ENGLISH or language in self.certified

    def capacity_of(self, resource: str) -> Capacity:
        """What that resource can take on an open day, as far as the site says it."""
        return self.capacities.get(resource, self.capacity)

    def zone_on(self, day: Day) -> str:
        """The zone by whose clock a time of that day was read: that of the site where the patient was then."""
        return next((zone for until, zone in self.zones_before if day < until), self.zone)

    @property
    def provisional_from(self) -> date | None:
        """The first day whose public holidays are not published yet; None when all are known, or none count."""
        starts = (each.unpublished_from for each in (self.usual, *self.resources.values()))
        first = min((start for start in starts if start is not None), default=None)
        return None if first is None else date.fromordinal(first)

    def with_days(self, closed: Iterable[date] = (), opened: Iterable[date] = ()) -> Site:
        """The same site with every resource open from Monday to Friday, but not on ``closed``, and also on ``opened``.

        This is how a scenario says its open days in two lists. What is in both lists is open.
        """
        days = OpenDays("any resource", flags(MONDAY_TO_FRIDAY), ordinals(closed, "closed"), ordinals(opened, "open"))
        return replace(self, usual=days, resources={})


EVERY_DAY = Site("any site", "UTC", replace(ANY_DAY, resource="any resource"))
"""The site of a calendar that was asked for without one: every day is open."""
