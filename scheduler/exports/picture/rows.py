"""Where each lane of a picture lies from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scheduler.exports.picture.lanes import Lane
from scheduler.exports.picture.markup import Markup, element, together
from scheduler.exports.picture.scale import Scale
from scheduler.exports.picture.tracks import height_of

HEAD = 56
"""The room for today, months and study weeks above the lanes, in pixels."""

_GAP = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A lane with its upper edge and its height, in pixels."""

    lane: Lane
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.top + self.height / 2


def rows_of(lanes: tuple[Lane, ...], scale: Scale) -> tuple[Row, ...]:
    """The lanes one under the other, with a gap where another group begins."""
    rows: list[Row] = []
    top = float(HEAD)
    for lane in lanes:
        if rows and rows[-1].lane.group is not lane.group:
            top += _GAP
        height = height_of(lane, scale)
        rows.append(Row(lane, top, height))
        top += height
    return tuple(rows)


def height_of_all(rows: tuple[Row, ...]) -> float:
    """How high the whole picture is."""
    return rows[-1].top + rows[-1].height + 6


def rules_between_groups(rows: tuple[Row, ...], width: float) -> Markup:
    """A fine line in each gap."""
    return together(*(element("path", d=f"M0 {y:.1f}H{width:.1f}", class_="grid") for y in _gaps(rows)))


def _gaps(rows: tuple[Row, ...]) -> Iterator[float]:
    return (row.top - _GAP / 2 for before, row in pairwise(rows) if before.lane.group is not row.lane.group)
