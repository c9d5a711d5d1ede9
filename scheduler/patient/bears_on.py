"""What an event bears on: the entries that it is about, and the dates that it sets."""

from __future__ import annotations

from scheduler.patient import events as ev

_OF_AN_ENTRY = (ev.VisitDone, ev.NotDone, ev.Booked, ev.Rebooked)


def entry_key(entry: str) -> str:
    """The key of an entry's facts: day 1 of a cycle stands for the cycle, and has its own key where each day is an entry."""
    name, _, rest = entry.partition(".")
    cycle, _, day = rest.partition(".")
    return f"{name}.{cycle}" if day == "1" else entry


def entries_of(event: ev.Event) -> tuple[str, ...]:
    """The entries that an event is about."""
    if isinstance(event, ev.CycleStarted):
        return (f"{event.treatment}.{event.cycle}",)
    if isinstance(event, ev.Given):
        return (_on_day(f"{event.treatment}.{event.n}", event.day),)
    if isinstance(event, ev.Delayed):
        return (_on_day(f"{event.treatment}.{event.number}", event.day),)
    if isinstance(event, _OF_AN_ENTRY):
        key = entry_key(event.entry)
        return (key,) if key == event.entry else (key, event.entry)
    return ()


def _on_day(entry: str, day: int | None) -> str:
    return entry if day is None else f"{entry}.{day}"


_DATES: dict[type[ev.Event], tuple[str, ...]] = {
    ev.Consented: ("consent",),
    ev.Screened: ("screening",),
    ev.Randomised: ("randomisation",),
    ev.Progressed: ("progression",),
    ev.NewAnticancerTherapy: ("new anticancer therapy",),
    ev.Died: ("death",),
    ev.CycleStarted: ("first dose",),
    ev.Given: ("first dose",),
    ev.FirstDosePlanned: ("first dose",),
}


def dates_of(event: ev.Event) -> tuple[str, ...]:
    """The dates that an event sets."""
    if isinstance(event, ev.Reached):
        return (event.milestone,)
    return _DATES.get(type(event), ())
