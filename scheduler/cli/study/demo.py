"""``scheduler demo``: the seed study with its sample patients, written out, and what to look at first."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.progress import step_by_step
from scheduler.cli.screen import count_findings, say, write

TODAY = date(2026, 5, 21)
"""The day on which the sample patients were left."""

TOUR = """
{count} files in {out}, as of {today:%A} {today.day} {today:%B %Y}. What to open first:

  {out}/index.html
      The study: six patients, with links to everything below.
  {out}/calendars/CTL-002.html
      A grade 3 hand-foot reaction: tablets held, then taken up at a lower level. Every date says why.
  {out}/calendars/EXP-003.html
      Day 22 falls into the Spring Festival: radiotherapy waits, uses the make-up Saturday, and cycle 2 waits for it.
  {out}/lists/worklist.html and {out}/lists/dispensing.html
      The coordinator's day and the pharmacist's next four weeks (as workbooks and CSV too).
  {out}/feeds/patients/EXP-001.en.ics, EXP-001.zh.ics
      What a patient subscribes to: "Study visit", "2 tablets", and no word of drug, trial or disease.

Then ask, and change something:

  {scheduler} explain {out}/study/patients/EXP-003.yaml toripalimab.2
  {scheduler} whatif {out}/study/patients/EXP-001.yaml --event '{{on: 2026-05-21, event: held, treatment: regorafenib}}'
  {scheduler} worklist {out}/study --on {today}
  {scheduler} diary {out}/study/patients/EXP-001.yaml --from 2026-05-21 --to 2026-06-30 > diary.pdf

{kept}The patients are invented. Not a medical device: a qualified person checks every list before anybody acts on it.
"""


def demo(
    out: Annotated[Path, typer.Option("--out", help="The folder to write into.")] = Path("demo"),
) -> None:
    """Write out the seed study with six sample patients: calendars, lists and feeds. Takes a few seconds."""
    from scheduler.folder.feeds import feed_key
    from scheduler.folder.founding.seed import copy_of_seed
    from scheduler.folder.printing.publishing import Order, publish
    from scheduler.folder.reading.study import read_study
    from scheduler.languages import Language

    out.mkdir(parents=True, exist_ok=True)
    fresh = copy_of_seed(out / "study")
    with step_by_step("Reading") as written:
        study = read_study(out / "study")
        say(f"checked {study.version.study}: {len(study.cases)} patients, {count_findings(study.findings)}")
        written("calendars")
        order = Order(as_of=TODAY, languages=(Language.ENGLISH, Language.CHINESE))
        done = publish(study, feed_key(out / "study"), out, order, written)
    kept = "" if fresh else f"{out}/study was there already and was used as it is; delete it to begin afresh.\n"
    command = "uv run scheduler" if "UV" in os.environ else "scheduler"
    write(TOUR.format(count=len(done), out=out, today=TODAY, kept=kept, scheduler=command).lstrip("\n"))
