"""One site's stock with what the next weeks need of it: what the page, the command and the API show."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from scheduler.calendar.entries.doses_in_words import count_in_words
from scheduler.said import Said, said
from scheduler.stock.account import StockAccount, account_of
from scheduler.stock.in_words import name_of_item
from scheduler.stock.log import StockLog
from scheduler.stock.lots import Step
from scheduler.stock.movements import AtSite, Deed, Movement, movements_of_patients
from scheduler.stock.needs import Need, needs_of, without_record
from scheduler.stock.outlook import Outlook, outlook_of
from scheduler.stock.products import Item, Stocked
from scheduler.stock.tables import table_of_needs
from scheduler.views.patients import Patient
from scheduler.views.pharmacy.dispensing import dispensing_list, lines_of_patient
from scheduler.views.pharmacy.dispensing_line import DispensingLine, LineStatus, Work
from scheduler.views.table import Table
from scheduler.vocabulary.dosage_forms import Count, as_count

HIDDEN = "another site"
"""Stands for the number of a patient whom a reader may not see."""

WEEKS = 12
"""How far it is looked ahead, where nobody says otherwise."""

_OVERDUE = timedelta(days=35)
"""How long a line that was not done is still expected to be handed out."""


@dataclass(frozen=True, slots=True)
class NotPrepared:
    """Units of a product that patients' logs say were given, and how many the site's log has as prepared: fewer."""

    item: Item
    given: Count
    prepared: Count

    @property
    def said(self) -> Said:
        """The same in a sentence."""
        return said(
            "{product}: {given} were needed for the doses that were given, and {prepared} are recorded as prepared",
            product=name_of_item(self.item),
            given=count_in_words(self.item.form, self.given),
            prepared=count_in_words(self.item.form, self.prepared),
        )


@dataclass(frozen=True, slots=True)
class SiteStock:
    """The stock of a site on a day, and how long it lasts."""

    log: StockLog
    account: StockAccount
    outlooks: tuple[Outlook, ...]
    not_prepared: tuple[NotPrepared, ...]
    until: date

    def outlook(self, item: Item) -> Outlook | None:
        """How long one product lasts; None where nothing of it is needed and none is there."""
        return next((each for each in self.outlooks if each.item.key == item.key), None)

    @property
    def items(self) -> tuple[Item, ...]:
        """All products of which there is anything to tell."""
        both = {item.key: item for item in (*self.account.items, *(each.item for each in self.outlooks))}
        return tuple(both[key] for key in sorted(both, key=lambda key: (key.product, key.strength or "")))

    def tables(self) -> tuple[Table, ...]:
        """The lots, every movement, and every coming line."""
        needs = table_of_needs(self.log.site, self.outlooks, until=self.until)
        return (self.account.table(), self.account.table_of_steps(), needs)


def site_stock(
    log: StockLog,
    stocked: Stocked,
    patients: Sequence[AtSite],
    *,
    on: date,
    until: date,
    lines_of: Callable[[Patient], Iterable[DispensingLine]] = lines_of_patient,
) -> SiteStock:
    """The stock of the log's site at the end of a day, and what becomes of it up to and with the day ``until``.

    ``patients`` are those who come there, or came. ``lines_of`` gives a patient's lines where somebody has kept them.
    """
    moved = tuple(movements_of_patients(patients, log.site, stocked))
    account = account_of(log, stocked, moved, on=on)
    here = [each.patient for each in patients if each.site_on(on) == log.site]
    lines = dispensing_list(here, on - _OVERDUE, until, lines_of=lines_of, on=on).everything
    needs = needs_of(lines, stocked, on=on)
    outlooks = tuple(_outlooks(account, stocked, needs, lines, on, until))
    return SiteStock(log, account, outlooks, tuple(_not_prepared(account, stocked, patients, lines_of)), until)


def without_names(found: SiteStock, known: Collection[str]) -> SiteStock:
    """The same for somebody who may see these patients alone: of others it tells no number. What they had counts all the same."""

    def hidden(step: Step) -> Step:
        subject = step.movement.subject
        if subject is None or subject in known:
            return step
        return replace(step, movement=replace(step.movement, subject=HIDDEN))

    lots = tuple(replace(lot, steps=tuple(map(hidden, lot.steps))) for lot in found.account.lots)
    return replace(found, account=replace(found.account, lots=lots))


def movements_at(log: StockLog, stocked: Stocked, patients: Iterable[AtSite]) -> tuple[Movement, ...]:
    """What the patients of the log's site were given and brought back there."""
    return tuple(movements_of_patients(patients, log.site, stocked))


def _outlooks(
    account: StockAccount,
    stocked: Stocked,
    needs: Sequence[Need],
    lines: Sequence[DispensingLine],
    on: date,
    until: date,
) -> Iterable[Outlook]:
    for key, item in stocked.items.items():
        own, lots = [need for need in needs if need.item == key], account.of(key)
        if own or lots:
            unrecorded = len(without_record(lines, stocked, key))
            yield outlook_of(item, lots, own, on=on, until=until, unrecorded=unrecorded)


def _not_prepared(
    account: StockAccount,
    stocked: Stocked,
    patients: Sequence[AtSite],
    lines_of: Callable[[Patient], Iterable[DispensingLine]],
) -> Iterable[NotPrepared]:
    """What was given since the log began and is in no event of it. While there is no log, nothing is held against it."""
    if account.begins is None:
        return
    given: dict[Item, Decimal] = {}
    for each in patients:
        for line in lines_of(each.patient):
            item = _prepared(line, stocked)
            if item is None or line.date is None or not account.begins <= line.date <= account.on:
                continue
            if each.site_on(line.date) == account.site:
                given[item] = given.get(item, Decimal(0)) + Decimal(line.units or 0)
    for item, units in given.items():
        lots = account.of(item.key)
        done = sum(
            (Decimal(lot.total(Deed.PREPARED)) + Decimal(lot.total(Deed.HANDED_OUT)) for lot in lots), Decimal(0)
        )
        if lots and done < units:
            yield NotPrepared(item, as_count(units), as_count(done))


def _prepared(line: DispensingLine, stocked: Stocked) -> Item | None:
    if line.work is not Work.PREPARE or line.status is not LineStatus.DONE:
        return None
    key = stocked.key_of(line.treatment, line.strength)
    return None if key is None else stocked.items[key]
