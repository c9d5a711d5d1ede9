"""All that a request needs of the server, made once for each process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.clock import Clock
from scheduler.folder.reading.stock import stock_of_records
from scheduler.store.interface import Store
from scheduler.web.forecasts import Forecasts
from scheduler.web.guards.limits import Limit, SharedLimit
from scheduler.web.guards.passwords import Passwords
from scheduler.web.guards.sessions import Sessions
from scheduler.web.guards.signing_in import SERVER, SigningIn
from scheduler.web.identities.provider import Provider
from scheduler.web.patients import Patients
from scheduler.web.prints import Prints
from scheduler.web.readiness import Readiness
from scheduler.web.settings import Settings
from scheduler.web.timekeeping import Timekeeping


@dataclass(frozen=True, slots=True)
class Server:
    """The store and the clock that the server was given, and what stands on them."""

    store: Store
    settings: Settings
    clock: Clock
    patients: Patients
    prints: Prints
    forecasts: Forecasts
    passwords: Passwords
    sessions: Sessions
    signing_in: SigningIn
    logins: Limit
    requests: Limit
    readiness: Readiness
    timekeeping: Timekeeping
    provider: Provider | None


def server_of(store: Store, settings: Settings, clock: Clock, seconds: Callable[[], float] = time.monotonic) -> Server:
    """The server on that store. ``seconds`` never goes back: what limits count by."""
    passwords = Passwords(settings)
    timekeeping = Timekeeping(store, clock, SERVER, clock.steady)
    patients = Patients(store, settings.patients_kept, settings.calendars_mb)
    return Server(
        store=store,
        settings=settings,
        clock=clock,
        patients=patients,
        prints=Prints(store),
        forecasts=Forecasts(patients, settings.rates_file, lambda: stock_of_records(store.stock_records())),
        passwords=passwords,
        sessions=Sessions(store, settings, clock),
        signing_in=SigningIn(store, settings, clock, passwords),
        logins=_shared(store, clock, "log-ins", settings.logins_per_minute, seconds),
        requests=limit_for(store, settings, clock, "requests", settings.requests_per_minute, seconds),
        readiness=Readiness(store, patients, clock, timekeeping, seconds),
        timekeeping=timekeeping,
        provider=Provider(settings, clock, seconds) if settings.sso_issuer is not None else None,
    )


def limit_for(
    store: Store, settings: Settings, clock: Clock, what: str, per_minute: int, seconds: Callable[[], float]
) -> Limit:
    """A limit on something that is asked often: several processes share it in lots, one alone counts in its memory."""
    if settings.workers == 1:
        return Limit(per_minute, seconds)
    return _shared(store, clock, what, per_minute, seconds, max(1, per_minute // 20))


def _shared(
    store: Store, clock: Clock, what: str, per_minute: int, seconds: Callable[[], float], lot: int = 1
) -> SharedLimit:
    def take(key: str, wanted: int) -> int:
        return store.take_tokens(f"{what} {key}", wanted, per_minute, clock.now())

    return SharedLimit(per_minute, seconds, take, lot)
