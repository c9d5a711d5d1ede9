"""What is different between two calendars of one patient: before and after an event, an amendment, a closure of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from scheduler.calendar.comparing.change import ABOUT_ENTRIES, Change, What
from scheduler.calendar.comparing.change_in_words import (
    Sentence,
    is_gone,
    is_new,
    is_not_pending,
    loses_its_date,
    on_day,
    status_word,
)
from scheduler.calendar.comparing.cycle_changes import changes_of_days, changes_of_strengths, changes_of_tablets
from scheduler.calendar.comparing.entry_changes import changes_of_entry, difference
from scheduler.calendar.comparing.folding import Difference, fold
from scheduler.calendar.entries.because import After, Unknown
from scheduler.calendar.entries.doses_in_words import doses_in_words
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Pending, Products, Status
from scheduler.findings import Finding
from scheduler.protocol.plan.dosing.product import Product
from scheduler.said import COMMAS, Code, Quoted, Said, Value, in_english, listed, said

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
    how = _how(entry)
    now = f"{entry.date} ({in_english(how)})" if entry.date is not None else entry.status.value
    if _waiting(before, entry.id) is not None:
        what = What.CANCELLED if entry.status is Status.CANCELLED else What.DATED
        return difference(entry, what, "pending", now, is_not_pending(entry.status, entry.date, how))
    return difference(entry, What.NEW, None, now, is_new(entry.date, how), "new")


def _how(entry: Entry) -> Value:
    """Status, and the dose that it begins with: a resume may have lowered it. A dose that waits for a decision is none."""
    first = entry.runs[0] if entry.runs else None
    flags = (*entry.flags, *(first.flags if first is not None else ()))
    doses = first.doses if first is not None else entry.doses
    status = status_word(entry.status)
    if entry.status is Status.CANCELLED or not doses:
        return status
    awaiting = Flag.AWAITING_DECISION in flags
    dose = Said(Flag.AWAITING_DECISION.value, context="flag") if awaiting else doses_in_words(doses)
    return listed(status, dose, how=COMMAS)


def _disappeared(after: Calendar, entry: Entry) -> Difference:
    was = entry.date.isoformat() if entry.date is not None else entry.status.value
    waiting = _waiting(after, entry.id)
    if waiting is not None:
        now = f"pending (waits for {in_english(_waits_for(waiting, iso=True))})"
        told = loses_its_date(entry.status, entry.date, _waits_for(waiting))
        return difference(entry, What.PENDING, was, now, told)
    return difference(entry, What.GONE, was, None, is_gone(entry.status, entry.date))


def _waiting(calendar: Calendar, entry_id: str) -> Pending | None:
    """What is pending under that id; a cycle under the id of its first day."""
    return next((each for each in calendar.pending if each.id in (entry_id, f"{entry_id}.1")), None)


def _pending(before: Calendar, after: Calendar) -> Iterator[Difference]:
    """What waited before and waits for something else now, or waits for the first time, or for the last."""
    old, new = _only_pending(before), _only_pending(after)
    for name, pending in new.items():
        if name in old:
            was, now = (in_english(_waits_for(each, iso=True)) for each in (old[name], pending))
            if (was, old[name].rule) != (now, pending.rule):
                told = _waits_otherwise(old[name], pending)
                yield _of_pending(pending, What.WAITS, f"waits for {was}", f"waits for {now}", told)
        elif not _has_entry(before, name):
            told = said("{which} is pending: it waits for {what}", what=_waits_for(pending))
            now = in_english(_waits_for(pending, iso=True))
            yield _of_pending(pending, What.PENDING, None, f"waits for {now}", told)
    for name, pending in old.items():
        if name not in new and not _has_entry(after, name):
            told = said("{which} is no longer pending, nor on the calendar")
            was = in_english(_waits_for(pending, iso=True))
            yield _of_pending(pending, What.GONE, f"waits for {was}", None, told)


def _waits_otherwise(before: Pending, after: Pending) -> Said:
    was, now = _waits_for(before), _waits_for(after)
    if was == now:
        return said('{which} waits for {now}, now by "{rule}"', now=now, rule=Quoted(after.rule))
    return said("{which} waits for {now}; it waited for {was}", now=now, was=was)


def _only_pending(calendar: Calendar) -> dict[str, Pending]:
    """What has no entry: a period whose end is open has both."""
    return {each.id: each for each in calendar.pending if each.id not in calendar.by_id}


def _has_entry(calendar: Calendar, pending_id: str) -> bool:
    return pending_id in calendar.by_id or pending_id.removesuffix(".1") in calendar.by_id


def _of_pending(pending: Pending, what: What, was: str | None, now: str | None, told: Said) -> Difference:
    sentence = Sentence.of_any(told)
    return Difference(pending.id, pending.timeline, 0, what, was, now, sentence, pending.not_before)


def _waits_for(pending: Pending, iso: bool = False) -> Value:
    """What is not known yet, else the entry that it counts from, else its rule."""
    unknown = [reason.said for reason in pending.because.set_by if isinstance(reason, Unknown)]
    waited = unknown or [Code(reason.entry) for reason in pending.because.set_by if isinstance(reason, After)]
    what = listed(*waited, how=COMMAS) if waited else Quoted(pending.rule)
    if pending.not_before is None:
        return what
    day = Code(pending.not_before.isoformat()) if iso else on_day(pending.not_before)
    return said("{what}, not before {day}", what=what, day=day)


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
    message: Value = finding.told
    if finding.entry is not None and finding.entry not in finding.message:
        message = said("{entry}: {message}", entry=Code(finding.entry), message=message)
    severity = Said(finding.severity.value, context="severity")
    if what is What.FINDING:
        told = said("new {severity}: {message}", severity=severity, message=message)
    else:
        told = said("{severity} no longer: {message}", severity=severity, message=message)
    was, now = (None, finding.message) if what is What.FINDING else (finding.message, None)
    entries = (finding.entry,) if finding.entry is not None else ()
    return Change(entries, what, was, now, told, entry.date if entry is not None else None)
