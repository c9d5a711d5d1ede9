"""Amounts in the words of whoever reads them: 84 tablets, 3 bottles, 12.5 %."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from scheduler.forecasting.simulating.needs import PART, Article
from scheduler.protocol.plan.dosing.product import Product
from scheduler.said import Amount, Name
from scheduler.views.pharmacy.units_of_dose import unit_name
from scheduler.vocabulary.dosage_forms import MEDICINE, DosageForm, as_count, form_called

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Counted:
    """How an article is counted: its units, and packs of so many where it comes in packs."""

    form: DosageForm = MEDICINE
    pack: str | None = None
    per_pack: int | None = None

    def units(self, count: Decimal) -> Name:
        """84 tablets."""
        return _in_words(self.form, count)

    def packs(self, count: Decimal) -> Name:
        """3 bottles."""
        return _in_words(form_called(self.pack or "pack"), count)

    def ordered(self, count: Decimal) -> Name:
        """In packs where it comes in packs, else in units."""
        return self.packs(count) if self.per_pack is not None else self.units(count)

    @property
    def counted_in(self) -> str:
        """The word for what an order counts."""
        return (self.pack or "pack") if self.per_pack is not None else self.form.one


def counted_as(product: Product | None) -> Counted:
    """How a product is counted; units of nobody knows what, where the protocol names none."""
    return Counted() if product is None else Counted(product.of_form, product.pack, product.per_pack)


def is_article(product: Product, article: Article) -> bool:
    """True where a product of the article's drug is the article."""
    return unit_name(product) == article.product and product.strength == article.strength


def _in_words(form: DosageForm, count: Decimal) -> Name:
    # A mean is no half tablet: 1.5, and not 1½.
    return Name((("en", f"{count:f} {form.one if count == 1 else form.many}"), ("zh", f"{count:f} {form.measure}")))


def to_tenths(amount: Fraction) -> Decimal:
    """To one decimal, and without one that is 0."""
    rounded = (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(_TENTH, ROUND_HALF_EVEN)
    return plain(rounded)


def plain(amount: Decimal) -> Decimal:
    """The number without zeros at its end: 1141, never 1141.0."""
    return Decimal(as_count(amount))


def mean_of_parts(parts: int, runs: int) -> Decimal:
    """The mean of so many runs, from their sum in thousandths."""
    return to_tenths(Fraction(parts, runs * PART))


def from_parts(parts: int) -> Decimal:
    """A number of thousandths, exactly."""
    return plain(Decimal(parts) / PART)


def per_cent(chance: Fraction) -> Amount:
    """12.5 %."""
    return Amount(to_tenths(chance * 100), "%")
