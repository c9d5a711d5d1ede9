"""Drugs, their units and sites by the names that protocol and site have in each language; in English and JSON by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from scheduler.forecasting.forecast import Demand, Forecast, Order, Stock
from scheduler.protocol.plan.dosing.products_in_words import product_in_words
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Code, Name, Quoted, Text, Value, text_of
from scheduler.site.site import Site

_L = TypeVar("_L", Demand, Order, Stock)


@dataclass(frozen=True, slots=True)
class Names:
    """What drugs and treatments, units and sites are called, by what they go by in English."""

    drugs: Mapping[str, Value] = field(default_factory=dict)
    units: Mapping[str, Value] = field(default_factory=dict)
    sites: Mapping[str, Value] = field(default_factory=dict)

    def drug(self, name: str, strength: str | None = None) -> Value:
        """A drug or a treatment, with its strength where it comes in several."""
        found = self.drugs.get(name, Code(name))
        if strength is None:
            return found
        if isinstance(found, Name):
            return Name(tuple((language, f"{called} {strength}") for language, called in found.by_language))
        return Code(f"{name} {strength}")

    def unit(self, product: str) -> Value:
        """One unit of a product: 40 mg tablet."""
        return self.units.get(product, Code(product))

    def site(self, name: str) -> Value:
        """A site."""
        return self.sites.get(name, Quoted(name))

    def given_to(self, forecast: Forecast) -> Forecast:
        """The same forecast, which every reader is told with the names of their own language."""
        return replace(
            forecast,
            patients=tuple(replace(each, site=text_of(self.site(each.site))) for each in forecast.patients),
            orders=tuple(map(self._of_line, forecast.orders)),
            stocks=tuple(map(self._of_line, forecast.stocks)),
            totals=tuple(map(self._of_line, forecast.totals)),
            demand=tuple(map(self._of_line, forecast.demand)),
        )

    def _of_line(self, line: _L) -> _L:
        return replace(
            line,
            site=text_of(self.site(line.site)),
            treatment=text_of(self.drug(line.treatment)),
            product=None if line.product is None else text_of(self.unit(line.product)),
        )


def names_of(versions: Sequence[StudyVersion], sites: Mapping[str, Site]) -> Names:
    """The names by all versions of a protocol, oldest first: the newest that has one counts."""
    drugs: dict[str, Value] = {}
    units: dict[str, Value] = {}
    for plan in (plan for version in versions for plan in version.arms.values()):
        for name, line in plan.timelines.items():
            drugs.update(_called(name, line.title))
    for plan in (plan for version in versions for plan in version.arms.values()):
        for name, products in plan.products.items():
            for product in products:
                drugs.update(_called(name, product.title))
                units[str(product)] = product_in_words(product)
    own = (found for name, site in sites.items() for found in _called(name, site.title))
    return Names(drugs, units, dict(own))


def _called(name: str, title: str | None) -> Iterator[tuple[str, Value]]:
    """The name in the languages that a title has it in; nothing where it has none but English."""
    told = title.said if isinstance(title, Text) else None
    others = [each for each in told.by_language if each[0] != "en"] if isinstance(told, Name) else []
    if others:
        yield name, Name((("en", name), *others))
