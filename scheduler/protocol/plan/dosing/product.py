"""What the pharmacy hands out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.dates import Span
from scheduler.findings import said_together
from scheduler.protocol.plan.dosing.strengths import Strengths, made_of, only_way
from scheduler.said import Name
from scheduler.vocabulary.dosage_forms import MILLILITRE, Count, DosageForm, as_count, form_called

WHOLE, HALF = Decimal(1), Decimal("0.5")

MEASURED_TO = Decimal("0.1")
"""mL that can be measured where the protocol does not say it: the marks of an oral syringe. Nothing is rounded to them."""


@dataclass(frozen=True, slots=True)
class Product:
    """What the pharmacy hands out: one unit's amount, units in a pack, how long an opened pack lasts, and for how long it is
    handed out at a time (None: for the whole cycle).

    One unit of a liquid is 1 mL. ``step`` is the least part of a unit that can be given: half a tablet where it is scored, a
    tenth of a mL. A drug that comes in several strengths is as many products; ``strengths`` are those of all of them, in one
    unit, the largest first. Where there is one strength it is empty.
    ``title`` is what its drug is called on lists, in several languages.
    """

    name: str
    unit_amount: Decimal
    unit: str
    form: str
    per_pack: int | None = None
    pack: str | None = None
    opened_lasts: Span | None = None
    handed_out_every: Span | None = None
    strengths: Strengths = ()
    step: Decimal = WHOLE
    title: str | None = None

    def __str__(self) -> str:
        """One unit: "40 mg tablet", "40 mg/mL oral solution", "puff"."""
        return self._one(self.form)

    @property
    def shown(self) -> Name:
        """The same for readers: 40 mg tablet, 40 mg 药片."""
        return Name((("en", str(self)), ("zh", self._one(self.of_form.chinese))))

    def _one(self, form: str) -> str:
        if self.counts_itself:
            return form
        return f"{self.unit_amount.normalize():f} {self.unit}{'/mL' if self.of_form.is_measured else ''} {form}"

    @property
    def of_form(self) -> DosageForm:
        """What it is, with the words for it and how it is counted."""
        return form_called(self.form)

    @property
    def counts_itself(self) -> bool:
        """True for what doses are counted in: 2 puffs."""
        return self.unit == self.form

    @property
    def sizes(self) -> Strengths:
        """What a dose may be made of, the largest first: one unit of each strength, or the least part that can be given."""
        return self.strengths or (self.unit_amount * self.step,)

    @property
    def strength(self) -> str | None:
        """How this strength is told from the others, such as "20 mg"; None where there are no others."""
        return f"{self.unit_amount.normalize():f} {self.unit}" if self.strengths else None

    @property
    def all_units(self) -> str:
        """What a dose is made of: "40 mg tablets", "20 mg and 15 mg tablets", "40 mg/mL oral solution"."""
        if self.of_form.is_measured:
            return str(self)
        if self.counts_itself:
            return f"whole {self.of_form.plural}"
        whole = self.strengths or (self.unit_amount,)
        return f"{said_together(f'{each.normalize():f} {self.unit}' for each in whole)} {self.of_form.plural}"

    @property
    def parts(self) -> str:
        """What a dose is made of, for a hint: "whole ones", "whole and half ones", "steps of 0.1 mL"."""
        if self.of_form.is_measured:
            return f"steps of {self.step.normalize():f} {MILLILITRE}"
        return "whole and half ones" if self.step == HALF else "whole ones"

    def in_units(self, count: Count) -> str:
        """So many units with what each holds: "1½ tablets of 5 mg", "2.4 mL of 40 mg/mL oral solution"."""
        each = str(self) if self.of_form.is_measured else f"{self.unit_amount.normalize():f} {self.unit}"
        return f"{self.of_form.english(count)} of {each}"

    def units_in(self, amount: Decimal) -> Count | None:
        """How many units of this strength are in an amount in its unit: 0 for one made of others, None where none make it."""
        return self._own(made_of(amount, self.sizes))

    def units_in_taken(self, amount: Decimal, times: int | None = None) -> Count | None:
        """How many units of this strength were in the amount of a whole day, of so many doses where that is known.

        Equal doses where units make them; else the one way to make the amount. None where there are several ways, or none.
        """
        each = self.units_in(amount / times) if times is not None else None
        return each * times if each is not None and times is not None else self._own(only_way(amount, self.sizes))

    def _own(self, counts: tuple[int, ...] | None) -> Count | None:
        if counts is None:
            return None
        return counts[self.strengths.index(self.unit_amount)] if self.strengths else as_count(counts[0] * self.step)
