"""From a sponsor's files: USDM as a protocol, SDTM as patients' case files, with what became of every part. Nothing is kept.

The same as ``import-usdm`` and ``import-sdtm``: what they would write is on the page, to keep as files. A protocol of the study
itself goes on from there to where an amendment is looked at and added.
"""

from __future__ import annotations

import base64
import io
import tempfile
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.errors import InvalidText, Refused
from scheduler.findings import Finding, Severity, has_errors
from scheduler.folder.exchanging.sdtm_records import Datasets, read_dataset
from scheduler.folder.exchanging.sdtm_subjects import subjects_as_cases
from scheduler.folder.exchanging.usdm import read_usdm
from scheduler.said import Code, Quoted, Said, said, said_as
from scheduler.standards.sdtm_in.records import Record
from scheduler.standards.usdm.report import VERDICTS
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.pages.files.one_at_a_time import one_at_a_time

router = APIRouter(route_class=GuardedRoute)

DATASETS = ("dm", "ds", "sv", "ex")
"""The fields of the form, one for each dataset that is read."""
MOST_RECORDS = 50_000
"""Records of SDTM that are looked at here: ten times those of a study of 250 patients. Meanwhile nobody else has a file read."""
MOST_SHOWN = 300
"""Rows of a report on the page; the file has all."""
NO_FILE = said("No file was chosen.")
NO_PEOPLE = said("Choose the file of DM: without it nobody is known.")

VERDICT_WORDS: Mapping[str, Said] = {
    "said": said_as("import", "said"),
    "said with an assumption": said_as("import", "said with an assumption"),
    "carried as text": said_as("import", "carried as text"),
    "carried": said_as("import", "carried"),
    "the file is wrong": said_as("import", "the file is wrong"),
}
KIND_WORDS: Mapping[str, Said] = {
    "arm": said_as("import", "arm"),
    "epoch": said_as("import", "epoch"),
    "encounter": said_as("import", "encounter"),
    "timeline": said_as("import", "timeline"),
    "instance": said_as("import", "instance"),
    "decision": said_as("import", "decision"),
    "condition": said_as("import", "condition"),
    "timing": said_as("import", "timing"),
    "window": said_as("import", "window"),
    "activity": said_as("import", "activity"),
    "administration": said_as("import", "administration"),
    "objective": said_as("import", "objective"),
    "population": said_as("import", "population"),
    "criterion": said_as("import", "criterion"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a report: of what, where, what became of it, where it is now, and why."""

    kind: Said | Code
    name: str
    path: str
    verdict: str
    place: str
    notes: tuple[Said | Quoted, ...]


@router.get("/setup/standards")
def page(visit: Visiting) -> Response:
    """The two forms."""
    return _form(visit)


@router.post("/setup/usdm")
def usdm(visit: Visiting) -> Response:
    """What a USDM file becomes."""
    _keep_nowhere(visit)
    chosen = visit.files.get("file")
    if chosen is None or not chosen.data:
        return _form(visit, wrong=NO_FILE)
    try:
        with one_at_a_time():
            imported = read_usdm(chosen.data, name=chosen.name)
    except InvalidText as error:
        return _form(visit, findings=error.findings)
    kept = visit.server.patients.study().newest.study
    rows = [
        Told(
            KIND_WORDS.get(row.kind, Code(row.kind)),
            row.part.called or row.part.id,
            row.part.path,
            row.verdict,
            row.place,
            row.notes,
        )
        for row in imported.report.rows
    ]
    return _page(
        visit,
        rows,
        imported.findings,
        imported.files,
        {
            "file": chosen.name,
            "study": imported.study,
            "kept": kept,
            "text": imported.files["protocol.yaml"],
            "adds": imported.study == kept and not has_errors(imported.findings),
        },
    )


@router.post("/setup/sdtm")
def sdtm(visit: Visiting) -> Response:
    """What the records of DM, DS, SV and EX become, by the newest version of the protocol."""
    _keep_nowhere(visit)
    brought = {name: visit.files[name] for name in DATASETS if name in visit.files and visit.files[name].data}
    if "dm" not in brought:
        return _form(visit, wrong=NO_PEOPLE if brought else NO_FILE)
    study = visit.server.patients.study()
    try:
        with one_at_a_time(), tempfile.TemporaryDirectory() as folder:
            records: list[Record] = []
            for name, file in brought.items():
                path = Path(folder) / f"{name}.{'json' if file.name.casefold().endswith('.json') else 'xpt'}"
                path.write_bytes(file.data)
                records += islice(read_dataset(path, file.name), MOST_RECORDS + 1 - len(records))
            if len(records) > MOST_RECORDS:
                return _form(visit, findings=[_too_many()])
            found = subjects_as_cases(study.newest, Datasets(tuple(records), ()), [site.name for site in study.sites])
    except (InvalidText, Refused) as error:
        return _form(visit, findings=error.findings)
    rows = [
        Told(
            Code(row.dataset),
            row.subject,
            f"{row.dataset} {row.record}",
            row.verdict,
            "; ".join(row.events),
            row.notes,
        )
        for row in found.report.rows
    ]
    cases = {f"patients/{name}": text for name, text in found.cases.items()}
    return _page(
        visit,
        rows,
        found.findings,
        cases | found.report_files(study.newest.study),
        {
            "file": ", ".join(file.name for file in brought.values()),
            "study": study.newest.study,
            "patients": len(found.cases),
            "events": found.events,
            "left": tuple(found.report.left.items()),
        },
    )


def _page(
    visit: Visit,
    rows: Sequence[Told],
    findings: Sequence[Finding],
    files: Mapping[str, str],
    told: Mapping[str, Any],
) -> Response:
    counts = Counter((row.kind, row.verdict) for row in rows)
    kinds = list(dict.fromkeys(row.kind for row in rows))
    verdicts = [each for each in VERDICT_WORDS if any(row.verdict == each for row in rows)]
    open_rows = [row for row in rows if row.verdict != VERDICTS[0]]
    single = [name for name in files if "/" not in name and name != "site.yaml"]
    return visit.page(
        "standards_look.html",
        counts=[(kind, [counts[kind, verdict] for verdict in verdicts]) for kind in kinds],
        verdicts=verdicts,
        words=VERDICT_WORDS,
        rows=open_rows[:MOST_SHOWN],
        open=len(open_rows),
        all=len(rows),
        findings=findings,
        downloads=[(name, _address(files[name].encode(), "text/plain;charset=utf-8")) for name in single],
        archive=_address(_archive(files), "application/zip"),
        lines=str(told.get("text", "")).splitlines(),
        **told,
    )


def _archive(files: Mapping[str, str]) -> bytes:
    """All files as one; the same files give the same bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _address(data: bytes, kind: str) -> str:
    """The file in the page itself: nothing of it stays on the server."""
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _keep_nowhere(visit: Visit) -> None:
    """The page that answers has the files in it, and the page says that nothing of them stays here."""
    visit.request.state.kept_nowhere = True


def _too_many() -> Finding:
    what = said("there are more than {n} records", n=MOST_RECORDS)
    hint = said("choose files of fewer subjects, or use {command} on the command line", command=Code("import-sdtm"))
    return Finding.of("too-large", Severity.ERROR, what, hint)


def _form(visit: Visit, *, findings: Sequence[Finding] = (), wrong: Said | None = None) -> Response:
    return visit.page(
        "standards.html",
        status=422 if findings or wrong else 200,
        findings=findings,
        wrong=wrong,
        datasets=DATASETS,
        version=visit.server.patients.study().newest,
    )
