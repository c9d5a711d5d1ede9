"""Doses by bands: bands that overlap or leave somebody out, amounts that fit the dose, and what cannot be divided into bands."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.dosing.bands import IN_UNIT, Band, Measure, in_order, measures_of
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.text.sentence_place import At


def check_bands(protocol: Protocol) -> Iterator[Finding]:
    """Every value is in one band alone, a value counts at one time alone, and each dose can be given."""
    for _, line in protocol.treatments():
        yield from _check_steps(protocol, line)
        for give in line.gives:
            bands = give.calculation.bands
            for measure in measures_of(bands):
                yield from _check_measure(protocol, in_order(bands, measure), measure)
            for band in bands:
                yield from _check_dose(line, give, band, protocol.at(band.clause))
            if Measure.BODY_SURFACE in measures_of(bands) and give.calculation.surface is None:
                message = "the formula of the body surface is not named"
                yield protocol.at(bands[0].clause).finding(
                    "no-formula", message, "write beside it: body surface: Mosteller"
                )


def _check_steps(protocol: Protocol, line: Timeline) -> Iterator[Finding]:
    """One amount of a band is given in place of each step: a dose that goes down by weeks would stay where it is."""
    for drug in dict.fromkeys(give.name for give in line.gives):
        gives = [give for give in line.gives if give.name == drug]
        steps = list(dict.fromkeys((give.amount, give.per) for give in gives if give.amount is not None))
        if len(steps) < 2:
            continue
        amounts = ", ".join(f"{amount.normalize():f}" for amount, _ in steps)
        for band in dict.fromkeys(band for give in gives for band in give.calculation.bands):
            if band.amount is None:
                continue
            one = f"{band.amount.normalize():f} {band.unit}"
            message = f"'{one}' is given in place of each of the doses of {drug}: {amounts} {gives[0].unit}"
            hint = (
                "write a share, such as: half the dose; or a treatment with steps of their own, and under it: only if: "
            )
            yield protocol.at(band.clause).warning(
                "band-of-steps", message, hint + band.whom.removesuffix(f" {band.taken}")
            )


def _check_measure(protocol: Protocol, bands: list[Band], measure: Measure) -> Iterator[Finding]:
    first = bands[0]
    for band in bands[1:]:
        if band.taken is not first.taken:
            message = f"{measure} counts {first.taken} in one band, and {band.taken} in another"
            yield protocol.at(band.clause).finding("bands-differ", message, f"write '{first.taken}' in all of them")
    for below, above in pairwise(bands):
        if _overlap(below, above):
            message = f"'{above.whom}' and '{below.whom}' are both for some patients"
            yield protocol.at(above.clause).finding("bands-overlap", message, "let one end where the other begins")
        elif not _meet(below, above, measure):
            yield _left_out(protocol.at(above.clause), measure, f"between '{below.whom}' and '{above.whom}'")
    if first.low:
        yield _left_out(protocol.at(first.clause), measure, f"below '{first.whom}'")
    if bands[-1].high is not None:
        yield _left_out(protocol.at(bands[-1].clause), measure, f"above '{bands[-1].whom}'")


def _overlap(below: Band, above: Band) -> bool:
    if below.high is None or above.low is None:
        return True
    return below.high > above.low or (below.high == above.low and below.includes_high and above.includes_low)


def _meet(below: Band, above: Band, measure: Measure) -> bool:
    """True where nobody is between them; ages are whole years."""
    if below.high is None or above.low is None:
        return True
    whole = measure is Measure.AGE and below.includes_high and above.includes_low and above.low - below.high == 1
    return whole or (below.high == above.low and (below.includes_high or above.includes_low))


def _left_out(at: At, measure: Measure, where: str) -> Finding:
    message = f"no band is for patients {where}: their dose is left to the investigator"
    hint = f"write a band for them, such as: {measure} ... {IN_UNIT[measure]} ...: the full dose"
    return at.warning("band-missing", message, hint)


def _check_dose(line: Timeline, give: Give, band: Band, at: At) -> Iterator[Finding]:
    """A share needs a dose that it is of; an amount replaces one of the same unit, and no ladder of levels."""
    if give.prescribed or give.high is not None:
        message = f"{give.name} is prescribed or from a range: no band says its dose"
        yield at.finding("band-without-dose", message, "leave it out, or write one amount under 'give'")
        return
    if band.levels:
        yield from _check_levels(line, give, band, at)
        return
    if band.amount is None:
        yield from _check_thirds(line, give, band, at)
        return
    if line.ladder is not None and give.amount is None:
        message = f"{give.name} has dose levels, and '{band.amount.normalize():f} {band.unit}' does not say which"
        hint = "write a share of the level, such as: half the dose; or levels of their own: levels 10, 5, 2.5 mg"
        yield at.finding("band-of-levels", message, hint)
    elif band.unit != give.unit:
        yield at.finding(
            "unit-mismatch", f"{give.name} is given in {give.unit}, not in {band.unit}", f"write it in {give.unit}"
        )
    elif band.per not in (None, give.per) or give.per == "AUC":
        message = f"{give.name} is not given per {band.per}" if band.per else f"{give.name} is given by AUC"
        yield at.finding("unit-mismatch", message, "write a share of it, such as: half the dose")
    elif len({(each.per is None, each.amount is None) for each in give.calculation.bands}) > 1 and give.per:
        yield from _check_comparable(give, band, at)


def _check_thirds(line: Timeline, give: Give, band: Band, at: At) -> Iterator[Finding]:
    """A third of an amount that three do not divide has no end: the dose is rounded, or is said itself."""
    amounts = (give.amount,) if give.amount is not None else line.ladder.amounts if line.ladder is not None else ()
    unending = next((each for each in amounts if band.of_dose(each) * band.parts != each * (band.share or 0)), None)
    if unending is not None and give.calculation.round_to is None:
        message = f"{band.share_said} of {unending.normalize():f} is no amount that ends"
        yield at.finding(
            "share-without-end", message, "write beside it how it is rounded, such as 'round to: 5 mg'; or the amount"
        )


def _check_levels(line: Timeline, give: Give, band: Band, at: At) -> Iterator[Finding]:
    """Levels of their own: as many as the treatment has, in its unit, omitted where it is omitted."""
    ladder = line.ladder if give.amount is None else None
    unit = f"{band.unit}/{band.per}" if band.per else band.unit
    if ladder is None:
        yield at.finding("band-levels", f"{give.name} has no dose levels", "write one amount, or 'levels' under it")
    elif unit != ladder.unit:
        message = f"the levels of {give.name} are in {ladder.unit}, not in {unit}"
        yield at.finding("unit-mismatch", message, f"write them in {ladder.unit}")
    elif len(band.levels) != len(ladder.amounts):
        message = f"{give.name} has {len(ladder.amounts)} levels, and here are {len(band.levels)}"
        yield at.finding("band-levels", message, "write one amount for each level of the treatment")
    elif bool(band.levels[-1]) != bool(ladder.amounts[-1]):
        message = f"{give.name} is left out at its last level in one place only"
        yield at.finding("band-levels", message, "write 0 as the last level in both, or in none")


def _check_comparable(give: Give, band: Band, at: At) -> Iterator[Finding]:
    if len(measures_of(give.calculation.bands)) > 1 and band.per is None:
        message = (
            f"which dose is the lowest cannot be told: {give.name} is given per {give.per}, and this is a fixed amount"
        )
        yield at.finding("bands-not-comparable", message, "write shares, such as: half the dose")
