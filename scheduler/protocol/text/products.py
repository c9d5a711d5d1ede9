"""What the pharmacy hands out, as a protocol says it: one product, or the strengths that a dose is made of."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from scheduler.findings import did_you_mean
from scheduler.names import Called
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.sentences.dosing.products import PackPhrase
from scheduler.protocol.text.sentence_fields import PackText, SpanText, UnitsText, UnitText
from scheduler.written import Written, fault

StrengthName: TypeAlias = Annotated[
    str, Field(pattern=r"^[0-9]+(\.[0-9]+)? [A-Za-z]+$", description="a strength is an amount and its unit: 20 mg")
]


def _shape(value: object) -> str:
    return "by strength" if isinstance(value, dict) else "one"


Packs: TypeAlias = Annotated[
    Annotated[PackText, Tag("one")] | Annotated[dict[StrengthName, PackText], Tag("by strength")], Discriminator(_shape)
]


class ProductText(Written):
    """What the pharmacy hands out."""

    title: Called | None = None
    """What it is called on the pharmacy's lists: {en: regorafenib, zh: 瑞戈非尼}; the drug's own name where this is left out."""
    unit: UnitText | None = None
    """One unit: "40 mg tablet"; "5 mg tablet, scored", "40 mg/mL oral solution, measured to 0.1 mL", "puff"."""
    units: UnitsText | None = None
    """In place of 'unit', the units of several strengths that a dose is made of: "20 mg tablet, 15 mg tablet, fewest"."""
    pack: Packs | None = None
    """A pack, handed out whole: "bottle of 28", "bottle of 100 mL"; by strength where that differs."""
    opened_lasts: SpanText | None = Field(default=None, alias="opened lasts")
    """How long an opened pack may be used."""
    handed_out_every: SpanText | None = Field(default=None, alias="handed out every")
    """For how long it is handed out at a time; for a whole cycle where this is left out."""

    @property
    def of_each_strength(self) -> tuple[Product, ...]:
        """One product for each strength, the largest first; their names and packs are not in them yet."""
        return self.units or ((self.unit,) if self.unit is not None else ())

    def pack_of(self, product: Product) -> PackPhrase | None:
        """The pack of one strength: what it is, and how many units it holds."""
        if isinstance(self.pack, dict):
            return self.pack.get(product.strength or "")
        return self.pack

    @model_validator(mode="after")
    def _one_or_several(self) -> ProductText:
        if self.unit is not None and self.units is not None:
            message = "'unit' and 'units' both say what is handed out"
            raise fault("unit-twice", message, hint="keep 'unit' for one strength, 'units' for several")
        if not self.of_each_strength:
            message = "nothing says what one unit is"
            raise fault("missing-key", message, hint="write 'unit: 40 mg tablet' with the strength that you have")
        return self

    @model_validator(mode="after")
    def _packs_of_its_strengths(self) -> ProductText:
        known = [product.strength for product in self.of_each_strength if product.strength is not None]
        for name in self.pack if isinstance(self.pack, dict) else ():
            if not known:
                raise fault("unknown-strength", "there is one strength", hint="write one pack: 'pack: bottle of 28'")
            if name not in known:
                hint = did_you_mean(name, known) or f"the strengths are {', '.join(known)}"
                raise fault("unknown-strength", f"'{name}' is not one of the strengths", hint=hint)
        return self

    @model_validator(mode="after")
    def _packs_in_what_is_counted(self) -> ProductText:
        """A pack of 100 holds 100 tablets; of a liquid it must say mL, so that nobody hands out 100 bottles."""
        for product in self.of_each_strength[:1]:
            for pack in self.pack.values() if isinstance(self.pack, dict) else (self.pack,):
                if pack is None or pack.in_ml == product.of_form.is_measured:
                    continue
                right = f"{pack.pack} of {pack.size}{'' if pack.in_ml else ' mL'}"
                message = f"a pack of {product} is counted in {product.of_form.many}"
                raise fault("pack-unit", message, hint=f"write: {right}")
        return self
