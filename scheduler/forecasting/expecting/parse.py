"""From the text of a rates file to what is expected, or to everything that is wrong with the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from scheduler.errors import InvalidText
from scheduler.forecasting.expecting.rates import (
    DAYS_A_MONTH,
    AssumedSurface,
    BodySize,
    Chance,
    Course,
    Enrolment,
    Lot,
    Rates,
    Supply,
)
from scheduler.forecasting.expecting.rates_checks import check_rates
from scheduler.forecasting.expecting.rates_text import (
    ChanceText,
    CourseText,
    DelayText,
    EnrolmentText,
    RatesText,
    SupplyText,
    SurfaceText,
)
from scheduler.protocol.plan.study import StudyVersion
from scheduler.source.reading import read_yaml
from scheduler.source.validation import validate


def parse_rates(text: str, *, name: str, versions: Sequence[StudyVersion], sites: Iterable[str]) -> Rates:
    """What is expected of a study, by this text; ``name`` is the file's name in the findings.

    ``versions`` are the study's protocol versions and ``sites`` the names of its sites: what the text names must be there.
    Raises InvalidText with all findings at once.
    """
    node = read_yaml(text, name=name)
    says = validate(node, RatesText)
    findings = tuple(check_rates(says, node, versions, tuple(sites)))
    if findings:
        raise InvalidText(findings)
    return Rates(
        seed=says.seed,
        runs=says.runs,
        weeks=says.weeks,
        enrolment=tuple(_enrolment(each) for each in says.enrolment),
        most=says.all_patients,
        allocation=dict(says.allocation),
        courses={treatment: _course(each) for treatment, each in says.treatments.items()},
        supplies=tuple(_supply(each) for each in says.supply),
        body_sizes=tuple(BodySize(each.chance, each.values, each.source) for each in says.body_sizes),
        surface=_surface(says.body_surface),
        sources=dict(says.sources),
    )


def _enrolment(says: EnrolmentText) -> Enrolment:
    days = Fraction(7) if says.per == "week" else DAYS_A_MONTH
    return Enrolment(says.site, says.patients, days, says.source, says.first, says.last)


def _course(says: CourseText) -> Course:
    return Course(
        ended=_chance(says.end_of_treatment),
        discontinued=_chance(says.discontinued),
        delayed=_chance(says.delayed),
        reduced=_chance(says.reduced),
    )


def _chance(says: ChanceText | None) -> Chance | None:
    if says is None:
        return None
    return Chance(says.chance, says.source, says.by if isinstance(says, DelayText) else 0)


def _surface(says: SurfaceText | None) -> AssumedSurface | None:
    return None if says is None else AssumedSurface(says.formula, says.source)


def _supply(says: SupplyText) -> Supply:
    in_stock = tuple(Lot(each.quantity, each.expires) for each in says.stock)
    on_the_way = tuple(Lot(each.quantity, each.expires, each.arrives) for each in says.on_the_way)
    return Supply(
        site=says.site,
        drug=says.product,
        strength=says.strength,
        lots=(*in_stock, *on_the_way),
        lead=says.lead_time,
        cover=says.order_for,
        safety=says.safety_stock,
        risk=says.risk,
        shelf_life=says.shelf_life,
        source=says.source,
        says_stock="stock" in says.model_fields_set,
    )
