"""What each person may be told of: the kinds of the role, at the sites of the account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scheduler.errors import StoreUnavailable
from scheduler.notices.noticed import Kind, Notice, notices_of_patient, notices_of_stock
from scheduler.store.values import Account
from scheduler.views.coordinator.worklist import worklist
from scheduler.web.guards.roles import Role
from scheduler.web.guards.server import Server
from scheduler.web.patients import Following, Shown
from scheduler.web.stocks import stock_of_site

KINDS_OF: Mapping[str, tuple[Kind, ...]] = {
    Role.COORDINATOR: (Kind.DECISION, Kind.WINDOW, Kind.HOLD, Kind.LOT, Kind.TRANSFERRED),
    Role.INVESTIGATOR: (Kind.DECISION, Kind.WINDOW, Kind.HOLD, Kind.TRANSFERRED),
    Role.PHARMACIST: (Kind.HOLD, Kind.LOT, Kind.TRANSFERRED),
    Role.ADMIN: (Kind.DECISION, Kind.WINDOW, Kind.HOLD, Kind.LOT, Kind.TRANSFERRED),
}
"""What each role may be told of."""


MOST_COUNTED = 300
"""Patients for whom a page counts beside what it shows."""


_BESIDE_A_PAGE = 0.2
"""Seconds that counting may take before a page is shown without it."""


def noticed_for(server: Server, account: Account, seconds: float) -> tuple[tuple[Notice, ...], int]:
    """What there is to notice for that person today, and how many patients are not computed yet: then it is not all."""
    kinds = KINDS_OF.get(account.role, ())
    mine = [each for each in server.patients.subjects() if account.may_see(each.site)]
    shown, missing = server.patients.some(mine, seconds, _notices(server))
    if missing:
        return (), missing
    found = [notice for each in shown for notice in _of_one(server, each)]
    if Kind.LOT in kinds:
        of_stock, missing = _of_stock(server, account, seconds)
        if missing:
            return (), missing
        found += of_stock
    return tuple(notice for notice in found if notice.kind in kinds), 0


class NoticeCounts:
    """How many things there are to notice for each person, for the head of every page: no page waits long for it.

    It is counted anew once something was recorded or a day began, where every patient is computed already; until then it is the
    number of the last look.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._known: dict[str, tuple[int, date, int]] = {}

    def of(self, account: Account) -> int:
        """The number for that person; 0 where none was counted yet, and for roles that are told nothing."""
        known = self._known.get(account.id)
        if account.role not in KINDS_OF:
            return 0
        try:
            return self._counted(account, known)
        except StoreUnavailable:
            # The page that is shown has its own answer to that.
            return known[2] if known is not None else 0

    def _counted(self, account: Account, known: tuple[int, date, int] | None) -> int:
        server = self._server
        head, today = server.store.head().number, today_of(server, account)[0]
        if known is not None and known[:2] == (head, today):
            return known[2]
        mine = [each for each in server.patients.subjects() if account.may_see(each.site)]
        if len(mine) <= MOST_COUNTED and server.patients.at_hand(mine) is not None:
            found, missing = noticed_for(server, account, _BESIDE_A_PAGE)
            if not missing:
                known = self._known[account.id] = (head, today, len(found))
        return known[2] if known is not None else 0


def _notices(server: Server) -> Following:
    return Following(lambda each: ("notices", server.clock.today(each.site.zone)), lambda each: _of_one(server, each))


def _of_one(server: Server, shown: Shown) -> tuple[Notice, ...]:
    patients, day = server.patients, server.clock.today(shown.site.zone)

    def notices() -> tuple[Notice, ...]:
        work = patients.once(shown, ("worklist", day), lambda: worklist((shown.patient,), day))
        return tuple(notices_of_patient(shown.patient, work, shown.subject.site, day))

    return patients.once(shown, ("notices", day), notices)


def _of_stock(server: Server, account: Account, seconds: float) -> tuple[list[Notice], int]:
    """What there is to notice of the stock, or nothing, and of how many patients what they were handed out is not known yet."""
    noticed: list[Notice] = []
    logs = {str(site.name) for site in server.patients.study().sites if account.may_see(site.name)}
    for site in server.patients.study().sites:
        if site.name in logs and server.store.stock_records(site.name):
            found = stock_of_site(server, site, seconds)
            if found.stock is None:
                return [], found.missing
            noticed += notices_of_stock(found.stock.account)
    return noticed, 0


def today_of(server: Server, account: Account) -> tuple[date, str]:
    """Today where that person works, and the zone: at the first of the own sites."""
    zones = (site.zone for site in server.patients.study().sites if account.may_see(site.name))
    zone = next(zones, "UTC")
    return server.clock.today(zone), zone
