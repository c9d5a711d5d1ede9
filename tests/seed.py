"""The seed study as the tests use it: its protocol, compiled once, and its site."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.parse import parse_site
from scheduler.site.site import EVERY_DAY, Site

FOLDER = Path(__file__).parents[1] / "examples" / "rego-tori-rt"
VERSION, _ = parse_protocol((FOLDER / "protocol.yaml").read_text("utf-8"), name="protocol.yaml")


@cache
def ending_long_holds() -> StudyVersion:
    """The seed study, but for a hold of more than 28 days: the protocol ends regorafenib then, and leaves no choice."""
    text = (FOLDER / "protocol.yaml").read_text("utf-8")
    choice = """the investigator chooses among discontinue, or continue at the same level,
         or reduce by 1 level (A11)"""
    assert text.count(choice) == 1
    version, _ = parse_protocol(text.replace(choice, "discontinue (A11)"), name="protocol.yaml")
    return version


def shanghai() -> Site:
    """The site of the example, with China's public holidays and make-up working days."""
    return parse_site((FOLDER / "site.yaml").read_text("utf-8"), name="site.yaml")


def site_with(closed: frozenset[date] | set[date], opened: frozenset[date] | set[date]) -> Site:
    """A site that is open from Monday to Friday, but for these days."""
    return EVERY_DAY.with_days(closed, opened)
