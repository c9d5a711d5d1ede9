"""What the pharmacy hands out, as a sentence: what one unit holds and is, and what part of it can be given.

unit  = amount unit form ["," "scored"]  |  amount unit"/mL" liquid ["," "measured to" mL "mL"]  |  what counts itself
units = unit {"," unit} "," "fewest"
pack  = name "of" n ["mL"]
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from scheduler.protocol.plan.dosing.product import HALF, MEASURED_TO, WHOLE, Product
from scheduler.protocol.sentences.dosing.giving import read_level, read_plain_unit, read_unit
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words
from scheduler.vocabulary.dosage_forms import COUNTED_THEMSELVES, FORMS, MILLILITRE, form_called

PRODUCT_EXAMPLE = "40 mg tablet | 5 mg tablet, scored | 40 mg/mL oral solution | 4.6 mg patch"
PRODUCTS_EXAMPLE = "20 mg tablet, 15 mg tablet, fewest"
PACK_EXAMPLE = "bottle of 28 | bottle of 100 mL"

_CAN_BE_HALVED = ("tablet",)
_PLURALS = {form.plural: form.name for form in FORMS.values()}


class PackPhrase(NamedTuple):
    """A pack: what it is, how many units it holds, and whether these are mL."""

    pack: str
    size: int
    in_ml: bool = False


def read_product(text: str) -> Product:
    """Read what one unit holds and is: "40 mg tablet", "240 mg vial", "5 mg tablet, scored", "40 mg/mL oral solution"."""
    words = Words(text, example=PRODUCT_EXAMPLE, habits=Habits.PRODUCTS)
    product = _read_part(words, _read_unit(words))
    words.citation()
    if words.next_is(","):
        listed_units = text.partition("(")[0].strip().removesuffix(", fewest")
        words.fail_with("several strengths are 'units'", f"units: {listed_units}, fewest")
    words.finish()
    return product


def read_products(text: str) -> tuple[Product, ...]:
    """Read the units of several strengths, of which a dose takes the fewest: one product for each, the largest first."""
    words = Words(text, example=PRODUCTS_EXAMPLE, habits=Habits.PRODUCTS)
    products = [_read_unit(words)]
    while words.accept(",") and not words.next_is("fewest"):
        if words.next_is("scored"):
            words.fail("of several strengths whole ones are taken", hint="leave out 'scored'")
        products.append(_read_another(words, products))
    if words.next_is("and"):
        words.fail("strengths are listed with commas")
    if len(products) == 1:
        words.fail_with("one strength is 'unit'", f"unit: {products[0]}")
    if not words.accept("fewest"):
        words.fail("nothing says how a dose is made of them", hint=f"write: {', '.join(map(str, products))}, fewest")
    words.accept(products[0].of_form.plural)
    words.citation()
    words.finish()
    strengths = tuple(sorted((each.unit_amount for each in products), reverse=True))
    products.sort(key=lambda each: each.unit_amount, reverse=True)
    return tuple(replace(each, strengths=strengths) for each in products)


def _read_another(words: Words, before: list[Product]) -> Product:
    first, product = before[0], _read_unit(words)
    if product.of_form.is_measured or product.counts_itself:
        words.fail("a liquid has one strength", back=True, hint="name the one that is handed out under 'unit'")
    if product.form != first.form:
        words.fail(
            f"a dose is made of one form: {first.of_form.plural}", back=True, hint="name what the pharmacy hands out"
        )
    if product.unit != first.unit:
        words.fail("strengths are compared in one unit", back=True, hint=f"write them all in {first.unit}")
    if product.unit_amount in {each.unit_amount for each in before}:
        words.fail(f"{product} is there already", back=True, hint="name each strength once")
    return product


def _read_unit(words: Words) -> Product:
    itself = words.accept_one_of(*COUNTED_THEMSELVES)
    if itself is not None:
        return Product("", Decimal(1), itself, itself)
    amount = read_level(words)
    unit = words.unit_of_amount("a unit, such as mg")
    if words.next_is("and") or words.next_is("or"):
        listed_units = ", ".join(f"{each} vial" for each in re.findall(r"[0-9.]+ [A-Za-zµ]+", words.text))
        words.fail("each strength says what it is", hint=f"write it like: units: {listed_units}, fewest")
    per_ml = unit.endswith(f"/{MILLILITRE}")
    unit = read_unit(words, unit.removesuffix(f"/{MILLILITRE}")) if per_ml else read_plain_unit(words, unit)
    form = _read_form(words)
    liquid = form_called(form).is_measured
    shown = f"{amount.normalize():f} {unit}"
    if liquid and not per_ml:
        words.fail(f"how much {unit} is in 1 mL?", back=True, hint=f"write it like: {shown}/mL {form}")
    if per_ml and not liquid:
        message = f"a {form} holds so much in all, not per mL"
        words.fail(message, back=True, hint=f"write it like: {shown} {form}, or {shown}/mL oral solution")
    return Product("", amount, unit, form, step=MEASURED_TO if liquid else WHOLE)


def _read_form(words: Words) -> str:
    """A form of one word, or of two where both together are one: oral solution."""
    form = words.name("what it is, such as tablet or vial").text
    following = words.peek()
    if following is not None and following.kind == "word" and _singular(f"{form} {following.text}") in FORMS:
        words.name("what it is")
        form = f"{form} {following.text}"
    return _singular(form)


def _singular(form: str) -> str:
    return _PLURALS.get(form.lower()) or (form.lower() if form.lower() in FORMS else re.sub(r"(?<=[a-z])s$", "", form))


def _read_part(words: Words, product: Product) -> Product:
    """What part of one unit can be given: half a scored tablet, a volume with so many decimals."""
    if words.next_is(",", "scored") or words.next_is("scored"):
        words.accept(",")
        words.expect("scored")
        if product.form not in _CAN_BE_HALVED:
            words.fail(f"no half of a {product.form} is given", back=True, hint="only tablets are scored")
        return replace(product, step=HALF)
    if not (words.next_is(",", "measured") or words.next_is("measured")):
        return product
    words.accept(",")
    words.expect("measured", "to")
    step = read_level(words)
    words.expect(MILLILITRE)
    if not product.of_form.is_measured:
        words.fail(f"a {product.form} is not measured", back=True, hint="leave it out")
    return replace(product, step=step)


def read_pack(text: str) -> PackPhrase:
    """Read what a pack is and how many units it holds: "bottle of 28", "bottle of 100 mL"."""
    words = Words(text, example=PACK_EXAMPLE, habits=Habits.PRODUCTS)
    pack = words.name("a pack").text
    words.expect("of")
    size = words.number_of("how many units")
    if size < 1:
        words.fail("a pack holds at least one", back=True)
    in_ml = words.accept(MILLILITRE)
    words.citation()
    words.finish()
    return PackPhrase(pack, size, in_ml)
