"""``scheduler link``: the private address of a feed, shown once; and its end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import Details, PatientLanguages, Readers, Reminders, StudyArgument
from scheduler.cli.screen import say, write

if TYPE_CHECKING:
    from scheduler.store.interface import Store
    from scheduler.store.values import Act
    from scheduler.web.feeds.shown import Shown
    from scheduler.web.settings import Settings


def link(
    study: StudyArgument,
    subject: Annotated[
        str, typer.Argument(metavar="SUBJECT", help="The patient's number; for a feed of staff also the site's name.")
    ],
    audience: Annotated[
        Readers, typer.Option("--audience", help="For whom: the patient, or the coordinators or pharmacy of a site.")
    ] = Readers.PATIENT,
    detail: Annotated[
        Details | None,
        typer.Option("--detail", help="How much it tells; without it, neutral for a patient and standard for staff."),
    ] = None,
    language: Annotated[PatientLanguages, typer.Option("--language", help="In which language.")] = PatientLanguages.EN,
    uncertified: Annotated[
        bool,
        typer.Option(
            "--uncertified", help="Make it although nobody at the site has certified that language for patients."
        ),
    ] = False,
    remind: Annotated[
        Reminders | None, typer.Option("--remind", help="When to remind of each visit; without it nobody is reminded.")
    ] = None,
    place: Annotated[str | None, typer.Option("--place", help="Where to come, in the event of each visit.")] = None,
    bring: Annotated[
        str | None, typer.Option("--bring", help="What a patient is to bring, in the event of each visit.")
    ] = None,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="End all links of this patient or site for this audience instead.")
    ] = False,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="The server's file of settings, in TOML.")
    ] = None,
) -> None:
    """Make the private address of a calendar feed and print it, once. Whoever has the address can read the feed.

    A patient's feed names no drug, trial or disease unless --detail asks for more. A feed for staff covers the whole site, by
    subject number. A revoked feed says for 60 days that it has ended, so that calendar programs drop what they had. Calendar
    programs refresh in hours, not minutes: an urgent hold is a phone call.
    """
    import os

    from scheduler.cli.acting import act_now
    from scheduler.folder.reading.stored import opened
    from scheduler.store.keeping.clock import refuse_wrong_clock
    from scheduler.web.settings import read_settings

    settings = read_settings(config, os.environ)
    with opened(_database(study)) as store:
        refuse_wrong_clock(store, act_now().at)
        shown = _shown(store, subject, audience, detail, language)
        if revoke:
            _revoke(store, shown, act_now("scheduler link --revoke"))
        else:
            shown = _with_more(store, shown, remind, place, bring, settings.public_url)
            _certified(store, shown, uncertified)
            _make(store, shown, settings, act_now())


def _make(store: Store, shown: Shown, settings: Settings, act: Act) -> None:
    from scheduler.web.feeds.addresses import path_of
    from scheduler.web.feeds.making import new_link

    made, token = new_link(shown, act.at, settings.feed_months)
    store.add_link(made, act)
    origin = settings.public_url or f"http://{settings.host}:{settings.port}"
    write(f"{origin}{path_of(token)}\n")
    whose = shown.subject or f"the {shown.audience} at {shown.site}"
    say(
        f"for {whose}, {shown.detail}, until {made.expires:%Y-%m-%d}; this address is shown once, and opens the feed to anybody"
    )
    if settings.public_url is None:
        say("it works on this computer alone; set public_url to what people type to reach the server")


def _revoke(store: Store, shown: Shown, act: Act) -> None:
    whose = (shown.audience, shown.subject, shown.site)
    meant = [each for each in store.links() if (each.audience, each.subject, each.site) == whose]
    ended = [each for each in meant if store.revoke_link(each.id, act) is not None]
    say(f"{len(ended)} link{'' if len(ended) == 1 else 's'} revoked" if ended else "there was no link to revoke")


def _shown(store: Store, named: str, audience: Readers, detail: Details | None, language: PatientLanguages) -> Shown:
    """What the link is to show. Raises typer.BadParameter for a patient or site who is not in the study."""
    from scheduler.findings import did_you_mean
    from scheduler.languages import Language
    from scheduler.views.reader.audience import Audience, Detail
    from scheduler.web.feeds.shown import Shown

    reader = Audience(audience)
    of_patient = reader is Audience.PATIENT
    chosen = Detail(detail) if detail is not None else Detail.NEUTRAL if of_patient else Detail.STANDARD
    known = store.subject(named)
    if of_patient and known is not None:
        return Shown(reader, named, None, chosen, Language(language))
    sites = _sites(store)
    site = known.site if known is not None else named
    if not of_patient and site in sites:
        return Shown(reader, None, site, chosen, Language(language))
    names = [each.subject for each in store.subjects()] + ([] if of_patient else sites)
    hint = did_you_mean(named, names)
    what = "patient" if of_patient else "patient and no site"
    raise typer.BadParameter(f"there is no {what} '{named}'{f'; {hint}' if hint else ''}", param_hint="SUBJECT")


def _with_more(
    store: Store, shown: Shown, remind: Reminders | None, place: str | None, bring: str | None, public_url: str | None
) -> Shown:
    """Raises typer.BadParameter for words that tell more than the calendar does."""
    from dataclasses import replace

    from scheduler.exports.of_a_link import Reminder
    from scheduler.store.study import study_of
    from scheduler.web.feeds.shown import more_of, what_is_told_too_much

    pages = None if shown.subject is not None else public_url or ""
    shown = replace(shown, more=more_of(Reminder(remind) if remind else None, place, bring, pages))
    source = store.study()
    reason = what_is_told_too_much(shown, study_of(source).versions if source is not None and (place or bring) else ())
    if reason is not None:
        raise typer.BadParameter(str(reason), param_hint="--place, --bring")
    return shown


def _certified(store: Store, shown: Shown, uncertified: bool) -> None:
    """Raises typer.BadParameter for a language that a new link is not to take."""
    from scheduler.store.study import study_of
    from scheduler.web.feeds.shown import what_keeps_from

    subject = store.subject(shown.subject) if shown.subject is not None else None
    source = store.study()
    name = subject.site if subject is not None else shown.site
    site = study_of(source).site(name) if source is not None else None
    reason = what_keeps_from(shown, site, uncertified=uncertified)
    if reason is not None:
        raise typer.BadParameter(str(reason), param_hint="--language")


def _sites(store: Store) -> list[str]:
    source = store.study()
    return [site.name for site in source.sites] if source is not None else []


def _database(study: str) -> str | Path:
    from scheduler.folder.reading.kept import database_of

    database = database_of(study)
    if database is None:
        hint = "'scheduler serve' or 'scheduler import-study' makes one"
        raise typer.BadParameter(f"{study} has no database, so it has no links; {hint}", param_hint="STUDY")
    return database
