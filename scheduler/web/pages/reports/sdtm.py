"""The study's SDTM datasets in one archive, for those who may compare the arms: assignment and response stand in it together."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from importlib.metadata import version as installed

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.folder.exchanging.sdtm import sdtm_files, subject_by
from scheduler.standards.sdtm.subject import Subject
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.pages.reports.whose import asked, study_of, whose
from scheduler.web.patients import Following, Shown
from scheduler.web.problems import not_ready
from scheduler.web.showing.downloads import PATIENCE, as_file

router = APIRouter(route_class=GuardedRoute)

NOTES = "notes.txt"
"""What a programmer has to know beside the variables: what the command says on the screen."""


@router.get("/reports/sdtm.zip")
def download(visit: Visiting) -> Response:
    """Every dataset of the patients whom the person may see, as ``export-sdtm`` writes them, up to today at each site."""
    server = visit.server
    follow = Following(lambda each: _name(visit, each), lambda each: _subject(visit, each))
    found = whose(visit, asked(visit), PATIENCE, follow)
    if found.missing:
        raise not_ready()
    subjects = [_subject(visit, each) for each in found.shown]
    files, _, findings = sdtm_files(
        server.patients.study().newest, subjects, server.clock.now(), installed("scheduler")
    )
    notes = "".join(f"{each}\n" for each in findings).encode()
    return as_file(_archive({**files, NOTES: notes}), f"{study_of(visit)}-sdtm", "zip")


def _name(visit: Visit, shown: Shown) -> tuple[str, object]:
    return ("sdtm", visit.server.clock.today(shown.site.zone))


def _subject(visit: Visit, shown: Shown) -> Subject:
    on = visit.server.clock.today(shown.site.zone)
    return visit.server.patients.once(
        shown, _name(visit, shown), lambda: subject_by(shown.version, shown.site, shown.log, shown.patient, on)
    )


def _archive(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()
