"""The imprint of what is printed from a case or a study: its version, and how far its log went."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from scheduler.views.imprint import Imprint, last_recorded
from scheduler.views.revision import utc

if TYPE_CHECKING:
    from scheduler.folder.contents import Case, StudyFolder


def imprint_of_case(case: Case, since: datetime | None = None) -> Imprint:
    """The foot of a sheet about one patient: version, number of the last event, and the digest of the log."""
    return Imprint(
        study=case.version.study,
        version=case.version.version,
        events=case.log.length,
        recorded=last_recorded(case.recorded().values()),
        head=case.log.digest,
        since=utc(since) if since else None,
    )


def imprint_of_study(study: StudyFolder, since: datetime | None = None) -> Imprint:
    """The foot of a sheet about all patients of a study."""
    return Imprint(
        study=study.version.study,
        version=study.version.version,
        events=sum(len(case.log) for case in study.cases),
        recorded=last_recorded(moment for case in study.cases for moment in case.recorded().values()),
        patients=len(study.cases),
        since=utc(since) if since else None,
    )
