"""Recording an event: choose what happened, fill in its fields, see what changes, and only then record it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.entry import Kind, Status
from scheduler.errors import Conflict, Refused
from scheduler.findings import Finding
from scheduler.patient.events import AdverseEvent, Event, NotDone
from scheduler.patient.events.kind import About, EventKind
from scheduler.said import Said, said
from scheduler.store.checked_recording import record_events
from scheduler.store.values import Act, Record
from scheduler.views.chart.naming import finding_in_names, named, names_of
from scheduler.web.doing.deeds import visit_named
from scheduler.web.doing.undoing import recorded_path
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import FORM_TOKEN, GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import TABLE, may_record, needs_signature
from scheduler.web.pages.patient.deciding import decision_page
from scheduler.web.patients import Shown
from scheduler.web.problems import not_allowed, not_found
from scheduler.web.recording.asking import ASKED_ANEW, SAY_WHY, Asking, asked_about, findings_by_field
from scheduler.web.recording.authority import may_stand, meaning_of, refuse_to_others, signature_on, standing
from scheduler.web.recording.change_groups import grouped
from scheduler.web.recording.event_choices import Choices, Offers, next_adverse_event
from scheduler.web.recording.event_entry import Entered, as_values, correction_of, read_entry, strike_of
from scheduler.web.recording.event_fields import Field, fields_of, folded
from scheduler.web.recording.event_kinds import KINDS, groups_for
from scheduler.web.recording.once import KEY_FIELD, Answer, Sent, kept, once, redirect, sent_by_form
from scheduler.web.recording.preview import preview
from scheduler.web.recording.tiles import searched, tiles_for
from scheduler.web.request_log import tell
from scheduler.web.showing.own_paths import local_path
from scheduler.web.showing.rendering import address
from scheduler.web.showing.subject_view import event_in_names, history_in_names
from scheduler.web.unsaved import digest_of_form

router = APIRouter(route_class=GuardedRoute)

_NOT_FIELDS = frozenset({FORM_TOKEN, KEY_FIELD, "password", "seen", "edit", "confirm"})
WRONG_PASSWORD = said("The password is wrong, or the account is locked for some minutes. Nothing was recorded.")
NOT_PROVED = said("It is not proved that you sign this. Sign it at the provider; nothing was recorded.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks to record: an event of some kind, or the correction or strike of one of that number."""

    shown: Shown
    kind: EventKind | None
    form: Mapping[str, str]
    corrects: int | None = None
    strikes: int | None = None

    def entered(self, today: str) -> Entered:
        """The event, or what is wrong."""
        why = self.form.get("why", "").strip()
        if self.strikes is not None:
            return strike_of(self.strikes, why, today)
        assert self.kind is not None
        entered = read_entry(self.kind, self.form)
        if self.corrects is None or entered.event is None:
            return entered
        return correction_of(self.corrects, entered.event, why, today)


@router.get("/subjects/{subject}/record")
def choose(visit: Visiting, subject: str, event: str | None = None, entry: str | None = None) -> Response:
    """The kinds to choose from; with ``event`` the form of that kind; with ``entry`` what can have become of it."""
    shown = visit.shown(subject)
    role = visit.who.account.role
    if event is None:
        return _choose(visit, shown, entry)
    kind = KINDS.get(event)
    if kind is None:
        raise not_found()
    if not may_record(role, kind) or kind.begins_elsewhere:
        raise not_allowed()
    values = {"on": visit.server.clock.today(shown.site.zone).isoformat()} | dict(visit.request.query_params)
    if kind is AdverseEvent.kind:
        values.setdefault("ae", str(next_adverse_event(shown)))
    return form_page(visit, Asked(shown, kind, values))


def _choose(visit: Visit, shown: Shown, entry: str | None) -> Response:
    role, query = visit.who.account.role, visit.request.query_params
    typed, back = query.get("q", "").strip()[:60], local_path(query.get("back"), "")
    today = visit.server.clock.today(shown.site.zone)
    return visit.page(
        "choose_event.html",
        shown=shown,
        groups=groups_for(role),
        entry=entry,
        suggested=_suggested(shown, entry, role, back) if entry else (),
        tiles=tiles_for(role),
        visits=_nearest_visits(visit, shown, today),
        q=typed,
        found=searched(role, typed, visit.language),
        waiting=sum(each.is_open for each in proposals_on(shown.patient.calendar, today)),
        may_decide=TABLE[("GET", "/subjects/{subject}/decide/{proposal}")].allows(role),
        back=back,
    )


def _nearest_visits(visit: Visit, shown: Shown, today: date) -> Offers:
    """The visits around today that have no record, for who may record all that a visit brings."""
    if not TABLE[("GET", "/subjects/{subject}/visit")].allows(visit.who.account.role):
        return ()
    offered = Choices(shown, visit.server.patients.study(), today).entries()
    named = ((visit_named(shown.patient.calendar, id), id, words) for id, words in offered)
    open_ones = ((id, words) for entry, id, words in named if entry is not None and entry.status is Status.PLANNED)
    return tuple(islice(open_ones, _NEAREST))


_NEAREST = 2


@router.get("/subjects/{subject}/correct/{number}")
def correct(visit: Visiting, subject: str, number: int) -> Response:
    """The form of an event as it stands, to be put right."""
    shown = visit.shown(subject)
    event = _standing(shown, number)
    refuse_to_others(visit.who.account.role, shown, event)
    return form_page(visit, Asked(shown, event.kind, as_values(event), corrects=number))


@router.get("/subjects/{subject}/strike/{number}")
def strike(visit: Visiting, subject: str, number: int) -> Response:
    """The form to withdraw an event that should not have been recorded."""
    shown = visit.shown(subject)
    event = _standing(shown, number)
    refuse_to_others(visit.who.account.role, shown, event)
    return form_page(visit, Asked(shown, None, {}, strikes=number))


@router.post("/subjects/{subject}/preview")
def look(visit: Visiting, subject: str) -> Response:
    """What would change. Nothing is recorded."""
    asked = _asked(visit, visit.shown(subject))
    entered = asked.entered(_today(visit, asked))
    if "edit" in visit.form or entered.event is None:
        return form_page(visit, asked, {} if "edit" in visit.form else entered.findings)
    refuse_to_others(visit.who.account.role, asked.shown, entered.event)
    return preview_page(visit, asked, entered.event)


@router.post("/subjects/{subject}/record")
def record(visit: Visiting, subject: str) -> Response:
    """Record it. When somebody else recorded something meanwhile, nothing is lost: the other's event is shown, and the form."""
    sent = sent_by_form(visit)
    return once(visit, sent, lambda: _record(visit, visit.shown(subject), sent))


def _record(visit: Visit, shown: Shown, sent: Sent | None) -> Response:
    asked = _asked(visit, shown)
    entered = asked.entered(_today(visit, asked))
    if entered.event is None:
        return form_page(visit, asked, entered.findings)
    refuse_to_others(visit.who.account.role, asked.shown, entered.event)
    seen = whole_number(visit.form.get("seen"))
    if seen is None:
        return preview_page(visit, asked, entered.event)
    if asked.shown.log.length != seen:
        return conflict_page(visit, asked, entered.event, seen)
    asking = asked_about(visit, asked.shown, [entered.event])
    if not asking.lets_pass(visit.form.get("confirm") or None):
        return asked_again_page(visit, asked, entered.event, asking)
    signed = signature_on(asked.shown, entered.event)
    if signed is not None and not _signs(visit, asked.shown):
        wrong = NOT_PROVED if visit.who.at_provider else WRONG_PASSWORD
        return preview_page(visit, asked, entered.event, wrong=wrong, status=403)
    return _save(visit, asked, entered.event, seen, signed, sent)


def _signs(visit: Visit, shown: Shown) -> bool:
    form = digest_of_form(shown.subject.subject, visit.form)
    return visit.server.signing_in.signs(visit.who, visit.form.get("password", ""), form)


def _save(visit: Visit, asked: Asked, event: Event, seen: int, signed: str | None, sent: Sent | None) -> Response:
    """Append the event, and go to the patient's page."""

    def done(records: Sequence[Record]) -> Answer:
        return redirect(recorded_path(visit, subject, records))

    server, subject = visit.server, asked.shown.subject.subject
    reason = asked.form.get("why") or event.reason
    act = Act(visit.who.who, server.clock.now(), reason, signed)
    try:
        records = record_events(
            server.store, server.patients.study(), subject, [event], seen=seen, act=act, once=kept(sent, done)
        )
    except Conflict:
        return conflict_page(visit, asked, event, seen)
    except Refused as error:
        return form_page(visit, asked, {"": error.findings})
    tell("recorded", kind=event.event)
    return done(records).as_response()


def form_page(visit: Visit, asked: Asked, findings: Mapping[str, tuple[Finding, ...]] | None = None) -> Response:
    """The form, with what was typed and what is wrong with it."""
    shown = asked.shown
    names = names_of(shown.patient)
    found = {name: tuple(finding_in_names(each, names) for each in some) for name, some in (findings or {}).items()}
    if asked.kind is not None and asked.kind.about is About.PROPOSAL:
        return decision_page(visit, shown, asked.form.get("proposal", ""), asked.form, _all_of(found))
    fields: tuple[Field, ...] = ()
    if asked.kind is not None:
        choices = Choices(shown, visit.server.patients.study(), visit.server.clock.today(shown.site.zone))
        fields = fields_of(asked.kind, choices, asked.form, found)
        if asked.corrects is None and needs_signature(asked.kind):
            fields = tuple(each for each in fields if each.name != "by")
    known = {each.name for each in fields} | {"why"}
    original = _words(shown, asked.corrects or asked.strikes)
    return visit.page(
        "record_event.html",
        status=422 if found else 200,
        shown=shown,
        asked=asked,
        fields=fields,
        folded=folded(asked.kind, fields, asked.corrects is not None) if asked.kind is not None else frozenset(),
        general=tuple(each for name, some in found.items() if name not in known for each in some),
        by=visit.who.account.name
        if asked.kind is not None and not asked.corrects and needs_signature(asked.kind)
        else None,
        why_findings=found.get("why", ()),
        original=named(original, names) if original is not None else None,
        today=visit.server.clock.today(shown.site.zone),
    )


def asked_again_page(visit: Visit, asked: Asked, event: Event, asking: Asking) -> Response:
    """What is asked, once more: a reason is missing, or something else is asked than was answered."""
    if asking.is_of_another_list(visit.form.get("confirm") or None):
        return preview_page(visit, asked, event, wrong=ASKED_ANEW, status=409)
    return preview_page(visit, asked, event, wrong=SAY_WHY, status=422)


def preview_page(
    visit: Visit, asked: Asked, event: Event, wrong: Said | None = None, status: int = 200, proof: str | None = None
) -> Response:
    """What is asked, what would change, and the button that records it; the form where it cannot be recorded at all.

    ``proof`` is the key of what its owner proved at the provider, to sign this.
    """
    found = preview(visit, asked.shown, [event])
    if found.refused:
        return form_page(visit, asked, findings_by_field(found.asking) or {"": found.refused})
    answer = found.asking.asked[0].answer if found.asking.asked else None
    may_answer = answer is not None and may_stand(visit.who.account.role, asked.shown, found.asking.events[0])
    signs = meaning_of(asked.shown, found.asking.events[0] if may_answer else event)
    # The reason changes no date: it is asked for where one sees what the event does, and saves a page.
    why_here = "reason" if isinstance(event, NotDone) else None
    return visit.page(
        "preview.html",
        status=status,
        asked=asked,
        event=event,
        words=event_in_names(asked.shown, event, found.names),
        found=found,
        groups=grouped(found.changes, [event], visit.server.clock.today(asked.shown.site.zone)),
        answer=answer,
        may_answer=may_answer,
        hidden=tuple((name, value) for name, value in _hidden(asked) if name not in (answer, why_here)),
        why_here=why_here,
        back=local_path(asked.form.get("back"), address("subjects", asked.shown.subject.subject)),
        seen=asked.shown.log.length,
        signs=named(signs, found.names) if signs is not None else None,
        wrong=wrong,
        proof=proof,
        provider=visit.server.settings.sso_name,
        future=event.on > visit.server.clock.today(asked.shown.site.zone),
        shown=asked.shown,
    )


def conflict_page(visit: Visit, asked: Asked, event: Event, seen: int) -> Response:
    """What somebody else recorded in the meantime, and one's own event, unchanged, to look at again."""
    shown = visit.shown(asked.shown.subject.subject)
    return visit.page(
        "conflict.html",
        status=409,
        shown=shown,
        words=event_in_names(shown, event),
        event=event,
        newer=tuple(told for told in reversed(history_in_names(shown)) if told.number > seen),
        records={each.event: each for each in visit.server.store.records(subject=shown.subject.subject)},
        hidden=_hidden(asked),
    )


def _asked(visit: Visit, shown: Shown) -> Asked:
    return asked_of(visit, shown, visit.form)


def asked_of(visit: Visit, shown: Shown, form: Mapping[str, str]) -> Asked:
    """What that form asks to record. Raises Problem where it asks for nothing that there is."""
    corrects, strikes = (whole_number(form.get(key)) for key in ("corrects", "strikes"))
    if strikes is not None:
        _standing(shown, strikes)
        return Asked(shown, None, form, strikes=strikes)
    if corrects is not None:
        _standing(shown, corrects)
    kind = KINDS.get(form.get("event", ""))
    if kind is None:
        raise not_found()
    if corrects is None and needs_signature(kind):
        # Whose signature stands under an order is who gave it.
        form = {**form, "by": visit.who.account.name}
    return Asked(shown, kind, form, corrects)


def _standing(shown: Shown, number: int) -> Event:
    event = standing(shown, number)
    if event is None:
        raise not_found()
    return event


def _hidden(asked: Asked) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in asked.form.items() if name not in _NOT_FIELDS and value)


def _today(visit: Visit, asked: Asked) -> str:
    return visit.server.clock.today(asked.shown.site.zone).isoformat()


def _all_of(found: Mapping[str, tuple[Finding, ...]]) -> tuple[Finding, ...]:
    return tuple(each for some in found.values() for each in some)


def _words(shown: Shown, number: int | None) -> Said | None:
    record = shown.log.record(number) if number is not None else None
    return event_in_names(shown, record.event) if record is not None else None


def _suggested(shown: Shown, entry: str, role: str, back: str) -> tuple[tuple[Said, str], ...]:
    """What can have become of an entry, each with the address of its form."""
    calendar = shown.patient.calendar
    found = calendar.entry(entry) or calendar.entry(entry.rpartition(".")[0])
    if found is None:
        return ()
    about: list[tuple[Said, str, dict[str, str]]] = []
    numbered = {"treatment": found.timeline}
    if found.kind is Kind.ORAL:
        about.append((said("Cycle started"), "cycle started", numbered | {"cycle": str(found.cycle or found.n)}))
        about.append((said("Start put off"), "delayed", numbered | {"cycle": str(found.cycle or found.n)}))
    elif found.kind in (Kind.INFUSION, Kind.INJECTION, Kind.FRACTION):
        about.append((said("Given"), "given", numbered | {"n": str(found.n)}))
        about.append((said("Put off to a known day"), "delayed", numbered | {"n": str(found.n)}))
    else:
        about.append((said("Done"), "visit done", {"entry": entry}))
    about.append((said("Not done"), "not done", {"entry": entry}))
    about.append((said("Appointment made"), "booked", {"entry": entry}))
    path, goes_back = f"{address('subjects', shown.subject.subject)}/record", {"back": back} if back else {}
    return tuple(
        (words, f"{path}?{urlencode({'event': kind} | values | goes_back)}")
        for words, kind, values in about
        if may_record(role, KINDS[kind])
    )
