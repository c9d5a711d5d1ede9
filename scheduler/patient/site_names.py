"""What a site calls itself, its places and whom to call, in the languages that the study uses."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity, said_together
from scheduler.languages import Language
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import languages_missing, languages_of
from scheduler.site.site import Site


def check_site_names(version: StudyVersion, site: Site) -> Iterator[Finding]:
    """A note for each language that the protocol or the site has names in, and in which some of the site's are missing."""
    own = {
        "site": site.title or site.name,
        **{f"resources.{name}": site.titles.get(name) for name in site.resources},
        **{f"who to call.{who}": who for who, _ in site.contacts},
    }
    used = {code for name in (*own.values(), *_names_of(version)) for code in languages_of(name)}
    for language in sorted(used - {str(Language.ENGLISH)}):
        missing = [where for where, name in own.items() if languages_missing(name, (language,))]
        if missing:
            message = f"no {language}, which other names of this study have: {said_together(missing)}"
            hint = f"give each in that language too: title: {{en: ..., {language}: ...}}"
            yield Finding("name-missing", Severity.NOTE, message, hint, site.written_at.get(None))


def _names_of(version: StudyVersion) -> Iterator[str]:
    yield version.title
    for plan in version.arms.values():
        yield plan.arm_title or plan.arm
        for line in plan.timelines.values():
            yield line.title
            yield from (each.name for each in line.activities)
