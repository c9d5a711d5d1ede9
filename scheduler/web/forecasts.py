"""The forecast of drug demand as pages and programs need it: worked out beside everything else, again when something changed.

What is expected stands in a file that the settings name. A forecast takes minutes, so that whoever asks first is told how far it
has come, and reads the one before meanwhile, where there is one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock, Thread

from scheduler.errors import InvalidText, StoreUnavailable
from scheduler.findings import Finding
from scheduler.folder.reading.files import read_text
from scheduler.folder.trying.forecasting import accounts_on, missing_extra
from scheduler.forecasting.expecting.parse import parse_rates
from scheduler.forecasting.forecast import Forecast
from scheduler.forecasting.look_ahead import look_ahead
from scheduler.forecasting.simulating.futures import Begun
from scheduler.forecasting.simulating.simulation import Progress
from scheduler.forecasting.weeks import Weeks
from scheduler.stock.log import StockLog
from scheduler.web.patients import Patients

_Key = tuple[Hashable, date, str]

_REST = 0.002
"""Seconds after each run in which others get the processor: who asks for a page does not wait for a forecast."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What there is: the forecast of now, else how far it has come and the one before, else what is wrong with the rates."""

    forecast: Forecast | None = None
    is_current: bool = False
    progress: Progress | None = None
    wrong: tuple[Finding, ...] = ()


class _NoLongerWanted(Exception):
    """Something was recorded in the meantime: what is being worked out is old."""


class Forecasts:
    """One forecast at a time, the newest kept. ``file`` is None where nobody named one: then there is no forecast.

    ``stock`` reads the logs of the sites' stock, of those that keep one.
    """

    def __init__(
        self, patients: Patients, file: str | None, stock: Callable[[], Sequence[StockLog]] = lambda: ()
    ) -> None:
        self._patients = patients
        self._stock = stock
        self._file = Path(file) if file is not None else None
        self._lock = Lock()
        self._wanted: _Key | None = None
        self._progress: Progress | None = None
        self._done: tuple[_Key, Forecast | tuple[Finding, ...]] | None = None

    @property
    def are_made(self) -> bool:
        """True where the settings name a file of rates."""
        return self._file is not None

    def on(self, today: date) -> Asked:
        """The forecast from today on, or what there is of it; it is begun where nobody has begun it."""
        assert self._file is not None, "there is a file of rates"
        try:
            text = read_text(self._file)
        except InvalidText as error:
            return Asked(wrong=error.findings)
        key = (self._known(), today, text)
        with self._lock:
            done = self._done
            if done is not None and done[0] == key:
                return _asked(done[1], is_current=True)
            if self._wanted != key:
                self._wanted, self._progress = key, None
                Thread(target=self._make, args=(key,), name="forecasting", daemon=True).start()
            before = _asked(done[1], is_current=False) if done is not None else Asked()
            return Asked(before.forecast, progress=self._progress)

    def planned(self) -> dict[str, int]:
        """How many patients the protocol plans for each arm, else the file of rates; nothing where neither says it."""
        study = self._patients.study()
        if study.newest.enrolment:
            return study.newest.enrolment
        try:
            text = read_text(self._file) if self._file is not None else ""
            rates = parse_rates(text, name="rates", versions=study.versions, sites=[site.name for site in study.sites])
        except InvalidText:
            return {}
        parts = {arm: rates.allocation.get(arm, 0) if rates.allocation else 1 for arm in study.newest.arms}
        whole = sum(parts.values())
        if rates.most is None or not whole:
            return {}
        return {arm: rates.most * part // whole for arm, part in parts.items() if rates.most * part % whole == 0}

    def _known(self) -> Hashable:
        """What the forecast hangs on, beside the day and the rates: a login changes nothing of it."""
        study = self._patients.study()
        texts = tuple(version.digest for version in study.versions)
        logs = tuple((each.subject, each.length, each.protocol, each.site) for each in self._patients.subjects())
        stock = tuple((log.site, log.length) for log in self._stock())
        return texts, tuple(site.name for site in study.sites), logs, stock

    def _make(self, key: _Key) -> None:
        found: Forecast | tuple[Finding, ...] | None = None
        try:
            found = self._looked_ahead(key)
        except InvalidText as error:
            found = error.findings
        except (_NoLongerWanted, StoreUnavailable):
            return
        finally:
            with self._lock:
                if found is not None:
                    self._done = (key, found)
                # Without a result, whoever asks next begins it anew.
                self._wanted = None if self._wanted == key else self._wanted

    def _looked_ahead(self, key: _Key) -> Forecast:
        _, today, text = key
        if (missing := missing_extra()) is not None:
            raise InvalidText([missing])
        study = self._patients.study()
        sites = {site.name: site for site in study.sites}
        assert self._file is not None
        rates = parse_rates(text, name=self._file.name, versions=study.versions, sites=sites)
        subjects = self._patients.subjects()
        shown, _ = self._patients.some(subjects, float("inf"))
        came = [(each.subject.subject, each.subject.enrolled_at, each.log) for each in shown]
        stock = tuple(accounts_on(self._stock(), study.versions, came, today))
        in_study = tuple(Begun(each.version, each.site, each.log, each.subject.subject) for each in shown)

        def tell(progress: Progress) -> None:
            with self._lock:
                if self._wanted != key:
                    raise _NoLongerWanted
                self._progress = progress
            time.sleep(_REST)

        return look_ahead(study.versions, sites, in_study, rates, Weeks(today, rates.weeks), tell, stock)


def _asked(found: Forecast | tuple[Finding, ...], *, is_current: bool) -> Asked:
    if isinstance(found, Forecast):
        return Asked(found, is_current=is_current)
    return Asked(wrong=found)
