"""What a patient has at home of each treatment of a plan: tablets, capsules, a liquid."""

from __future__ import annotations

from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.vocabulary.dosage_forms import DosageForm, form_of_all


def forms_of(*plans: Plan) -> dict[str, DosageForm]:
    """The form of each treatment; medicine where no product says it, or where its drugs or the arms differ."""
    lines = {line.name: line for plan in plans for line in plan.treatments()}
    return {
        name: form_of_all(form for plan in plans if name in plan.timelines for form in _forms(plan, line))
        for name, line in lines.items()
    }


def _forms(plan: Plan, line: Timeline) -> list[DosageForm | None]:
    drugs = dict.fromkeys(give.name for give in line.gives)
    products = (next(iter(plan.products_of(drug, line.name)), None) for drug in drugs)
    return [product.of_form if product is not None else None for product in products]
