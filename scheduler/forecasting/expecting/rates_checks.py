"""What a rates file may not say of its study: names that the study does not have, and what cannot happen to a treatment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scheduler.findings import Finding, Severity, did_you_mean
from scheduler.forecasting.expecting.rates_text import RatesText
from scheduler.patient.dose_rules.facts.body_values import body_values
from scheduler.protocol.plan.study import Plan, StudyVersion, Timeline
from scheduler.source.node import Node, Step
from scheduler.source.quoting import quoted


def check_rates(
    says: RatesText, node: Node, versions: Sequence[StudyVersion], sites: Sequence[str]
) -> Iterator[Finding]:
    """Everything that is wrong with it, each with its place."""
    plans = [plan for version in versions for plan in version.arms.values()]
    yield from _sources(says, node)
    yield from _sites(says, node, sites)
    yield from _arms(says, node, {plan.arm for plan in plans})
    for name in says.treatments:
        yield from _treatment(says, node, name, plans)
    yield from _body_sizes(says, node, plans)
    yield from _supply(says, node, plans)


def _wrong(node: Node, path: tuple[Step, ...], code: str, message: str, hint: str | None) -> Finding:
    return Finding(code, Severity.ERROR, message, hint, node.place(*path), path=path)


def _unknown(node: Node, path: tuple[Step, ...], what: str, name: str, known: Iterable[str]) -> Finding:
    message = f"there is no {what} {quoted(name)}"
    return Finding(f"unknown-{what}", Severity.ERROR, message, did_you_mean(name, known), node.place(*path), path=path)


def _sources(says: RatesText, node: Node) -> Iterator[Finding]:
    named: list[tuple[tuple[Step, ...], str]] = [
        (("enrolment", n, "source"), each.source) for n, each in enumerate(says.enrolment)
    ]
    for name, course in says.treatments.items():
        each_of = {
            "end of treatment": course.end_of_treatment,
            "discontinued": course.discontinued,
            "delayed": course.delayed,
            "reduced": course.reduced,
        }
        named += [
            (("treatments", name, key, "source"), each.source) for key, each in each_of.items() if each is not None
        ]
    named += [(("body sizes", n, "source"), each.source) for n, each in enumerate(says.body_sizes)]
    if says.body_surface is not None:
        named.append((("body surface", "source"), says.body_surface.source))
    named += [(("supply", n, "source"), each.source) for n, each in enumerate(says.supply)]
    for path, source in named:
        if source not in says.sources:
            message = f"{quoted(source)} is not among the sources"
            hint = did_you_mean(source, says.sources) or "say under 'sources' where the number comes from"
            yield _wrong(node, path, "unknown-source", message, hint)


def _sites(says: RatesText, node: Node, sites: Sequence[str]) -> Iterator[Finding]:
    named = [("enrolment", [each.site for each in says.enrolment]), ("supply", [each.site for each in says.supply])]
    for key, names in named:
        for n, name in enumerate(names):
            if name not in sites:
                yield _unknown(node, (key, n, "site"), "site", name, sites)


def _arms(says: RatesText, node: Node, arms: set[str]) -> Iterator[Finding]:
    for arm in says.allocation:
        if arm not in arms:
            yield _unknown(node, ("allocation", arm), "arm", arm, arms)
    if says.allocation and not any(says.allocation.values()):
        hint = "give at least one arm a number above 0"
        yield _wrong(node, ("allocation",), "nobody-allocated", "no arm gets a patient", hint)


def _treatment(says: RatesText, node: Node, name: str, plans: Sequence[Plan]) -> Iterator[Finding]:
    path: tuple[Step, ...] = ("treatments", name)
    lines = [(plan, line) for plan in plans for line in (*plan.cycles(), *plan.treatments()) if line.name == name]
    if not lines:
        known = {line.name for plan in plans for line in (*plan.cycles(), *plan.treatments())}
        yield _unknown(node, path, "treatment", name, known)
        return
    course = says.treatments[name]
    if course.delayed is not None:
        follows = next((clock for plan, line in lines if (clock := _clock(plan, line)) is not None), None)
        if follows is not None:
            message = f"{quoted(name)} has no start of its own that could be put off: it goes by {quoted(follows)}"
            hint = f"write 'delayed' under '{follows}'"
            yield _wrong(node, (*path, "delayed"), "follows-another", message, hint)
    if course.reduced is not None and not any(line.ladder is not None for _, line in lines):
        message = f"{quoted(name)} has no dose levels: it cannot be reduced"
        yield _wrong(
            node, (*path, "reduced"), "no-levels", message, "leave 'reduced' out, or write it under another treatment"
        )


def _clock(plan: Plan, line: Timeline) -> str | None:
    return line.follows.timeline if line.follows is not None else None


def _body_sizes(says: RatesText, node: Node, plans: Sequence[Plan]) -> Iterator[Finding]:
    """Parts that are not all patients, and bodies of which something is not said that a dose is worked out from."""
    if not says.body_sizes:
        return
    whole = sum(each.chance for each in says.body_sizes)
    if whole != 1:
        message = f"the parts of the body sizes are {float(whole * 100):g} % together"
        yield _wrong(node, ("body sizes",), "not-all-patients", message, "give each a chance, so that they are 100 %")
    wanted = sorted({name for plan in plans for name in body_values(plan)})
    for n, each in enumerate(says.body_sizes):
        missing = [name for name in wanted if name not in each.values]
        if missing:
            message = f"a dose is worked out from {' and '.join(missing)}, which is not said here"
            hint = f"write {missing[0]} with its unit"
            yield _wrong(node, ("body sizes", n), "value-missing", message, hint)


def _supply(says: RatesText, node: Node, plans: Sequence[Plan]) -> Iterator[Finding]:
    strengths: dict[str, set[str | None]] = {}
    for plan in plans:
        for name, products in plan.products.items():
            strengths.setdefault(name, set()).update(product.strength for product in products)
    seen: dict[tuple[str, str, str | None], int] = {}
    for n, each in enumerate(says.supply):
        if each.product not in strengths:
            yield _unknown(node, ("supply", n, "product"), "product", each.product, strengths)
            continue
        known = strengths[each.product]
        if each.strength not in known:
            listed = ", ".join(sorted(strength for strength in known if strength))
            hint = (
                f"write one of its strengths: {listed}" if listed else "it comes in one strength: leave 'strength' out"
            )
            key = "strength" if each.strength is not None else "product"
            message = (
                f"{quoted(each.product)} does not come as {each.strength}"
                if each.strength
                else "the strength is missing"
            )
            yield _wrong(node, ("supply", n, key), "unknown-strength", message, hint)
        same = (each.site, each.product, each.strength)
        if same in seen:
            message = f"the supply of {quoted(each.product)} at {quoted(each.site)} is there twice"
            yield _wrong(node, ("supply", n), "twice", message, "keep one of the two, with all lots in it")
        seen[same] = n
