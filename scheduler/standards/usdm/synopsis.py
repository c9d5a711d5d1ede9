"""Objectives, population and criteria of a design: carried word for word, and nothing is planned by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from scheduler.protocol.text.version.synopsis import LONGEST
from scheduler.said import Quoted, said
from scheduler.standards.usdm.importing import Design
from scheduler.standards.usdm.objects import Part, one_line
from scheduler.standards.usdm.yaml_text import scalar

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_NAMED = re.compile(r"<usdm:tag[^<>]*?\bname=\"([^\"<>]*)\"")
_LEVELS = ("primary", "secondary", "exploratory")
_KINDS = {"inclusion": "IN", "exclusion": "EX"}
NOT_KNOWN = "not said in the protocol's schedule"
"""What our own files have where USDM asks for a text that the protocol does not say: nobody said it, so it is not carried."""
_SEXES = {
    frozenset({"both"}): "both",
    frozenset({"female", "male"}): "both",
    frozenset({"female"}): "female",
    frozenset({"male"}): "male",
}
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,7}")


def synopsis(design: Design) -> Iterator[str]:
    """The lines of the section; a row of the report for each part."""
    yield from _objectives(design)
    yield from _population(design)
    yield from _criteria(design)


def plain(text: str) -> str:
    """The text without its HTML: what a file fills in by a name stands in brackets. A longer one than is taken ends with dots."""
    words = one_line(unescape(_TAG.sub(_of_tag, text)))
    words = re.sub(r"\s+([.,;:)])", r"\1", re.sub(r"\s+", " ", words))
    return words if len(words) <= LONGEST else words[: LONGEST - 3] + "..."


def _of_tag(tag: re.Match[str]) -> str:
    named = _NAMED.match(tag.group())
    return f"[{named.group(1)}]" if named else " "


def _said(part: Part) -> str:
    return plain(part.text("text")) or plain(part.text("description")) or plain(part.called)


def _decoded(part: Part, key: str) -> str:
    """The first word of what a code says: files have several codes for one level."""
    return part.decoded(key).partition(" ")[0].casefold()


def _level(part: Part) -> str:
    """The word in "Study Primary Objective", which USDM 4.0 says, or "Primary Objective"; empty where there is none."""
    words = part.decoded("level").casefold().split()
    return next((level for level in _LEVELS if level in words), "")


def _objectives(design: Design) -> Iterator[str]:
    by_level: dict[str, list[Part]] = {}
    for each in design.design.parts("objectives"):
        level = _level(each)
        if not level or not _said(each):
            design.report.add("objective", each, "the file is wrong", "", said("it has no level, or no text"))
        else:
            by_level.setdefault(level, []).append(each)
    if by_level:
        yield "objectives:"
    for level in _LEVELS:
        if level in by_level:
            yield f"  {level}:"
        for each in by_level.get(level, []):
            design.report.add("objective", each, "carried as text", f"synopsis: {level}")
            ends = [end for end in map(_said, each.parts("endpoints")) if end]
            if not ends:
                yield f"    - {scalar(_said(each))}"
                continue
            yield f"    - objective: {scalar(_said(each))}"
            yield "      end points:"
            yield from (f"        - {scalar(end)}" for end in ends)


def _population(design: Design) -> Iterator[str]:
    part = design.design.part("population")
    if not part.has:
        return
    if _said(part) and part.text("label") != NOT_KNOWN:
        yield f"population: {scalar(_said(part))}"
    number = _number(part.part("plannedEnrollmentNumber"))
    if number is not None:
        yield f"subjects: {number}"
    cohorts = list(part.parts("cohorts"))
    of_all = [sex for each in cohorts for sex in _sexes(each)] if all(map(_sexes, cohorts)) else []
    sexes = _sexes(part) or of_all
    sex = _SEXES.get(frozenset(each.casefold() for each in sexes))
    if sex is not None:
        yield f"sex: {sex}"
    age = part.part("plannedAge")
    years = [_ages(part)] if age.has else [_ages(each) for each in cohorts]
    known = [each for each in years if each is not None]
    if known and len(known) == len(years):
        yield f"minimum age: {min(youngest for youngest, _ in known)}"
        yield f"maximum age: {max(oldest for _, oldest in known)}"
        age = Part(age.path, {})
    ages = [_with_unit(age.part(key)) for key in ("minValue", "maxValue")] if age.has else []
    kept = [said("sex: {sex}", sex=Quoted(each)) for each in sexes if each and sex is None]
    kept += [said("age: {age}", age=Quoted(" - ".join(ages), "en"))] if any(ages) else []
    kept += [
        said("cohort {cohort}: {said}", cohort=Quoted(each.called), said=Quoted(_of_cohort(each))) for each in cohorts
    ]
    design.report.add("population", part, "carried as text", "synopsis", *kept)


def _sexes(part: Part) -> list[str]:
    return [each.text("decode") for each in part.parts("plannedSex") if each.text("decode")]


def _ages(part: Part) -> tuple[int, int] | None:
    """The youngest and the oldest, in whole years; None where the part does not say both so."""
    youngest, oldest = (_years(part.part("plannedAge").part(key)) for key in ("minValue", "maxValue"))
    return None if youngest is None or oldest is None or oldest < youngest else (youngest, oldest)


def _of_cohort(part: Part) -> str:
    """What a cohort says of its people: a protocol has one population, so that it stands in the report alone."""
    age = part.part("plannedAge")
    ages = [" - ".join(_with_unit(age.part(key)) for key in ("minValue", "maxValue"))] if age.has else []
    return "; ".join([plain(part.text("description")) or "?", *_sexes(part), *ages])


def _years(quantity: Part) -> int | None:
    """A whole number of years; None where it is another length, or none."""
    value = quantity.has.get("value")
    if quantity.decoded("unit").casefold() not in ("year", "years") or isinstance(value, bool):
        return None
    return int(value) if isinstance(value, int | float) and 0 <= value <= 130 and value == int(value) else None


def _with_unit(quantity: Part) -> str:
    value = quantity.has.get("value")
    return f"{value} {quantity.decoded('unit')}".strip() if isinstance(value, int | float) else "?"


def _number(quantity: Part) -> int | None:
    """A whole number of people; a range has its own parts, and a quantity may stand one level down."""
    for part in (quantity, quantity.part("quantity"), quantity.part("maxValue")):
        value = part.has.get("value")
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and 1 <= value <= 1_000_000
            and value == int(value)
        ):
            return int(value)
    return None


def _criteria(design: Design) -> Iterator[str]:
    items = {each.id: each for each in design.version.parts("eligibilityCriterionItems")}
    found: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    known: set[str] = set()
    for each in [*design.design.parts("eligibilityCriteria"), *design.design.part("population").parts("criteria")]:
        kind, item = _decoded(each, "category"), items.get(each.text("criterionItemId"))
        text = _said(item) if item is not None else _said(each)
        name = each.text("name")
        number = name if _NUMBER.fullmatch(name) else f"{_KINDS.get(kind, '')}{each.text('identifier') or name}"[:8]
        if kind not in found or not text or not _NUMBER.fullmatch(number) or number.upper() in known:
            why = said("it is neither inclusion nor exclusion, or has no text, or another's number")
            design.report.add("criterion", each, "the file is wrong", "", why)
            continue
        found[kind][number] = text
        known.add(number.upper())
        design.report.add("criterion", each, "carried as text", f"synopsis: {kind}: {number}")
    for kind, texts in found.items():
        if texts:
            yield f"{kind}:"
        yield from (f"  {scalar(number)}: {scalar(text)}" for number, text in texts.items())
