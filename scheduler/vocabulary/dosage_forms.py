"""What a medicine is when a patient holds it: tablet, capsule, liquid, patch, and how it is counted, in English and Chinese.

The names are those of the pharmaceutical dosage forms of CDISC (codelist C66726) and of the EDQM standard terms, in small
letters and without what makes no difference to a count: a film-coated tablet is a tablet. A count has one meaning only with its
form: "4 tablets" where 4 mL are meant is the worst mistake that a list can make.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

Count: TypeAlias = int | Decimal
"""How many units: a whole number, or with a part where half a tablet or a tenth of a mL can be given."""

MILLILITRE = "mL"


class Counted(StrEnum):
    """What of it can be given: whole ones, a volume, or any part of what is drawn up."""

    WHOLE = "whole"
    MEASURED = "measured"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class DosageForm:
    """A form: its name, one and many of it; what a patient calls it and how it is counted in Chinese; how it is given.

    ``things`` is what a patient has at home, in English and Chinese; ``swallowed``: it is taken, and not used.
    """

    name: str
    plural: str
    things: str
    chinese: str
    measure: str
    counted: Counted = Counted.WHOLE
    swallowed: bool = True

    @property
    def is_measured(self) -> bool:
        """True for a liquid: its doses are in mL."""
        return self.counted is Counted.MEASURED

    @property
    def one(self) -> str:
        """What is counted: tablet, capsule, mL."""
        return MILLILITRE if self.is_measured else self.name

    @property
    def many(self) -> str:
        """The same for another number than one: tablets, capsules, mL."""
        return MILLILITRE if self.is_measured else self.plural

    def english(self, count: Count) -> str:
        """1 tablet, 1½ tablets, 2.5 mL."""
        return f"{self.number(count)} {self.one if 0 < count <= 1 else self.many}"

    def in_chinese(self, count: Count) -> str:
        """2 片, 半片, 1片半, 2.5 mL."""
        if self.is_measured:
            return f"{self.number(count)} {MILLILITRE}"
        whole, part = divmod(Decimal(count), 1)
        if part == _HALF:
            return f"{whole:f}{self.measure}半" if whole else f"半{self.measure}"
        return f"{self.number(count)} {self.measure}"

    def number(self, count: Count) -> str:
        """2, 1½ for pieces, 2.5 for a volume."""
        whole, part = divmod(Decimal(count), 1)
        if part == _HALF and not self.is_measured:
            return f"{whole:f}½" if whole else "½"
        return f"{Decimal(count).normalize():f}"


_HALF = Decimal("0.5")


def as_count(amount: Decimal) -> Count:
    """The number without a part where it is a whole one."""
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()


TABLET = DosageForm("tablet", "tablets", "tablets", "药片", "片")
MEDICINE = DosageForm("unit", "units", "medicine", "药物", "份")
"""Where nobody knows the form, or there are several."""

_LIQUID = ("liquid medicine", "药液", MILLILITRE, Counted.MEASURED)

_FORMS = (
    TABLET,
    DosageForm("capsule", "capsules", "capsules", "胶囊", "粒"),
    DosageForm("sachet", "sachets", "sachets", "药粉", "袋"),
    DosageForm("lozenge", "lozenges", "lozenges", "含片", "片"),
    DosageForm("solution", "solutions", *_LIQUID),
    DosageForm("oral solution", "oral solutions", *_LIQUID),
    DosageForm("suspension", "suspensions", *_LIQUID),
    DosageForm("oral suspension", "oral suspensions", *_LIQUID),
    DosageForm("syrup", "syrups", *_LIQUID),
    DosageForm("patch", "patches", "patches", "贴剂", "贴", swallowed=False),
    DosageForm("drop", "drops", "drops", "滴剂", "滴", swallowed=False),
    DosageForm("puff", "puffs", "inhaler", "吸入剂", "吸", swallowed=False),
    DosageForm("spray", "sprays", "spray", "喷剂", "喷", swallowed=False),
    DosageForm("suppository", "suppositories", "suppositories", "栓剂", "枚", swallowed=False),
    DosageForm("vial", "vials", "vials", "药瓶", "瓶", Counted.DRAWN, swallowed=False),
    DosageForm("ampoule", "ampoules", "ampoules", "安瓿", "支", Counted.DRAWN, swallowed=False),
    DosageForm("bag", "bags", "bags", "药袋", "袋", Counted.DRAWN, swallowed=False),
    DosageForm("bottle", "bottles", "bottles", "药瓶", "瓶", Counted.DRAWN, swallowed=False),
    DosageForm("syringe", "syringes", "syringes", "注射器", "支", Counted.DRAWN, swallowed=False),
    DosageForm(
        "pre-filled syringe", "pre-filled syringes", "syringes", "预充注射器", "支", Counted.DRAWN, swallowed=False
    ),
    DosageForm("pen", "pens", "pens", "注射笔", "支", Counted.DRAWN, swallowed=False),
    DosageForm("pre-filled pen", "pre-filled pens", "pens", "预充注射笔", "支", Counted.DRAWN, swallowed=False),
)

FORMS: Mapping[str, DosageForm] = MappingProxyType({form.name: form for form in _FORMS})
"""The forms that lists and papers have words for, by name."""

COUNTED_THEMSELVES = ("drop", "puff", "spray", "patch", "sachet")
"""What a dose can be an amount of: "2 puffs"."""


def form_called(name: str) -> DosageForm:
    """The form of that name; for one without words here, its own name, and in Chinese a count that shows it."""
    found = FORMS.get(name)
    return found or DosageForm(name, f"{name}s", f"{name}s", f"药物（{name}）", f"份（{name}）")


def form_of_product(product: str | None) -> DosageForm:
    """The form of a product as lists name it: that of "40 mg/mL oral solution"; of none, units."""
    if product is None:
        return MEDICINE
    words = product.split()
    ends = (" ".join(words[-number:]) for number in (2, 1))
    return next((FORMS[end] for end in ends if end in FORMS), form_called(words[-1]))


def form_of_all(forms: Iterable[DosageForm | None]) -> DosageForm:
    """The form of several things together: theirs where they have one; else medicine."""
    found = set(forms)
    one = found.pop() if len(found) == 1 else None
    return one if one is not None else MEDICINE
