"""The server put together: ``create_app(store)`` gives what uvicorn runs and what tests ask.

    request -> Front -> /static/ and what else answers by itself (`front`)
                     -> sent on (`sent_on`) -> log -> headers -> body limit -> guard (`guard`, `roles`) -> a page (`pages/`)

The API (`api/`) is a part by itself behind the same guard. To add a part that needs no sessions, such as feeds, give
`create_app` its prefix and its ASGI application in ``parts``, or add it to `_parts`. To add routes that do, write a router with
``route_class=GuardedRoute``, give their rules to `roles.add_rules` before the routes are made, and add it to `_routers`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from threading import Event, Thread

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from scheduler.clock import Clock, seconds_since_start
from scheduler.store.interface import Store
from scheduler.web.api.app import api
from scheduler.web.api.rules import PREFIX as API
from scheduler.web.feeds.addresses import PREFIX as FEEDS
from scheduler.web.feeds.app import Feeds
from scheduler.web.guards.headers import BodyLimit, SecurityHeaders
from scheduler.web.guards.requests import GuardedRoute
from scheduler.web.guards.roles import TAKE_LARGE_FILES
from scheduler.web.guards.server import Server, server_of
from scheduler.web.pages import (
    agenda,
    all_done,
    audit,
    deviations,
    endpoints,
    forecast,
    health,
    links,
    pharmacy,
    protocol,
    search,
    subjects,
    unsaved_form,
    worklist,
)
from scheduler.web.pages.account import accounts, at_provider, keys, notices, own_account, signing_in
from scheduler.web.pages.files import events, standards
from scheduler.web.pages.files import study as study_texts
from scheduler.web.pages.patient import (
    deciding,
    doing,
    enrolling,
    event_form,
    paper,
    signing,
    subject,
    tabs,
    visit_form,
    whole_sheet,
)
from scheduler.web.pages.reports import adverse_events, exposure, index, lots, sdtm, study
from scheduler.web.pages.supplies import stock
from scheduler.web.pages.trips import one_patient, several_patients
from scheduler.web.request_log import RequestLog
from scheduler.web.serving.backups import keep_backing_up
from scheduler.web.serving.front import Front
from scheduler.web.serving.heads import sign_heads
from scheduler.web.serving.metrics import PATH as METRICS
from scheduler.web.serving.metrics import Metrics
from scheduler.web.serving.sent_on import SentOn
from scheduler.web.settings import Settings
from scheduler.web.showing.assets import PREFIX, Assets
from scheduler.web.showing.errors import answer_errors
from scheduler.web.showing.rendering import Pages
from scheduler.web.telling.noticing import NoticeCounts
from scheduler.web.telling.rounds import tell_people


def create_app(
    store: Store,
    *,
    settings: Settings | None = None,
    clock: Clock | None = None,
    parts: Mapping[str, ASGIApp] | None = None,
) -> Front:
    """The server on a store. ``clock`` is the only thing in it that knows what time it is."""
    chosen = settings or Settings()
    server = server_of(store, chosen, clock or Clock(fixed_day=chosen.today, steady=seconds_since_start))
    assets = Assets()
    pages = _pages(server, assets)
    if not chosen.metrics:
        return Front(pages, {PREFIX: assets, **_parts(server), **(parts or {})})
    metrics = Metrics(server)
    every: dict[str, ASGIApp] = {PREFIX: assets, METRICS: metrics, **_parts(server), **(parts or {})}
    return Front(pages, every, metrics.measure)


def _parts(server: Server) -> dict[str, ASGIApp]:
    """What answers by itself under a prefix of its own."""
    return {FEEDS: Feeds(server), API: api(server)}


def _routers() -> tuple[APIRouter, ...]:
    """Everything behind the guard."""
    pages = (
        health,
        signing_in,
        at_provider,
        own_account,
        notices,
        worklist,
        search,
        keys,
        subjects,
        subject,
        tabs,
        event_form,
        signing,
        doing,
        visit_form,
        whole_sheet,
        one_patient,
        deciding,
        enrolling,
    )
    others = (
        all_done,
        unsaved_form,
        paper,
        agenda,
        several_patients,
        deviations,
        endpoints,
        pharmacy,
        stock,
        forecast,
        protocol,
        links,
        accounts,
        audit,
    )
    reports = (index, adverse_events, exposure, lots, sdtm, study)
    files = (events, study_texts, standards)
    return tuple(page.router for page in (*pages, *others, *reports, *files))


def _pages(server: Server, assets: Assets) -> ASGIApp:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, title="scheduler", lifespan=_closing(server))
    app.router.route_class = GuardedRoute
    app.router.redirect_slashes = False
    app.state.server = server
    app.state.noticed = NoticeCounts(server)
    app.state.pages = Pages(assets, server.settings.language)
    # Not `include_router`, which wraps: the routes themselves, each of which was held against the table when it was made.
    app.router.routes.extend(route for router in _routers() for route in router.routes)
    answer_errors(app)
    files = dict.fromkeys(TAKE_LARGE_FILES, server.settings.largest_file)
    guarded: ASGIApp = BodyLimit(app, largest=server.settings.largest_body, elsewhere=files)
    return SentOn(RequestLog(SecurityHeaders(guarded, secure=server.settings.secure)))


def _closing(server: Server) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        stop = Event()
        beside = [
            Thread(target=server.patients.warm_up, args=(stop,), name="warming up", daemon=True),
            Thread(target=sign_heads, args=(server, stop), name="signing heads", daemon=True),
            Thread(target=keep_backing_up, args=(server, stop), name="backing up", daemon=True),
            Thread(target=tell_people, args=(server, stop), name="telling people", daemon=True),
        ]
        for each in beside:
            each.start()
        yield
        stop.set()
        for each in beside:
            await run_in_threadpool(each.join)
        server.store.close()

    return lifespan
