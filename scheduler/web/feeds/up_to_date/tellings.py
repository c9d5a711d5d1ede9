"""The patients of the study as feeds need them, each computed once and carried on with every event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from scheduler.patient.log import Log
from scheduler.store.interface import Store
from scheduler.store.study import Study
from scheduler.store.values import Subject
from scheduler.web.feeds.up_to_date.site_texts import SiteText, site_texts, stages
from scheduler.web.feeds.up_to_date.told import Told, tell


@dataclass(frozen=True, slots=True)
class Telling:
    """One patient: the log, and what it told."""

    log: Log
    told: Told


class Tellings:
    """Reads the store, computes, and remembers. ``study`` gives the study as it stands."""

    def __init__(self, store: Store, study: Callable[[], Study]) -> None:
        self.store = store
        self._study = study
        self._lock = Lock()
        self._known: dict[str, Told] = {}
        self._texts: tuple[Study, Mapping[str, tuple[SiteText, ...]]] | None = None

    def key(self) -> bytes:
        """The key that all identities come from."""
        return self._study().source.feed_key

    def of(self, number: str) -> Telling:
        """The patient of that number. Raises LookupError when there is none, StoreUnavailable."""
        subject = self.store.subject(number)
        if subject is None:
            raise LookupError("a link to a patient who is not in the study")
        return self._of(subject, self.store.log(number))

    def at(self, site: str) -> tuple[list[Telling], list[Telling]]:
        """The patients who come to that site now, in the order of their numbers, and the others who ever changed the site."""
        subjects = self.store.subjects()
        there = [each for each in subjects if each.site == site]
        elsewhere = [each for each in subjects if each.site not in (site, each.enrolled_at)]
        logs = self.store.logs([each.subject for each in (*there, *elsewhere)])
        found = {each.subject: self._of(each, logs.get(each.subject, Log())) for each in (*there, *elsewhere)}
        return [found[each.subject] for each in there], [found[each.subject] for each in elsewhere]

    def forget(self) -> None:
        """Compute everything anew: another database stands where the old one was."""
        with self._lock:
            self._known.clear()
            self._texts = None

    def _of(self, subject: Subject, log: Log) -> Telling:
        study = self._study()
        found = stages(self.store, study, subject, log, self._site_texts(study, subject.subject))
        with self._lock:
            known = self._known.get(subject.subject)
        if known is not None and known.stages > len(found):
            # The log was read before somebody else recorded more.
            known = None
        told = tell(study.version(subject.protocol), subject.subject, log, found, known)
        with self._lock:
            self._known[subject.subject] = told
        return Telling(log, told)

    def _site_texts(self, study: Study, subject: str) -> Mapping[str, tuple[SiteText, ...]]:
        with self._lock:
            if self._texts is not None and self._texts[0] is study:
                return self._texts[1]
        position = self.store.position(subject)
        texts = site_texts(self.store, position.study if position is not None else 0)
        with self._lock:
            self._texts = (study, texts)
        return texts
