"""``scheduler check``: what is wrong with a protocol, a site or a patient's file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import TextFormat, TextFormatOption, civil_date
from scheduler.cli.screen import count_findings, end, say, say_findings, show_table, write

if TYPE_CHECKING:
    from scheduler.folder.trying.advising import Advice
    from scheduler.protocol.plan.study import StudyVersion


def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Protocols, sites and case files, or a study's folder or database."),
    ],
    assumptions: Annotated[
        bool, typer.Option("--assumptions", help="Also list what the protocol leaves open and how it is read here.")
    ] = False,
    advise: Annotated[
        bool,
        typer.Option(
            "--advise", help="Also plan a patient for every start day: what goes wrong, and when best to start."
        ),
    ] = False,
    starts: Annotated[
        str | None,
        typer.Option(
            "--starts",
            metavar="DATE..DATE",
            help="The start days for --advise; without it, the last two years whose holidays are published.",
        ),
    ] = None,
    format_: TextFormatOption = TextFormat.TABLE,
) -> None:
    """Say everything that is wrong with files, each finding with file:line:column. Exit code 1 only for errors."""
    from scheduler.folder.trying.checking import check_files

    days = _range(starts)
    checked = check_files(files)
    advice = _advice(checked.versions, days) if advise else ()
    if format_ is TextFormat.JSON:
        import json

        from scheduler.views.shapes.finding import tell_findings

        found = [each.as_keys() for each in tell_findings(checked.findings)]
        told: dict[str, object] = {"findings": found} | ({"advice": _in_keys(advice)} if advise else {})
        write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        say_findings(checked.findings, data=True)
        for each in advice:
            _show(each)
    if assumptions:
        for version in checked.versions:
            write(_told(version))
    say(f"{checked.files} {'file' if checked.files == 1 else 'files'}: {count_findings(checked.findings)}")
    end(checked.findings)


def _range(text: str | None) -> tuple[date, date] | None:
    if text is None:
        return None
    first, dots, last = text.partition("..")
    if not dots:
        raise typer.BadParameter("write the first and the last day: 2026-01-01..2026-12-31", param_hint="--starts")
    days = civil_date(first), civil_date(last)
    if days[1] < days[0]:
        raise typer.BadParameter(f"{text} runs backwards", param_hint="--starts")
    return days


def _advice(versions: tuple[StudyVersion, ...], days: tuple[date, date] | None) -> tuple[Advice, ...]:
    from scheduler.cli.progress import step_by_step
    from scheduler.folder.trying.advising import advise

    with step_by_step("Planning") as tell:
        return advise(versions, days, tell)


def _in_keys(advice: tuple[Advice, ...]) -> list[object]:
    from scheduler.exports.advice import surveys_in_keys, table_in_keys, tables_of_surveys
    from scheduler.folder.trying.advising import table_of_costs

    return [
        {
            "study": each.version.study,
            "version": each.version.version,
            "site": each.site,
            "arms": surveys_in_keys(each.surveys),
            **{key: table_in_keys(table) for key, table in tables_of_surveys(each.surveys).items()},
            "costs": table_in_keys(table_of_costs(each)),
            "stated_in_words_only": list(each.in_words_only),
        }
        for each in advice
    ]


def _show(advice: Advice) -> None:
    from scheduler.exports.advice import tables_of_surveys
    from scheduler.folder.trying.advising import table_of_costs
    from scheduler.views.coordinator.advice import how_it_was_looked_at

    where = advice.site or "any site that is open from Monday to Friday"
    write(f"\n{advice.version.study} {advice.version.version} at {where}\n\n")
    for table in (*tables_of_surveys(advice.surveys).values(), table_of_costs(advice)):
        if table.rows:
            show_table(table)
            write("\n")
    if advice.in_words_only:
        names = ", ".join(advice.in_words_only)
        write(f"The alternatives of {names} are stated in words only, so what they would change was not computed.\n")
    for survey in advice.surveys:
        write(f"{how_it_was_looked_at(survey)}\n")


def _told(version: StudyVersion) -> str:
    """The assumptions of a protocol, one under the other: sentences do not fit into columns."""
    from textwrap import fill

    lines = version.assumption_lines
    blocks = [f"\n{version.study} {version.version}: what the protocol leaves open, and how it is read here\n"]
    for each in version.assumptions.values():
        blocks.append(f"\n{each.id}  {each.question}  (line {each.line})\n")
        for word, text in (("reading", each.reading), ("otherwise", each.alternatives), ("because", each.because)):
            blocks.append(fill(text, 110, initial_indent=f"    {word:<11}", subsequent_indent=" " * 15) + "\n")
        resting = ", ".join(str(line) for line in lines.get(each.id, ()))
        if resting:
            blocks.append(f"    {'decides':<11}line{'s' if ',' in resting else ''} {resting}\n")
    return "".join(blocks)
