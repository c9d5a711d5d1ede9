"""Places that a protocol asks for and a site does not list: their open days are the usual ones of the site, right or not."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.findings import Finding, Severity
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import COMMAS, Code, counted, listed, said
from scheduler.site.open_days import ANY_DAY
from scheduler.site.site import Site
from scheduler.source.quoting import quoted
from scheduler.written import KINDS_OF_VISIT


@dataclass(frozen=True, slots=True)
class UnlistedPlace:
    """A place that timelines ask for and the site does not list; ``meant`` is what it lists instead, for nobody, by a slip."""

    name: str
    timelines: tuple[str, ...]
    meant: str | None


def unlisted_places(version: StudyVersion, site: Site) -> tuple[UnlistedPlace, ...]:
    """The places that the protocol asks for and the site does not list. A site that lists none is open everywhere alike."""
    if not site.resources:
        return ()
    asking: dict[str, dict[str, None]] = {}
    for plan in version.arms.values():
        for line in plan.timelines.values():
            asking.setdefault(line.resource, {})[line.name] = None
    in_vain = [name for name in site.resources if name not in asking]
    return tuple(
        UnlistedPlace(name, tuple(lines), next(iter(difflib.get_close_matches(name, in_vain, n=1, cutoff=0.8)), None))
        for name, lines in asking.items()
        if name not in site.resources and name != ANY_DAY.resource
    )


def check_places_of(version: StudyVersion, site: Site) -> Iterator[Finding]:
    """A warning for a slip in a place's name, a note for a place that is left out, each where the site's text has it.

    Likewise for the lengths of visits that the site says.
    """
    for each in unlisted_places(version, site):
        told = counted(
            "{timelines} asks for {place}, which {site} does not list, and takes the usual days of the site",
            "{timelines} ask for {place}, which {site} does not list, and take the usual days of the site",
            len(each.timelines),
            timelines=listed(*map(Code, each.timelines)),
            place=Code(quoted(each.name)),
            site=Code(site.name),
        )
        if each.meant is None:
            hint = said("list it there, with nothing after it where it is open as the site is")
            yield Finding.of("place-not-listed", Severity.NOTE, told, hint, site.written_at.get(None))
        else:
            meant = Code(quoted(each.meant))
            message = said("no line of the protocol asks for {meant}; {told}", meant=meant, told=told)
            hint = said("did you mean {names}?", names=Code(quoted(each.name)))
            yield Finding.of("place-misspelt", Severity.WARNING, message, hint, site.written_at.get(each.meant))
    yield from check_lengths_of(version, site)


def check_lengths_of(version: StudyVersion, site: Site) -> Iterator[Finding]:
    """A warning for a length of something that is a slip of a name in the protocol, a note for one of nothing in it."""
    lines = [line for plan in version.arms.values() for line in plan.timelines.values()]
    known = {
        *KINDS_OF_VISIT,
        *(line.name for line in lines),
        *(each.name for line in lines for each in line.activities),
    }
    for name in site.lasts:
        if name in known:
            continue
        message = said(
            "no treatment, visit, kind of visit or activity of {version} is called {name}",
            version=Code(version.version),
            name=Code(quoted(name)),
        )
        place = site.lasts_at.get(name)
        meant = next(iter(difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.8)), None)
        if meant is None:
            kinds = listed(*map(Code, KINDS_OF_VISIT), how=COMMAS)
            hint = said("write a name or the words of the protocol, or a kind: {kinds}", kinds=kinds)
            yield Finding.of("length-of-nothing", Severity.NOTE, message, hint, place)
        else:
            hint = said("did you mean {names}?", names=Code(quoted(meant)))
            yield Finding.of("length-misspelt", Severity.WARNING, message, hint, place)
