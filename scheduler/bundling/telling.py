"""A proposal as a list, as sentences and as keys for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.bundling.plan import Bundle, Kept, Move, PatientPlan
from scheduler.patient.events import dump_event
from scheduler.said import Code, Said, counted, said
from scheduler.views.shapes.change import tell_changes
from scheduler.views.table import Table

COLUMNS = ("subject", "entry", "title", "stands on", "proposed", "earliest", "ideal", "latest", "by", "why")


def table_of_moves(bundle: Bundle) -> Table:
    """Every date that would move, patient by patient, with its window in the proposed calendar and the reason."""
    rows = tuple(_row(each.subject, move) for each in bundle.patients for move in each.moves)
    return Table("Fewest trips: what is proposed", COLUMNS, rows)


def _row(subject: str | None, move: Move) -> tuple[str | date | None, ...]:
    earliest, latest = move.window or (None, None)
    by = "appointment" if move.booked else "follows"
    return subject, move.entry, move.title, move.before, move.after, earliest, move.ideal, latest, by, str(move.why)


def in_sentences(bundle: Bundle) -> Iterator[Said]:
    """How many trips it is, how sure that is, and where nothing is proposed, why."""
    if bundle.clashes:
        for clash in bundle.clashes:
            yield said("These rules cannot be kept all at once, so nothing is proposed:")
            yield from clash
        return
    if bundle.refused is not None:
        yield said("Nothing is proposed, because the calendar agreed to no plan. {why}", why=bundle.refused)
        return
    yield counted(
        "{n} trip after {on} and up to {until}, as the calendar stands.",
        "{n} trips after {on} and up to {until}, as the calendar stands.",
        bundle.before,
        on=bundle.on,
        until=bundle.until,
    )
    if bundle.moves_nothing:
        yield said("No date would move: no plan that was found has fewer trips.")
    else:
        yield counted(
            "{n} trip as proposed: {saves} fewer.",
            "{n} trips as proposed: {saves} fewer.",
            bundle.after,
            saves=bundle.saves,
        )
    yield how_sure(bundle)


def how_sure(bundle: Bundle) -> Said:
    """Whether it is proven that no plan has fewer trips."""
    if bundle.proven:
        return said("It is proven that no plan inside these windows has fewer trips.")
    return said(
        "It is not proven: {fewest} trips or more are needed, and the search was given {seconds} seconds.",
        fewest=bundle.at_least,
        seconds=round(bundle.seconds),
    )


def kept_in_sentences(plan: PatientPlan) -> Iterator[Said]:
    """What was not moved although its window has other days, a sentence for each."""
    for each in plan.kept:
        yield said("{entry} stays on {day}: {why}", entry=Code(each.entry), day=each.date, why=each.why)


def as_keys(bundle: Bundle) -> dict[str, object]:
    """The public JSON, dates as YYYY-MM-DD; ``events`` are what accepting it would record."""
    return {
        "on": bundle.on.isoformat(),
        "until": bundle.until.isoformat(),
        "trips": bundle.before,
        "proposed": bundle.after,
        "saves": bundle.saves,
        "proven": bundle.proven,
        "at_least": bundle.at_least,
        "seconds": bundle.seconds,
        "clashes": [[str(each) for each in clash] for clash in bundle.clashes],
        "refused": None if bundle.refused is None else str(bundle.refused),
        "patients": [_patient(each) for each in bundle.patients],
    }


def _patient(plan: PatientPlan) -> dict[str, object]:
    return {
        "subject": plan.subject,
        "trips": [day.isoformat() for day in plan.before],
        "proposed": [day.isoformat() for day in plan.after],
        "moves": [_move(each) for each in plan.moves],
        "kept": [_kept(each) for each in plan.kept],
        "events": [dump_event(each) for each in plan.events],
        "changes": [each.as_keys() for each in tell_changes(plan.changes)],
    }


def _move(move: Move) -> dict[str, object]:
    return {
        "entry": move.entry,
        "title": move.title,
        "date": move.before.isoformat(),
        "proposed": move.after.isoformat(),
        "window": None if move.window is None else [day.isoformat() for day in move.window],
        "ideal": None if move.ideal is None else move.ideal.isoformat(),
        "booked": move.booked,
        "why": str(move.why),
    }


def _kept(kept: Kept) -> dict[str, object]:
    return {"entry": kept.entry, "date": kept.date.isoformat(), "why": str(kept.why)}
