"""The stock of the sites that a person may see, and recording about it: the same for pages and programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scheduler.asking import Question, Strength, digest_of
from scheduler.folder.reading.stock import as_kept, stock_of_records
from scheduler.site.site import Site
from scheduler.stock.account import account_of
from scheduler.stock.asking.handing_out import HandingOut, HeldAgainst
from scheduler.stock.asking.questions import ask_about
from scheduler.stock.events import StockEvent
from scheduler.stock.log import StockLog
from scheduler.stock.lots import LotStock
from scheduler.stock.movements import AtSite
from scheduler.stock.products import Stocked, stocked_in
from scheduler.stock.site_stock import WEEKS, SiteStock, movements_at, site_stock, without_names
from scheduler.store.values import Act, Once, Record
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.server import Server
from scheduler.web.patients import Following, Shown
from scheduler.web.prints import kept_lines, lines_of_days
from scheduler.web.problems import not_found, not_ready

LONGEST = 52
"""Weeks that are looked ahead at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """A site's stock as far as its patients are computed; ``missing`` is how many are not yet, and then there is no stock."""

    site: Site
    stocked: Stocked
    log: StockLog
    stock: SiteStock | None
    missing: int


@dataclass(frozen=True, slots=True)
class About:
    """An event that is about to be recorded, with what is asked; ``digest`` tells this list of questions from another."""

    found: Found
    event: StockEvent
    questions: tuple[Question, ...]
    digest: str
    after: tuple[LotStock, ...]
    """All lots as they would be with it."""

    @property
    def is_refused(self) -> bool:
        """True where no reason helps."""
        return any(each.strength is Strength.REFUSED for each in self.questions)

    @property
    def is_asked(self) -> bool:
        """True where a reason is asked for, given or not."""
        return any(each.strength is Strength.ASKED for each in self.questions)

    def lets_pass(self, confirm: str | None) -> bool:
        """True where nothing is in the way: what is asked has its reason, from somebody who has seen this list."""
        return not any(each.is_open for each in self.questions) and (not self.is_asked or confirm == self.digest)


def site_wanted(visit: Visit, name: str | None) -> Site:
    """The site of that name; the first that the person may see without one. Raises Problem for any other."""
    mine = [site for site in visit.server.patients.study().sites if site.name in visit.sites()]
    found = next((site for site in mine if name in (None, "", site.name)), None)
    if found is None:
        raise not_found()
    return found


def log_at(server: Server, site: str) -> StockLog:
    """The log of that site's stock as it stands; an empty one where it keeps none."""
    return next(iter(stock_of_records(server.store.stock_records(site))), StockLog(site))


def stock_at(visit: Visit, site: Site, seconds: float, *, on: date | None = None, weeks: int = WEEKS) -> Found:
    """The site's stock, as far as it can be had in that time. What patients of other sites had from it counts, unnamed."""
    found = stock_of_site(visit.server, site, seconds, on=on, weeks=weeks)
    if found.stock is None:
        return found
    seen = {each.subject for each in visit.subjects()}
    return replace(found, stock=without_names(found.stock, seen))


def stock_of_site(server: Server, site: Site, seconds: float, *, on: date | None = None, weeks: int = WEEKS) -> Found:
    """The same with everybody's number."""
    stocked, log = stocked_in(server.patients.study().versions), log_at(server, site.name)
    patients, missing = _patients(server, site.name, seconds)
    if missing:
        return Found(site, stocked, log, None, missing)
    day = on or server.clock.today(site.zone)
    known = {id(each.patient): each for each in patients}
    stock = site_stock(
        log,
        stocked,
        _at_sites(patients),
        on=day,
        until=day + timedelta(weeks=min(max(weeks, 1), LONGEST)),
        lines_of=lambda patient: kept_lines(server.patients, known[id(patient)]),
    )
    return Found(site, stocked, log, stock, 0)


def about(visit: Visit, site: Site, event: StockEvent, seconds: float) -> About | None:
    """What is asked about an event; None while not all patients are computed."""
    found = stock_at(visit, site, seconds)
    if found.stock is None:
        return None
    patients, _ = _patients(visit.server, site.name, seconds)
    moved = movements_at(found.log, found.stocked, _at_sites(patients))
    today = visit.server.clock.today(site.zone)
    questions = ask_about(found.log, found.stocked, moved, event, today=today)
    after = account_of(found.log.with_event(event), found.stocked, moved, on=today).lots
    return About(found, event, questions, digest_of(questions, found.log), after)


def handing_out(server: Server, seconds: float) -> HandingOut:
    """What asks the stock of the sites before something is handed out. Raises Problem where that takes longer."""
    stocked = stocked_in(server.patients.study().versions)

    def stock_of(name: str) -> HeldAgainst:
        log = log_at(server, name)
        if not log.records:
            return HeldAgainst(log, ())
        patients, missing = _patients(server, name, seconds)
        if missing:
            raise not_ready()
        return HeldAgainst(log, movements_at(log, stocked, _at_sites(patients)))

    return HandingOut(stocked, stock_of)


def record(visit: Visit, asked: About, once: Once | None) -> tuple[Record, ...]:
    """Record it. Raises Conflict where somebody else recorded about the same stock since it was looked at."""
    server, site = visit.server, asked.found.site.name
    now = server.clock.now()
    event = asked.event.model_copy(update={"recorded": now.replace(microsecond=0)})
    act = Act(visit.who.who, now)
    return server.store.append_to_stock(site, [as_kept(site, event)], seen=asked.found.log.length, act=act, once=once)


def _patients(server: Server, site: str, seconds: float) -> tuple[Sequence[Shown], int]:
    """Everybody who came to that site or may have: who never left another one has nothing from it."""
    subjects = [each for each in server.patients.subjects() if _may_have_come(each.enrolled_at, each.site, site)]
    lines = Following(lambda _: lines_of_days(None), lambda each: kept_lines(server.patients, each))
    return server.patients.some(subjects, seconds, lines)


def _may_have_come(first: str | None, now: str | None, site: str) -> bool:
    return first != now or site in (first, now)


def _at_sites(patients: Sequence[Shown]) -> tuple[AtSite, ...]:
    return tuple(AtSite(each.patient, each.subject.enrolled_at) for each in patients)
