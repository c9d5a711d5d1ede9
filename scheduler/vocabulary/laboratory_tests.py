"""The laboratory tests and other measurements that are known here, by any name.

Source of the limits of grades: CTCAE v5.0, 27 November 2017. Molar masses in g/mol are those of the substance, haemoglobin's that
of its monomer, urea's that of urea and phosphate's that of phosphorus. What is possible is our own and wide: beyond it a
slip of the hand is likelier than the value.
"""

from __future__ import annotations

from decimal import Decimal

from scheduler.said import said, text_of
from scheduler.vocabulary.laboratory import LaboratoryTest
from scheduler.vocabulary.looking_up import Vocabulary


def _numbers(text: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(each) for each in text.split())


_LIMITS = {
    "ALT": ("over_upper: 1 3 5 20", "over_baseline: 1.5 3 5 20"),
    "AST": ("over_upper: 1 3 5 20", "over_baseline: 1.5 3 5 20"),
    "bilirubin": ("over_upper: 1 1.5 3 10", "over_baseline: 1 1.5 3 10"),
    "ALP": ("over_upper: 1 2.5 5 20", "over_baseline: 2 2.5 5 20"),
    "GGT": ("over_upper: 1 2.5 5 20", "over_baseline: 2 2.5 5 20"),
    "creatinine": ("over_upper: 1 1.5 3 6",),
    "neutrophils": ("under: 1.5 1 0.5",),
    "platelets": ("under: 75 50 25",),
    "white blood cells": ("under: 3 2 1",),
    "haemoglobin": ("under: 100 80",),
    "creatine kinase": ("over_upper: 1 2.5 5 10",),
    "systolic blood pressure": ("from_value: 120 140 160",),
    "diastolic blood pressure": ("from_value: 80 90 100",),
}
"""Where the grades of a test begin; `LaboratoryTest` says what each line means."""

_UPPER_LIMITS = {
    "ALT": "10 100",
    "AST": "10 100",
    "bilirubin": "5 60",
    "direct bilirubin": "1 30",
    "ALP": "40 800",
    "GGT": "10 150",
    "LDH": "100 1000",
    "creatinine": "20 200",
    "creatine kinase": "50 1000",
    "urea": "4 20",
    "uric acid": "200 700",
}
"""Between what the upper limits of normal of laboratories lie, children's too: our own and wide, beyond it a slip is likelier."""

_ORDINAL = ("ECOG",)

# name | unit | other names | terms that it grades | molar mass | possible | other units | Chinese names
_TABLE = """
ALT | U/L | alanine aminotransferase, alanine transaminase, SGPT, GPT, ALAT | Alanine aminotransferase increased | | \
0-50000 | ukat/L, nkat/L | 谷丙转氨酶, 丙氨酸氨基转移酶
AST | U/L | aspartate aminotransferase, aspartate transaminase, SGOT, GOT, ASAT | Aspartate aminotransferase increased | | \
0-50000 | ukat/L, nkat/L | 谷草转氨酶, 天冬氨酸氨基转移酶
bilirubin | umol/L | total bilirubin, blood bilirubin, bilirubin total, TBil, T-Bil, TBIL, STB | \
Blood bilirubin increased | 584.66 | 0-1500 | mg/dL | 总胆红素, 胆红素
direct bilirubin | umol/L | conjugated bilirubin, DBil, D-Bil | | 584.66 | 0-1200 | mg/dL | 直接胆红素
ALP | U/L | alkaline phosphatase, ALK-P, ALKP, alk phos | Alkaline phosphatase increased | | 0-10000 | ukat/L | 碱性磷酸酶
GGT | U/L | gamma-GT, gamma-glutamyl transferase, GGTP | GGT increased | | 0-10000 | ukat/L | 谷氨酰转移酶
LDH | U/L | lactate dehydrogenase | Blood lactate dehydrogenase increased | | 20-50000 | ukat/L | 乳酸脱氢酶
albumin | g/L | serum albumin, ALB | | | 5-80 | g/dL | 白蛋白
creatinine | umol/L | serum creatinine, blood creatinine, SCr | Creatinine increased | 113.12 | 5-5000 | mg/dL | 肌酐
creatinine clearance | mL/min | CrCl, CLcr, clearance | | | 2-350 | mL/s | 肌酐清除率
urea | mmol/L | blood urea | | 60.06 | 0.2-150 | mg/dL | 尿素
uric acid | umol/L | urate | | 168.11 | 5-3000 | mg/dL | 尿酸
neutrophils | G/L | ANC, neutrophil count, absolute neutrophil count | \
Neutrophil count decreased | | 0-600 | /uL, 10^9/L | 中性粒细胞, 中性粒细胞计数
lymphocytes | G/L | ALC, lymphocyte count, absolute lymphocyte count | \
Lymphocyte count decreased | | 0-1000 | /uL, 10^9/L | 淋巴细胞
eosinophils | G/L | eosinophil count | | | 0-200 | /uL, 10^9/L | 嗜酸性粒细胞
platelets | G/L | platelet count, thrombocytes, PLT | Platelet count decreased | | 0-5000 | /uL, 10^9/L | 血小板
white blood cells | G/L | leukocytes, WBC, white cell count | White blood cell decreased | | 0-1500 | /uL, 10^9/L | 白细胞
haemoglobin | g/L | Hb, Hgb | Anemia | 16114 | 20-270 | g/dL, mmol/L | 血红蛋白
INR | | international normalised ratio, PT-INR | INR increased | | 0.5-30 | | 国际标准化比值
APTT | s | aPTT, PTT, activated partial thromboplastin time | \
Activated partial thromboplastin time prolonged | | 10-500 | | 活化部分凝血活酶时间
lipase | U/L | serum lipase | Lipase increased | | 0-50000 | ukat/L | 脂肪酶
amylase | U/L | serum amylase | Serum amylase increased | | 0-50000 | ukat/L | 淀粉酶
creatine kinase | U/L | CK, CPK | CPK increased | | 0-1000000 | ukat/L | 肌酸激酶
troponin | ng/L | troponin I, troponin T, hs-troponin, TnI, TnT | Cardiac troponin I increased, Cardiac troponin T increased | | \
0-1000000 | ng/mL | 肌钙蛋白
glucose | mmol/L | blood glucose, fasting glucose, blood sugar | Hyperglycemia | 180.16 | 0.5-80 | mg/dL | 血糖, 葡萄糖
sodium | mmol/L | Na, natrium | | 22.99 | 85-215 | mg/dL | 钠
potassium | mmol/L | K, kalium | | 39.10 | 1-12 | mg/dL | 钾
calcium | mmol/L | Ca, serum calcium | | 40.08 | 0.5-6 | mg/dL | 钙
magnesium | mmol/L | Mg | | 24.305 | 0.1-8 | mg/dL | 镁
phosphate | mmol/L | phosphorus, PO4, inorganic phosphate | | 30.974 | 0.05-8 | mg/dL | 磷
C-reactive protein | mg/L | CRP | | | 0-1000 | mg/dL | C反应蛋白
TSH | mU/L | thyrotropin, thyroid stimulating hormone | | | 0-2000 | uIU/mL | 促甲状腺激素
free T4 | pmol/L | FT4, fT4, free thyroxine | | 776.87 | 0-200 | ng/dL | 游离甲状腺素
free T3 | pmol/L | FT3, fT3, free triiodothyronine | | 650.97 | 0-100 | pg/mL | 游离三碘甲状腺原氨酸
cortisol | nmol/L | serum cortisol | | 362.46 | 0-10000 | ug/dL | 皮质醇
CEA | ng/mL | carcinoembryonic antigen | | | 0-1000000 | | 癌胚抗原
protein in 24-hour urine | g | 24-hour urine protein, urine protein 24 h | Proteinuria | | 0-60 | mg | 24小时尿蛋白
systolic blood pressure | mmHg | systolic, SBP, systolic BP | Hypertension | | 30-350 | kPa | 收缩压
diastolic blood pressure | mmHg | diastolic, DBP, diastolic BP | Hypertension | | 10-250 | kPa | 舒张压
QTc | ms | QTcF, QTcB, corrected QT interval | Electrocardiogram QT corrected interval prolonged | | 200-1000 | s | 校正QT间期
left ventricular ejection fraction | % | LVEF, EF, ejection fraction | | | 3-90 | | 左室射血分数
heart rate | /min | pulse, HR | | | 15-350 | | 心率
weight | kg | body weight, bodyweight, BW | | | 0.3-650 | lb | 体重
height | cm | body height, stature | | | 20-275 | m | 身高
age | years | age in years | | | 0.01-125 | months | 年龄
body temperature | degC | temperature, temp | | | 20-46 | degF | 体温
ECOG | | ECOG performance status, performance status, ECOG PS | | | 0-5 | |
"""


def _read(line: str) -> LaboratoryTest:
    name, unit, synonyms, terms, mass, possible, units, ours = (part.strip() for part in line.split("|"))
    low, _, high = possible.partition("-")
    least, _, greatest = _UPPER_LIMITS.get(name, "").partition(" ")
    limits = {key: _numbers(numbers) for each in _LIMITS.get(name, ()) for key, numbers in [each.split(":")]}
    return LaboratoryTest(
        name,
        unit,
        _words(synonyms),
        _words(terms),
        molar_mass=Decimal(mass) if mass else None,
        possible=(Decimal(low), Decimal(high)),
        units=_words(units),
        ours=_words(ours),
        upper_limits=(Decimal(least), Decimal(greatest)) if least else None,
        ordinal=name in _ORDINAL,
        **limits,
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


TESTS: dict[str, LaboratoryTest] = {test.name: test for test in map(_read, _TABLE.strip().splitlines())}
"""All tests that are known here, by name."""

LABORATORY_TESTS = Vocabulary(
    text_of(said("a laboratory test")),
    tuple(TESTS),
    synonyms={name: test.name for test in TESTS.values() for name in test.synonyms},
    ours={name: test.name for test in TESTS.values() for name in test.ours},
)


def laboratory_named(text: str) -> LaboratoryTest | None:
    """The test that is called so, by its name here or by a listed other one, in any spelling."""
    name = LABORATORY_TESTS.named(text)
    return TESTS[name] if name is not None else None
