"""A proposal as a list and as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.bundling.plan import Bundle, Move, PatientPlan
from scheduler.said import Code, Said, counted, said, said_as, text_of
from scheduler.views.table import Table

COLUMNS = ("subject", "entry", "title", "stands on", "proposed", "earliest", "ideal", "latest", "by", "why")


def table_of_moves(bundle: Bundle) -> Table:
    """Every date that would move, patient by patient, with its window in the proposed calendar and the reason."""
    rows = tuple(_row(each.subject, move) for each in bundle.patients for move in each.moves)
    return Table(text_of(said("Fewest trips: what is proposed")), COLUMNS, rows)


def _row(subject: str | None, move: Move) -> tuple[str | date | None, ...]:
    earliest, latest = move.window or (None, None)
    by = text_of(said_as("how a day is set", "appointment") if move.booked else said_as("how a day is set", "follows"))
    return subject, move.entry, move.title, move.before, move.after, earliest, move.ideal, latest, by, text_of(move.why)


def in_sentences(bundle: Bundle) -> Iterator[Said]:
    """How many trips it is, how sure that is, and where nothing is proposed, why."""
    if bundle.clashes:
        for clash in bundle.clashes:
            yield said("These rules cannot be kept all at once, so nothing is proposed:")
            yield from clash
        yield said("What is booked stays: book a day for what has none inside its window, and search again.")
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


def stuck_in_sentences(plan: PatientPlan) -> Iterator[Said]:
    """Why nothing is proposed for one of several patients; nothing where something is, or nothing had to be."""
    subject = Code(plan.subject or "")
    for clash in plan.clashes:
        yield said("{subject}: these rules cannot be kept all at once, so nothing moves:", subject=subject)
        yield from clash
    if plan.refused is not None:
        yield said(
            "{subject}: nothing moves, because the calendar agreed to no plan. {why}", subject=subject, why=plan.refused
        )


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
