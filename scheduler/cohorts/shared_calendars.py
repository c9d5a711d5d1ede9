"""Patients whose logs say the same share one calendar: who they are, and what is worked out for each group of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from scheduler.cohorts.rows import Row, Words, rows_of
from scheduler.cohorts.schema import DataSet
from scheduler.cohorts.told import Told
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.patient.appending import review
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site
from scheduler.store.study import Study
from scheduler.store.values import Subject, digest_of

_SHORT = 8
"""A log of no more events is likely to be that of another patient too: consent, randomisation, the first doses."""
_KEPT = 2000
"""How many patients' rows are kept for others, in each process: some 60 kB each."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Rows, and the patients whose rows they are."""

    subjects: tuple[str, ...]
    rows: Mapping[DataSet, list[Row]]


@dataclass(frozen=True, slots=True)
class Cohort:
    """What all patients of a study rest on, and what is asked of each.

    ``reviewed``: whoever took the logs in has refused those that contradict themselves.
    """

    study: Study
    data_sets: frozenset[DataSet]
    on: date | None = None
    reviewed: bool = False
    words: Words = field(default_factory=dict, compare=False, repr=False)
    kept: dict[object, Mapping[DataSet, list[Row]]] = field(default_factory=dict, compare=False, repr=False)
    days: dict[str | None, str] = field(default_factory=dict, compare=False, repr=False)

    def shared(self, patients: Iterable[Told]) -> Iterator[Shared]:
        """The rows of all of them: of those whose logs say the same together, so that the engine is asked once.

        Raises InvalidText with the findings of all logs that contradict themselves or cannot be read.
        """
        groups: dict[object, list[Told]] = {}
        for each in patients:
            groups.setdefault(each.alike or each.subject, []).append(each)
        findings: list[Finding] = []
        for members in groups.values():
            try:
                yield from self._of(members)
            except InvalidText as error:
                findings += error.findings
        if findings:
            raise InvalidText(findings)

    def _of(self, members: list[Told]) -> Iterator[Shared]:
        first = members[0]
        rows = self._rows(first, likely=len(members) > 1)
        # The day on which a deviation was found is that of its recording: it is each patient's own.
        alone = [each for each in members[1:] if rows.get(DataSet.DEVIATIONS) and each.events != first.events]
        own = {each.subject for each in alone}
        yield Shared(tuple(each.subject for each in members if each.subject not in own), rows)
        for each in alone:
            yield Shared((each.subject,), self._made(each))

    def _rows(self, told: Told, *, likely: bool) -> Mapping[DataSet, list[Row]]:
        """The rows of a patient. They are kept where the log is likely to come again at another site: short, or of several."""
        if told.alike is None or not (likely or len(told.events) <= _SHORT):
            return self._made(told)
        key = (self._days_of(told.site), told.alike)
        known = self.kept.get(key)
        if known is None:
            known = self.kept[key] = self._made(told)
            if len(self.kept) > _KEPT:
                del self.kept[next(iter(self.kept))]
        elif known.get(DataSet.DEVIATIONS):
            return self._made(told)
        return known

    def _days_of(self, name: str | None) -> str:
        if name not in self.days:
            self.days[name] = same_days(self.study.site(name) or EVERY_DAY)
        return self.days[name]

    def _made(self, told: Told) -> Mapping[DataSet, list[Row]]:
        log = told.log()
        version, site = of_patient(self.study, told, log)
        if not self.reviewed:
            _refuse_contradictions(told, version, log)
        return rows_of(version, site, log, self.data_sets, self.on, self.words)


def of_patient(study: Study, told: Told, log: Log) -> tuple[StudyVersion, Site]:
    """The protocol and the open days that a patient's calendar is made by."""
    subject = Subject(told.subject, told.site, told.site, told.protocol, json.loads(told.keys), log.length, 0)
    return study.version(told.protocol), study.site_of(subject, log)


def _refuse_contradictions(told: Told, version: StudyVersion, log: Log) -> None:
    places = [Place(told.subject, number, 1) for number in range(1, log.length + 1)]
    found = review(version, log, places=places, versions=version.others)
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if errors:
        raise InvalidText(errors)


def same_days(site: Site) -> str:
    """A digest of all that a site has to do with rows: two sites with equal days and lengths have the same."""
    plain = replace(site, name="", title="", titles={}, contacts=(), approved={}, written_at={}, lasts_at={})
    return digest_of(repr(plain))
