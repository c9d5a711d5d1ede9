"""What is different between two calendars of one patient: before and after an event, an amendment, a closure of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from scheduler.calendar.comparing.change import ABOUT_ENTRIES, Change, What
from scheduler.calendar.comparing.cycle_changes import changes_of_days, changes_of_strengths, changes_of_tablets
from scheduler.calendar.comparing.entry_changes import changes_of_entry, difference
from scheduler.calendar.comparing.folding import Difference, fold
from scheduler.calendar.entries.because import After, Unknown
from scheduler.calendar.entries.doses_in_words import doses_in_words
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Pending, Products, Status
from scheduler.findings import Finding
from scheduler.protocol.plan.dosing.product import Product
from scheduler.said import in_english

__all__ = ["ABOUT_ENTRIES", "Change", "What", "compare_calendars"]


def compare_calendars(
    before: Calendar, after: Calendar, products: Mapping[str, tuple[Product, ...]] | None = None
) -> tuple[Change, ...]:
    """Every difference that a reader sees, by the day that it bears on.

    With ``products`` (`Plan.products`) the tablets of each cycle are compared too, as those of the version that the cycle
    goes by.
    """
    found = [*_entries(before, after, products or {}), *_pending(before, after)]
    changes = [*fold(found), *_findings(before, after)]
    order = {entry.id: number for number, entry in enumerate((*after.entries, *before.entries))}
    return tuple(
        sorted(changes, key=lambda change: (change.on or date.max, order.get(change.entry, len(order)), change.what))
    )


def _entries(before: Calendar, after: Calendar, products: Mapping[str, tuple[Product, ...]]) -> Iterator[Difference]:
    last = {entry.timeline: entry.id for calendar in (before, after) for entry in _in_numbers(calendar)}
    for entry in after.entries:
        old = before.entry(entry.id)
        if old is None:
            yield _appeared(before, entry)
        else:
            cut = last.get(entry.timeline) == entry.id
            yield from changes_of_entry(old, entry)
            if entry.runs or entry.status is not Status.CANCELLED:
                yield from changes_of_days(old, entry, cut)
            if not (cut and old.date != entry.date):
                was, now = (_family_of(each, entry, products) for each in (before, after))
                yield from changes_of_tablets(old, entry, {entry.timeline: now} if was == now else {})
                yield from changes_of_strengths(entry, was, now)
    for entry in before.entries:
        if after.entry(entry.id) is None:
            yield _disappeared(after, entry)


def _family_of(calendar: Calendar, entry: Entry, products: Products) -> tuple[Product, ...]:
    """What a cycle's tablets are counted in, by the version that it goes by; nothing where tablets are not compared."""
    known = calendar.products_before.get(entry.id) or calendar.products or products
    return known.get(entry.timeline, ()) if products else ()


def _in_numbers(calendar: Calendar) -> list[Entry]:
    return sorted(calendar.entries, key=lambda entry: entry.n)


def _appeared(before: Calendar, entry: Entry) -> Difference:
    now = f"{entry.date} ({_how(entry)})" if entry.date is not None else entry.status.value
    if _waiting(before, entry.id) is not None:
        what = What.CANCELLED if entry.status is Status.CANCELLED else What.DATED
        return difference(entry, what, "pending", now)
    return difference(entry, What.NEW, None, now, ": new", f": new, {now}", "new")


def _how(entry: Entry) -> str:
    """Status, and the dose that it begins with: a resume may have lowered it. A dose that waits for a decision is none."""
    first = entry.runs[0] if entry.runs else None
    flags = (*entry.flags, *(first.flags if first is not None else ()))
    doses = first.doses if first is not None else entry.doses
    if entry.status is Status.CANCELLED or not doses:
        return entry.status.value
    dose = Flag.AWAITING_DECISION.value if Flag.AWAITING_DECISION in flags else in_english(doses_in_words(doses))
    return f"{entry.status.value}, {dose}"


def _disappeared(after: Calendar, entry: Entry) -> Difference:
    was = entry.date.isoformat() if entry.date is not None else entry.status.value
    waiting = _waiting(after, entry.id)
    if waiting is not None:
        now = f"pending ({_waits_for(waiting)})"
        return difference(entry, What.PENDING, was, now)
    return difference(
        entry, What.GONE, was, None, ": no longer on the calendar", f": {was} -> no longer on the calendar"
    )


def _waiting(calendar: Calendar, entry_id: str) -> Pending | None:
    """What is pending under that id; a cycle under the id of its first day."""
    return next((each for each in calendar.pending if each.id in (entry_id, f"{entry_id}.1")), None)


def _pending(before: Calendar, after: Calendar) -> Iterator[Difference]:
    """What waited before and waits for something else now, or waits for the first time, or for the last."""
    old, new = _only_pending(before), _only_pending(after)
    for name, pending in new.items():
        if name in old:
            was, now = _waits_for(old[name]), _waits_for(pending)
            if (was, old[name].rule) != (now, pending.rule):
                yield _of_pending(pending, What.WAITS, was, now, f": {was} -> {now}")
        elif not _has_entry(before, name):
            now = _waits_for(pending)
            yield _of_pending(pending, What.PENDING, None, now, f": pending, {now}")
    for name, pending in old.items():
        if name not in new and not _has_entry(after, name):
            yield _of_pending(pending, What.GONE, _waits_for(pending), None, ": no longer pending, nor on the calendar")


def _only_pending(calendar: Calendar) -> dict[str, Pending]:
    """What has no entry: a period whose end is open has both."""
    return {each.id: each for each in calendar.pending if each.id not in calendar.by_id}


def _has_entry(calendar: Calendar, pending_id: str) -> bool:
    return pending_id in calendar.by_id or pending_id.removesuffix(".1") in calendar.by_id


def _of_pending(pending: Pending, what: What, was: str | None, now: str | None, told: str) -> Difference:
    return Difference(pending.id, pending.timeline, 0, what, was, now, told, pending.not_before)


def _waits_for(pending: Pending) -> str:
    """What is not known yet, else the entry that it counts from, else its rule."""
    unknown = [reason.what for reason in pending.because.set_by if isinstance(reason, Unknown)]
    unknown = unknown or [reason.entry for reason in pending.because.set_by if isinstance(reason, After)]
    not_before = f", not before {pending.not_before}" if pending.not_before is not None else ""
    return f"waits for {', '.join(unknown) or pending.rule}{not_before}"


def _findings(before: Calendar, after: Calendar) -> Iterator[Change]:
    """What has to be looked at anew, such as a window that can no longer be met, and what no longer has to be."""
    for finding in after.findings:
        if finding not in before.findings:
            yield _of_finding(after, finding, What.FINDING)
    for finding in before.findings:
        if finding not in after.findings:
            yield _of_finding(before, finding, What.SOLVED)


def _of_finding(calendar: Calendar, finding: Finding, what: What) -> Change:
    entry = calendar.entry(finding.entry) if finding.entry is not None else None
    name = f"{finding.entry}: " if finding.entry is not None and finding.entry not in finding.message else ""
    words = f"new {finding.severity}" if what is What.FINDING else f"{finding.severity} no longer"
    was, now = (None, finding.message) if what is What.FINDING else (finding.message, None)
    entries = (finding.entry,) if finding.entry is not None else ()
    return Change(
        entries, what, was, now, f"{words}: {name}{finding.message}", entry.date if entry is not None else None
    )
