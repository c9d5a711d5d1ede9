"""What the pharmacy hands out, as a reader of any language is told it: 40 mg tablet, 20 mg and 15 mg tablets, whole ones."""

from __future__ import annotations

from scheduler.protocol.plan.dosing.product import HALF, Product
from scheduler.said import Amount, Code, Name, Said, Value, listed, said, said_as
from scheduler.vocabulary.dosage_forms import MILLILITRE

_AND = said_as("between the members of a list", " and ")


def product_in_words(product: Product) -> Value:
    """One unit: 40 mg tablet; 40 mg/mL oral solution; puff."""
    form = _form(product, product.form)
    if product.counts_itself:
        return form
    per = "/mL" if product.of_form.is_measured else ""
    return said(
        "{strength} {form}", strength=Amount(product.unit_amount.normalize(), f"{product.unit}{per}"), form=form
    )


def all_units_in_words(product: Product) -> Value:
    """What a dose is made of: 40 mg tablets; 20 mg and 15 mg tablets; whole puffs."""
    if product.of_form.is_measured:
        return product_in_words(product)
    forms = _form(product, product.of_form.plural)
    if product.counts_itself:
        return said("whole {forms}", forms=forms)
    whole = product.strengths or (product.unit_amount,)
    strengths = listed(*(Amount(each.normalize(), product.unit) for each in whole), how=_AND)
    return said("{strength} {form}", strength=strengths, form=forms)


def parts_in_words(product: Product) -> Said:
    """What can be given of it: whole ones; whole and half ones; steps of 0.1 mL."""
    if product.of_form.is_measured:
        return said("steps of {amount}", amount=Amount(product.step.normalize(), MILLILITRE))
    return said("whole and half ones") if product.step == HALF else said("whole ones")


def _form(product: Product, english: str) -> Value:
    form = product.of_form
    return Name((("en", english), ("zh", form.chinese))) if form.chinese else Code(english)
