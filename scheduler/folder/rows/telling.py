"""What becomes of each row of a file, as a list."""

from __future__ import annotations

from scheduler.folder.rows.trying import Remark, Trial
from scheduler.views.table import Table

COLUMNS = ("row", "subject", "outcome", "what", "why")


def table_of_trial(trial: Trial, *, why: bool = True) -> Table:
    """A row for each row of the file: its number, the patient, accepted / asked / refused, what it says, and what to do.

    Without ``why``, what to do is said elsewhere.
    """
    rows = tuple(
        (
            each.row.line,
            each.row.subject or None,
            each.outcome.value,
            "; ".join(map(str, each.what)) or None,
            " | ".join(map(_why, each.remarks)) or None,
        )
        for each in trial.rows
    )
    table = Table("Rows", COLUMNS, rows)
    return table if why else Table(table.title, COLUMNS[:-1], tuple(row[:-1] for row in rows))


def _why(remark: Remark) -> str:
    to_do = "; ".join(map(str, remark.to_do))
    told = f"{remark.place}: {remark.what}"
    return f"{told} ({to_do})" if to_do else told
