"""What the standard has no variable for, beside the record that it belongs to: SUPP--."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.standards.sdtm.datasets import Row
from scheduler.standards.sdtm.subject import Subject


def supplemental(
    subject: Subject, domain: str, number: int, qualifiers: Iterable[tuple[str, str, str | None]]
) -> Iterator[Row]:
    """A record for each qualifier, name, label and value, of the record of that number; what nobody said is left out."""
    for name, label, value in qualifiers:
        if value:
            yield subject.keys | {
                "RDOMAIN": domain,
                "IDVAR": f"{domain}SEQ",
                "IDVARVAL": str(number),
                "QNAM": name,
                "QLABEL": label,
                "QVAL": value,
                "QORIG": "CRF",
            }
