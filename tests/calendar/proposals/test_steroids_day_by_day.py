"""The steroid clock retold day by day with nothing of the engine's: one sum for each day, and the days above counted in a row."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calendar.proposals.patients import EXPERIMENTAL, calendar
from tests.laws.examples import examples

FIVE_OF_PREDNISONE = {
    "prednisone": Decimal(5),
    "prednisolone": Decimal(5),
    "methylprednisolone": Decimal(4),
    "hydrocortisone": Decimal(20),
}
"""As much as 5 mg of prednisone."""
FIRST, LAST = date(2026, 3, 2), date(2026, 12, 31)

Record = tuple[date, str, str, Decimal | None, str | None]

records = st.lists(
    st.tuples(
        st.sampled_from([FIRST + timedelta(days=days) for days in (0, 1, 10, 40, 84, 85, 86, 120, 171)]),
        st.sampled_from(["started", "started", "changed", "stopped"]),
        st.sampled_from(sorted(FIVE_OF_PREDNISONE)),
        st.sampled_from([Decimal(4), Decimal(8), Decimal(10), Decimal("10.5"), Decimal(40), None]),
        st.sampled_from([None, None, "oral", "intravenous", "topical"]),
    ),
    min_size=1,
    max_size=7,
).map(lambda found: sorted(found, key=lambda record: record[0]))


@given(records)
@settings(max_examples=examples(100))
def test_each_stretch_of_more_than_twelve_weeks_above_ten_milligrams_calls_once(told: list[Record]) -> None:
    lines = "".join(_line(record) for record in told)
    story = f"{EXPERIMENTAL}{lines}{LAST} unscheduled visit\n"
    found = calendar(story, until="2026-12-31").proposals
    assert [each.raised for each in found if each.rule == "toripalimab-limits.2"] == list(_days_over(told))


def _line(record: Record) -> str:
    on, what, name, dose, route = record
    said = f", dose: {dose} mg" if dose is not None and what != "stopped" else ""
    return f"{on} medicine {what}, name: {name}{said}{f', route: {route}' if route else ''}\n"


def _days_over(told: list[Record]) -> list[date]:
    """The 86th day of each stretch: the 85th is twelve weeks after its first, and in time."""
    over, in_a_row = [], 0
    taken: dict[str, dict[str | None, Decimal | None]] = {}
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        given_today_only: list[tuple[str, Decimal | None, str | None]] = []
        begun: set[tuple[str, str | None]] = set()
        for record in told:
            if record[0] == day:
                _apply(record, taken.setdefault(record[2], {}), begun, given_today_only)
        doses = [(name, dose, route) for name, routes in taken.items() for route, dose in routes.items()]
        counted = [(name, dose) for name, dose, route in (*doses, *given_today_only) if route != "topical"]
        above = (
            any(dose is None for _, dose in counted)
            or sum((5 * dose / FIVE_OF_PREDNISONE[name] for name, dose in counted if dose is not None), Decimal(0)) > 10
        )
        # What came up on the day after the last in time was above on all the days before.
        over += [day] if in_a_row == 85 else []
        in_a_row = in_a_row + 1 if above else 0
    return over


def _apply(
    record: Record,
    routes: dict[str | None, Decimal | None],
    begun: set[tuple[str, str | None]],
    given_today_only: list[tuple[str, Decimal | None, str | None]],
) -> None:
    _, what, name, dose, route = record
    meant = (
        [route]
        if route in routes
        else []
        if route is not None and (what == "started" or route == "topical")
        else [None]
        if None in routes
        else []
    )
    if route is None:
        tablets = [each for each in routes if each != "topical"]
        meant = list(routes) if what == "stopped" or (what == "changed" and not tablets) else tablets
    ended = {each: routes.pop(each) for each in meant}
    if what == "stopped":
        given_today_only += [(name, ended[each], each) for each in ended if (name, each) in begun]
        return
    by = route if route is not None else meant[0] if len(meant) == 1 else None
    routes[by] = dose
    begun -= {(name, each) for each in meant}
    if what == "started":
        begun.add((name, by))
