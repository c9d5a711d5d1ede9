"""The imprint of what is printed from a case or a study: its version, and how far its log went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from scheduler.patient.replaying.replay import replay
from scheduler.patient.versions import plan_for
from scheduler.views.agenda.revision import utc
from scheduler.views.imprint import Imprint, last_recorded

if TYPE_CHECKING:
    from scheduler.folder.reading.contents import Case, StudyFolder
    from scheduler.patient.log import Log
    from scheduler.protocol.plan.study import StudyVersion


def imprint_of_case(case: Case, since: datetime | None = None) -> Imprint:
    """The foot of a sheet about one patient: the version that he or she is under, the last event, the digest of the log."""
    plan = plan_for(case.version, replay(case.log), case.arm)
    return Imprint(
        study=case.version.study,
        version=plan.version if plan is not None else case.version.version,
        events=case.log.length,
        recorded=last_recorded(case.recorded().values()),
        head=case.log.digest,
        since=utc(since) if since else None,
    )


def imprint_of_study(study: StudyFolder, since: datetime | None = None) -> Imprint:
    """The foot of a sheet about all patients of a study."""
    return imprint_of_logs(study.version, [case.log for case in study.cases], since)


def imprint_of_logs(version: StudyVersion, logs: Sequence[Log], since: datetime | None = None) -> Imprint:
    """The foot of a sheet about the patients who have these logs."""
    return Imprint(
        study=version.study,
        version=version.version,
        events=sum(len(log) for log in logs),
        recorded=last_recorded(record.event.recorded_at for log in logs for record in log.records),
        patients=len(logs),
        since=utc(since) if since else None,
    )
