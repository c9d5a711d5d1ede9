"""The validation report of a study's own stories: what was run, on what, and how each story came out.

A quality unit files it to show that this release of the program gives, for this protocol and site, the dates that people worked
out by hand. It says nothing of what no story tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.views.looking_back.story import Outcome, table_of_differences, table_of_outcomes
from scheduler.views.table import Cell, Table


@dataclass(frozen=True, slots=True)
class Input:
    """A text that the results rest on: which, its version where it has one, its file, and the SHA-256 of its text."""

    what: str
    version: str | None
    file: str
    digest: str


@dataclass(frozen=True, slots=True)
class Validation:
    """All stories of a study, run. ``on`` is the day that the report is dated, None where nobody said."""

    study: str
    engine: str
    on: date | None
    inputs: tuple[Input, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> bool:
        """True when there is a story, and all of them came out as told."""
        return bool(self.outcomes) and all(each.passed for each in self.outcomes)

    @property
    def result(self) -> str:
        """How many stories came out as told: "12 stories, 1 failed: imaging-moves"."""
        failed = [each.name for each in self.outcomes if not each.passed]
        count = f"{len(self.outcomes)} {'story' if len(self.outcomes) == 1 else 'stories'}"
        return f"{count}, {len(failed)} failed: {', '.join(failed)}" if failed else f"{count}, all as told"


def tables_of_validation(validation: Validation) -> tuple[Table, ...]:
    """The report as lists: what was run, on which texts, each story, each difference, and room for who is responsible."""
    return (
        _what_was_run(validation),
        Table(
            "Texts",
            ("text", "version", "file", "SHA-256"),
            tuple((each.what, each.version, each.file, _in_groups(each.digest)) for each in validation.inputs),
        ),
        _stories(validation),
        *_what_differs(validation),
        Table("Responsible", ("", "name", "date", "signature"), (("run by", *_LINES), ("reviewed by", *_LINES))),
    )


_LINES = ("." * 40, "." * 16, "." * 40)


def _what_was_run(validation: Validation) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("study", validation.study),
        ("program", validation.engine),
        ("date of the run", validation.on),
        ("result", validation.result),
    )
    return Table("What was run", ("", "value"), tuple(row for row in rows if row[1] is not None))


def _in_groups(digest: str) -> str:
    """A digest as people compare it, which a narrow column can break."""
    return " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def _stories(validation: Validation) -> Table:
    told = table_of_outcomes(validation.outcomes)
    rows = tuple((*row, _in_groups(each.digest)) for row, each in zip(told.rows, validation.outcomes, strict=True))
    return Table(told.title, (*told.columns, "SHA-256 of its text"), rows)


def _what_differs(validation: Validation) -> tuple[Table, ...]:
    """Only where something does."""
    unusable = tuple((each.name, str(finding)) for each in validation.outcomes for finding in each.findings)
    tables = (
        table_of_differences(validation.outcomes),
        Table("Stories that cannot be used", ("story", "what is wrong"), unusable),
    )
    return tuple(table for table in tables if table.rows)
