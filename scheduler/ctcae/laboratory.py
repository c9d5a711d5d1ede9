"""Laboratory tests that rules of dose name: their units, their terms in CTCAE v5.0, and where each grade begins.

Source of the limits: CTCAE v5.0, 27 November 2017. Molar masses: creatinine 113.12, bilirubin 584.66, glucose 180.16 g/mol.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LaboratoryTest:
    """One test. ``unit`` is that of its absolute limits; ``terms`` are the adverse events that it grades.

    ``over_upper`` are the multiples of the upper limit above which grades 1, 2, 3, 4 begin; ``over_baseline`` the same for a
    patient whose baseline was above the upper limit already. ``under`` are the absolute values below which grades 2, 3, 4
    begin, where less is worse: grade 1 needs the lower limit of normal, which is not recorded. ``from_value`` are the
    absolute values at which grades 1, 2, 3 begin.
    """

    name: str
    unit: str
    synonyms: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    over_upper: tuple[Decimal, ...] = ()
    over_baseline: tuple[Decimal, ...] = ()
    under: tuple[Decimal, ...] = ()
    from_value: tuple[Decimal, ...] = ()
    molar_mass: Decimal | None = None


def _numbers(text: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(each) for each in text.split())


_AMINOTRANSFERASE = _numbers("1 3 5 20"), _numbers("1.5 3 5 20")
_PHOSPHATASE = _numbers("1 2.5 5 20"), _numbers("2 2.5 5 20")

_ALL = (
    LaboratoryTest(
        "ALT",
        "U/L",
        ("alanine aminotransferase", "SGPT", "GPT"),
        ("Alanine aminotransferase increased",),
        *_AMINOTRANSFERASE,
    ),
    LaboratoryTest(
        "AST",
        "U/L",
        ("aspartate aminotransferase", "SGOT", "GOT"),
        ("Aspartate aminotransferase increased",),
        *_AMINOTRANSFERASE,
    ),
    LaboratoryTest(
        "bilirubin",
        "umol/L",
        ("total bilirubin", "blood bilirubin", "TBil"),
        ("Blood bilirubin increased",),
        _numbers("1 1.5 3 10"),
        _numbers("1 1.5 3 10"),
        molar_mass=Decimal("584.66"),
    ),
    LaboratoryTest("ALP", "U/L", ("alkaline phosphatase",), ("Alkaline phosphatase increased",), *_PHOSPHATASE),
    LaboratoryTest("GGT", "U/L", ("gamma-GT", "gamma-glutamyl transferase"), ("GGT increased",), *_PHOSPHATASE),
    LaboratoryTest(
        "creatinine",
        "umol/L",
        ("serum creatinine", "blood creatinine"),
        ("Creatinine increased",),
        _numbers("1 1.5 3 6"),
        molar_mass=Decimal("113.12"),
    ),
    LaboratoryTest(
        "neutrophils", "G/L", ("ANC", "neutrophil count"), ("Neutrophil count decreased",), under=_numbers("1.5 1 0.5")
    ),
    LaboratoryTest(
        "platelets",
        "G/L",
        ("platelet count", "thrombocytes"),
        ("Platelet count decreased",),
        under=_numbers("75 50 25"),
    ),
    LaboratoryTest(
        "white blood cells", "G/L", ("leukocytes", "WBC"), ("White blood cell decreased",), under=_numbers("3 2 1")
    ),
    LaboratoryTest("haemoglobin", "g/L", ("hemoglobin", "Hb"), ("Anemia",), under=_numbers("100 80")),
    LaboratoryTest("lipase", "U/L", (), ("Lipase increased",)),
    LaboratoryTest("amylase", "U/L", ("serum amylase",), ("Serum amylase increased",)),
    LaboratoryTest("creatine kinase", "U/L", ("CK", "CPK"), ("CPK increased",), _numbers("1 2.5 5 10")),
    LaboratoryTest(
        "troponin",
        "ng/L",
        ("troponin I", "troponin T"),
        ("Cardiac troponin I increased", "Cardiac troponin T increased"),
    ),
    LaboratoryTest(
        "glucose", "mmol/L", ("blood glucose", "fasting glucose"), ("Hyperglycemia",), molar_mass=Decimal("180.16")
    ),
    LaboratoryTest("TSH", "mU/L", ("thyrotropin",)),
    LaboratoryTest("protein in 24-hour urine", "g", ("24-hour urine protein",), ("Proteinuria",)),
    LaboratoryTest(
        "systolic blood pressure", "mmHg", ("systolic",), ("Hypertension",), from_value=_numbers("120 140 160")
    ),
    LaboratoryTest(
        "diastolic blood pressure", "mmHg", ("diastolic",), ("Hypertension",), from_value=_numbers("80 90 100")
    ),
    LaboratoryTest("QTc", "ms", ("QTcF",), ("Electrocardiogram QT corrected interval prolonged",)),
)

TESTS: dict[str, LaboratoryTest] = {test.name: test for test in _ALL}
"""All tests that are known here, by name."""

_BY_ANY_NAME = {spelling.casefold(): test for test in _ALL for spelling in (*test.synonyms, test.name)}


def laboratory_named(text: str) -> LaboratoryTest | None:
    """The test that is called so, by its name here or by another that people use, in large or small letters."""
    return _BY_ANY_NAME.get(" ".join(text.split()).casefold())


def grade_of(
    test: LaboratoryTest, value: Decimal, upper_limit: Decimal | None = None, baseline: Decimal | None = None
) -> int | None:
    """The CTCAE grade of a measured value, 0 where it is no adverse event; None where the limit it needs is not known.

    All in the test's own unit. Whoever began above the upper limit is graded by multiples of the baseline.
    """
    if test.under:
        return max((grade for grade, limit in enumerate(test.under, 2) if value < limit), default=0)
    if test.from_value:
        return sum(value >= limit for limit in test.from_value)
    if not test.over_upper or upper_limit is None:
        return None
    if test.over_baseline and baseline is not None and baseline > upper_limit:
        return sum(value > limit * baseline for limit in test.over_baseline)
    return sum(value > limit * upper_limit for limit in test.over_upper)
