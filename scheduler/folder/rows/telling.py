"""What becomes of each row of a file, as a list."""

from __future__ import annotations

from scheduler.asking.question import Words
from scheduler.folder.rows.trying import Remark, Trial
from scheduler.said import SEMICOLONS, Code, Said, Value, listed, said, said_of, text_of
from scheduler.views.table import Table

_BETWEEN = Said(" | ")
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
            text_of(listed(*each.what, how=SEMICOLONS)) if each.what else None,
            text_of(listed(*map(_why, each.remarks), how=_BETWEEN)) if each.remarks else None,
        )
        for each in trial.rows
    )
    table = Table(text_of(said("Rows")), COLUMNS, rows)
    return table if why else Table(table.title, COLUMNS[:-1], tuple(row[:-1] for row in rows))


def _why(remark: Remark) -> Said:
    told = said("{place}: {message}", place=Code(str(remark.place)), message=in_message(remark.what))
    if not remark.to_do:
        return told
    to_do = listed(*map(in_message, remark.to_do), how=SEMICOLONS)
    return said("{message} ({to_do})", message=told, to_do=to_do)


def in_message(words: Words) -> Value:
    """What a remark says, as a part of a sentence."""
    return said_of(words) if isinstance(words, str) else words
