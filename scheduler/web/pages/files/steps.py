"""What an admin does before a site begins: each step with what was done of it, and where the next is done."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.said import Code, Listed, Said, counted, listed, said
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.roles import Role


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``path`` is where it is done."""

    title: Said
    told: Said | Listed
    path: str
    is_done: bool


def steps_of(visit: Visit) -> tuple[Step, ...]:
    """All steps in their order. The study with its site is there from the start: it is looked at, and amended."""
    account, study = visit.who.account, visit.server.patients.study()
    others = [each for each in visit.server.store.accounts() if not each.disabled and each.id != account.id]
    investigators = [each for each in others if each.role == Role.INVESTIGATOR]
    patients = visit.subjects()
    versions = listed(*(Code(each.version) for each in study.versions))
    sites = visit.sites()
    return (
        Step(
            said("Your password"),
            said("it is your own") if not account.given else said("somebody else gave it to you: choose your own"),
            "/account",
            not account.given,
        ),
        Step(
            said("Accounts"),
            _accounts(len(others), bool(investigators)),
            "/accounts",
            bool(investigators),
        ),
        Step(
            said("Study"),
            said("{study}, version {versions}", study=Code(study.newest.study), versions=versions),
            "/protocol",
            True,
        ),
        Step(
            said("Site"),
            listed(*map(Code, sites)) if sites else said("you see no site"),
            "/protocol#sites",
            bool(sites),
        ),
        Step(
            said("First patient"),
            counted("{n} patient", "{n} patients", len(patients)) if patients else said("nobody is enrolled yet"),
            "/subjects" if patients else "/enrol",
            bool(patients),
        ),
    )


def is_to_be_set_up(visit: Visit) -> bool:
    """True for an admin while a step is still to be done."""
    return visit.who.account.role == Role.ADMIN and not all(each.is_done for each in steps_of(visit))


def _accounts(others: int, investigators: bool) -> Said:
    if not others:
        return said("nobody but you can log in: one for each person, an investigator among them")
    if not investigators:
        return said("no investigator can log in yet: only an investigator decides on doses")
    return counted("{n} other person can log in", "{n} other people can log in", others)
