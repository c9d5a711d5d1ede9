"""Asking the site's stock before it is recorded that a patient was handed something: is that lot there, and may it be used?

A site that keeps no stock is not asked, nor about days before its log begins. All of it can have happened, so that a reason lets
it stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from scheduler.asking import Question, Strength
from scheduler.asking.answering import answer_of, body_of, reason_of
from scheduler.patient.course import Course
from scheduler.patient.events import Corrected, Dispensed, Event
from scheduler.patient.log import Fact, Log
from scheduler.patient.replaying.replay import replay
from scheduler.said import SHORT_DAY, Code, Day, Said, Value, said
from scheduler.stock.account import account_of
from scheduler.stock.asking.questions import falls_further, is_part_of_a_unit
from scheduler.stock.in_words import name_of_item
from scheduler.stock.log import StockLog
from scheduler.stock.lots import LotStock
from scheduler.stock.movements import LotOf, Movement, movements_of_course, site_on
from scheduler.stock.products import Stocked

_LOOK = said("look at the lot's number on the pack; or record first what was received")


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """A site's stock as it stands: its own log, and what all its patients were given and brought back."""

    log: StockLog
    of_patients: tuple[Movement, ...]


class HandingOut:
    """What is handed out, one event after the other, held against the stock of the sites.

    ``stock_of`` gives the stock of a site by its name; it is asked for what is handed out alone. What was asked about before
    counts as handed out, of this patient and of others.
    """

    def __init__(self, stocked: Stocked, stock_of: Callable[[str], HeldAgainst]) -> None:
        self._stocked, self._stock_of = stocked, stock_of
        self._courses: dict[str, tuple[Course, str | None]] = {}

    def ask(
        self, subject: str, first_site: str | None, log: Log, events: Sequence[Event], *, today: date
    ) -> tuple[Question, ...]:
        """What is asked about these events at the end of a patient's log, in their order.

        ``first_site`` is the site at which the patient came in, ``today`` the civil date at the site.
        """
        found: list[Question] = []
        if any(isinstance(body_of(event), Dispensed) for event in events):
            for index, event in enumerate(events):
                longer = log.append_unchecked(event)
                if isinstance(body_of(event), Dispensed):
                    before, after = replay(log), replay(longer)
                    for fact in _new(before, after):
                        found += self._of(fact, event, index, before, after, subject, first_site, today)
                log = longer
            self._courses[subject] = (replay(log), first_site)
        return tuple(dict.fromkeys(found))

    def _of(
        self,
        fact: Fact,
        event: Event,
        index: int,
        before: Course,
        after: Course,
        subject: str,
        first_site: str | None,
        today: date,
    ) -> Iterator[Question]:
        given = cast(Dispensed, fact.event)
        site, item = (
            site_on(after, first_site, given.on),
            self._stocked.key_of(given.treatment, given.strength_in_short),
        )
        if site is None or item is None or given.lot is None:
            return
        held, key = self._stock_of(site), LotOf(item, given.lot)
        others = [*self._of_others(held, subject, site)]

        def lot(course: Course, on: date) -> LotStock | None:
            own = movements_of_course(course, subject, first_site, site, self._stocked)
            return account_of(held.log, self._stocked, (*others, *own), on=on).lot(key)

        begins = min((record.event.on for record in held.log.in_force()), default=None)
        if begins is None or given.on < begins:
            return
        about = _About(given, self._stocked, key, site, lot(before, given.on), lot(before, today), lot(after, today))
        for code, field, what, hint in about.asks():
            name = f"with.{field}" if isinstance(event, Corrected) else field
            answer, reason = answer_of(event), reason_of(event)
            yield Question(Strength.ASKED, code, what, None, hint, index, name, answer, reason)

    def _of_others(self, held: HeldAgainst, subject: str, site: str) -> Iterator[Movement]:
        yield from (each for each in held.of_patients if each.subject != subject and each.subject not in self._courses)
        for other, (course, first_site) in self._courses.items():
            if other != subject:
                yield from movements_of_course(course, other, first_site, site, self._stocked)


def _new(before: Course, after: Course) -> Iterator[Fact]:
    """What was handed out by the later course and not by the earlier one."""
    known = {(fact.number, fact.event) for fact in before.facts if isinstance(fact.event, Dispensed)}
    for fact in after.facts:
        if isinstance(fact.event, Dispensed) and (fact.number, fact.event) not in known:
            yield fact


@dataclass(frozen=True, slots=True)
class _About:
    """One thing that is handed out, and its lot: as it stood on that day, as it stands now, and with it."""

    given: Dispensed
    stocked: Stocked
    key: LotOf
    site: str
    then: LotStock | None
    now: LotStock | None
    after: LotStock | None

    def asks(self) -> Iterator[tuple[str, str, Said, Said]]:
        """Code, field, what it is, what to do."""
        item, quantity = self.stocked.items[self.key.item], Decimal(self.given.quantity)
        if is_part_of_a_unit(item, quantity):
            what = said("{units} of {product} are no whole number of units", units=quantity, **self._product)
            yield "part-of-a-unit", "quantity", what, said("look at the number: it counts single units")
        if self.now is None or not self.now.was_received:
            what = said(
                "there is no lot {lot} of {product} in the stock of {site}", site=Code(self.site), **self._names
            )
            yield "lot-not-here", "lot", what, _LOOK
            return
        if self.then is None or not self.then.was_received:
            what = said("lot {lot} of {product} came to {site} after that day", site=Code(self.site), **self._names)
            yield "lot-not-here", "lot", what, said("look at the day and at the lot's number")
        yield from self._may_not_be_used()
        if falls_further(self.now, self.after):
            what = said(
                "{units} are more than there were of lot {lot} of {product} on that day; {there} are there now",
                units=quantity,
                there=self.now.left,
                **self._names,
            )
            hint = said("look at the number; or record first what was received, or count the lot")
            yield "more-than-there-is", "quantity", what, hint

    def _may_not_be_used(self) -> Iterator[tuple[str, str, Said, Said]]:
        """Expired by what the stock says, or kept apart on that day."""
        then, says = self.then or self.now, self.given.expires
        assert then is not None, "a lot that is not there is asked about first"
        if then.expires is not None and says is not None and says != then.expires:
            expires = Day(then.expires, SHORT_DAY)
            what = said("lot {lot} of {product} has another expiry date, {expires}", expires=expires, **self._names)
            yield "two-expiries", "expires", what, said("look at the day on the pack")
        if then.expires is not None and then.expires < self.given.on and says != then.expires:
            expires = Day(then.expires, SHORT_DAY)
            what = said("lot {lot} of {product} expired on {expires}", expires=expires, **self._names)
            yield "expired-lot", "lot", what, said("was it another lot?")
        if then.quarantined is not None and then.quarantined <= self.given.on:
            since = Day(then.quarantined, SHORT_DAY)
            what = said("lot {lot} of {product} is kept apart since {since}", since=since, **self._names)
            yield "lot-kept-apart", "lot", what, said("was it another lot?")

    @property
    def _product(self) -> dict[str, Value]:
        return {"product": name_of_item(self.stocked.items[self.key.item])}

    @property
    def _names(self) -> dict[str, Value]:
        return {"lot": Code(self.key.lot or ""), **self._product}
