"""The terms of CTCAE v5.0 that are known here, by organ: names and grades as published, the few words about each our own.

Source: National Cancer Institute, Common Terminology Criteria for Adverse Events (CTCAE) version 5.0, 27 November 2017. These are
the terms that rules of dose are most often written on, not all 837; infections and bleedings stand in files of their own.
"""

from __future__ import annotations

from scheduler.ctcae.bleeding import BLEEDING, PERFORATION_OR_FISTULA
from scheduler.ctcae.infections import INFECTIONS
from scheduler.ctcae.term import Term, read_terms

_BLOOD = read_terms("""
Anemia | 1-5 | anaemia, haemoglobin low | too little haemoglobin
Febrile neutropenia | 3-5 | neutropenic fever | fever with fewer than 1.0 G/L neutrophils
Hemolysis | 1-5 | haemolysis | red cells break down
Thrombotic thrombocytopenic purpura | 3-5 | TTP | clots in small vessels, with few platelets
Neutrophil count decreased | 1-4 | neutropenia | too few neutrophils
Platelet count decreased | 1-4 | thrombocytopenia, thrombopenia | too few platelets
Lymphocyte count decreased | 1-4 | lymphopenia | too few lymphocytes
White blood cell decreased | 1-4 | leukopenia, leucopenia | too few white cells
""")
_HEART_AND_VESSELS = read_terms("""
Acute coronary syndrome | 2-5 | | heart muscle without enough blood, suddenly
Atrial fibrillation | 1-5 | | irregular rhythm from the atria
Cardiac arrest | 4-5 | | the heart stops pumping
Chest pain - cardiac | 1-3 | angina pectoris, cardiac ischaemia, cardiac ischemia | pain from too little blood to the heart
Electrocardiogram QT corrected interval prolonged | 1-4 | QTc prolongation, QT prolonged | slow electrical recovery
Ejection fraction decreased | 2-4 | | the left ventricle empties less
Heart failure | 1-5 | cardiac failure | the heart pumps too little
Hypertension | 1-5 | high blood pressure | blood pressure too high
Hypotension | 1-5 | low blood pressure | blood pressure too low
Left ventricular systolic dysfunction | 3-5 | | the left ventricle pumps too little
Myocardial infarction | 2-5 | heart attack | part of the heart muscle dies
Myocarditis | 2-5 | immune-related myocarditis | the heart muscle is inflamed
Pericarditis | 1-5 | | the heart's sac is inflamed
Thromboembolic event | 1-5 | thrombosis, pulmonary embolism | a clot in a vessel
""")
_HORMONES_AND_METABOLISM = read_terms("""
Adrenal insufficiency | 1-5 | | too little cortisol
Hyperthyroidism | 1-5 | | too much thyroid hormone
Hypoparathyroidism | 1-5 | | too little parathyroid hormone
Hypophysitis | 1-5 | | the pituitary gland is inflamed
Hypopituitarism | 1-5 | | too little of the pituitary's hormones
Hypothyroidism | 1-5 | | too little thyroid hormone
Glucose intolerance | 1-5 | diabetes | sugar is not used up
Hyperglycemia | 1-5 | hyperglycaemia | too much sugar in the blood
Hypoglycemia | 1-5 | hypoglycaemia | too little sugar in the blood
Hyponatremia | 1-5 | hyponatraemia | too little sodium
Hypokalemia | 1-5 | hypokalaemia | too little potassium
Hyperkalemia | 1-5 | hyperkalaemia | too much potassium
Hypocalcemia | 1-5 | hypocalcaemia | too little calcium
Hypophosphatemia | 1-4 | hypophosphataemia | too little phosphate
Anorexia | 1-5 | decreased appetite, loss of appetite | no appetite
Dehydration | 1-5 | | too little water in the body
Tumor lysis syndrome | 3-5 | tumour lysis syndrome | cells of the tumour break down at once
Weight loss | 1-3 | | lighter than before
""")
_DIGESTION = read_terms("""
Abdominal pain | 1-3 | | pain in the belly
Ascites | 1-5 | | fluid in the belly
Colitis | 1-5 | immune-related colitis | the colon is inflamed
Constipation | 1-5 | | hard or rare stools
Diarrhea | 1-5 | diarrhoea | more or looser stools than before
Enterocolitis | 1-5 | | small and large bowel are inflamed
Gastritis | 1-5 | | the stomach is inflamed
Ileus | 1-5 | | the bowel does not move
Mucositis oral | 1-5 | stomatitis, oral mucositis | sores in the mouth
Nausea | 1-3 | | feeling sick
Pancreatitis | 2-5 | | the pancreas is inflamed
Vomiting | 1-5 | | being sick
""")
_LIVER = read_terms("""
Alanine aminotransferase increased | 1-4 | ALT increased, SGPT increased | too much ALT
Aspartate aminotransferase increased | 1-4 | AST increased, SGOT increased | too much AST
Alkaline phosphatase increased | 1-4 | ALP increased | too much alkaline phosphatase
Blood bilirubin increased | 1-4 | bilirubin increased, hyperbilirubinaemia, hyperbilirubinemia | too much bilirubin
GGT increased | 1-4 | gamma-GT increased | too much GGT
Hepatic failure | 3-5 | liver failure, drug-induced liver injury | the liver fails
""")
_PANCREAS_AND_MUSCLE_TESTS = read_terms("""
Lipase increased | 1-4 | | too much lipase
Serum amylase increased | 1-4 | amylase increased | too much amylase
CPK increased | 1-4 | creatine kinase increased, CK increased | too much creatine kinase
Cardiac troponin I increased | 1-3 | troponin increased | damage to the heart muscle in the blood
Cardiac troponin T increased | 1-3 | | damage to the heart muscle in the blood
""")
_KIDNEY = read_terms("""
Acute kidney injury | 3-5 | nephritis, acute renal failure, immune-related nephritis | the kidneys fail suddenly
Chronic kidney disease | 1-5 | | the kidneys fail slowly
Creatinine increased | 1-4 | blood creatinine increased | too much creatinine
Nephrotic syndrome | 3-5 | | much protein is lost with the urine
Proteinuria | 1-3 | | protein in the urine
""")
_IMMUNE = read_terms("""
Allergic reaction | 1-5 | hypersensitivity | a reaction to something foreign
Anaphylaxis | 3-5 | anaphylactic reaction | a sudden reaction of the whole body
Autoimmune disorder | 1-5 | | the body attacks its own tissue
Cytokine release syndrome | 1-5 | CRS | fever and worse from released cytokines
Infusion related reaction | 1-5 | infusion reaction, IRR | a reaction to an infusion
""")
_NERVES = read_terms("""
Encephalopathy | 1-5 | | the brain works badly
Guillain-Barre syndrome | 1-5 | | nerves are attacked, weakness climbs
Headache | 1-3 | |
Meningismus | 1-5 | | signs of irritated meninges
Muscle weakness lower limb | 1-3 | |
Myasthenia gravis | 1-5 | | muscles tire, nerves and muscles do not connect
Myelitis | 1-5 | | the spinal cord is inflamed
Paresthesia | 1-3 | paraesthesia | tingling
Peripheral motor neuropathy | 1-5 | | weak muscles from damaged nerves
Peripheral sensory neuropathy | 1-4 | peripheral neuropathy | numbness from damaged nerves
Reversible posterior leukoencephalopathy syndrome | 2-5 | RPLS, PRES | headache, fits and blindness from a swollen brain
Seizure | 1-5 | fit, convulsion |
Stroke | 1-5 | |
Syncope | 3-3 | |
""")
_LUNGS = read_terms("""
Dyspnea | 1-5 | dyspnoea, shortness of breath | hard breathing
Cough | 1-3 | |
Dysphonia | 1-3 | hoarseness, voice alteration | a hoarse voice
Hypoxia | 2-5 | | too little oxygen in the blood
Pleural effusion | 1-5 | |
Pneumonitis | 1-5 | interstitial lung disease, immune-related pneumonitis, radiation pneumonitis | the lungs are inflamed
Pulmonary fibrosis | 1-5 | |
""")
_SKIN = read_terms("""
Alopecia | 1-2 | hair loss |
Bullous dermatitis | 1-5 | | blisters
Dermatitis radiation | 1-5 | radiation dermatitis, radiodermatitis | the skin where it was irradiated
Eczema | 1-3 | |
Erythroderma | 2-5 | | red skin nearly everywhere
Dry skin | 1-3 | |
Erythema multiforme | 1-5 | |
Palmar-plantar erythrodysesthesia syndrome | 1-3 | hand-foot skin reaction, hand-foot syndrome, HFSR, PPE | sore palms and soles
Pruritus | 1-3 | itching |
Rash acneiform | 1-5 | |
Rash maculo-papular | 1-3 | rash, maculopapular rash | flat and raised red spots
Stevens-Johnson syndrome | 3-5 | SJS | under 10 % of the skin comes off
Toxic epidermal necrolysis | 4-5 | TEN | over 30 % of the skin comes off
Urticaria | 1-3 | hives |
Wound dehiscence | 1-5 | | a wound opens again
Wound complication | 1-5 | | a wound does not heal
""")
_JOINTS_AND_MUSCLES = read_terms("""
Arthralgia | 1-3 | joint pain |
Arthritis | 1-3 | |
Myalgia | 1-3 | muscle pain |
Myositis | 1-5 | | muscles are inflamed
Rhabdomyolysis | 1-5 | | muscles break down
""")
_EYES_AND_GENERAL = read_terms("""
Uveitis | 1-4 | | the eye is inflamed inside
Blurred vision | 1-4 | |
Fatigue | 1-3 | tiredness, asthenia |
Fever | 1-5 | pyrexia |
Edema limbs | 1-3 | oedema limbs |
Malaise | 1-3 | |
Pain | 1-3 | |
Multi-organ failure | 3-5 | |
""")

CLASSES: dict[str, dict[str, Term]] = {
    "any infection": INFECTIONS,
    "any haemorrhage": BLEEDING,
    "any perforation or fistula": PERFORATION_OR_FISTULA,
}
"""Groups of terms that a table may be on, by what the group is called."""

TERMS: dict[str, Term] = (
    _BLOOD
    | _HEART_AND_VESSELS
    | _HORMONES_AND_METABOLISM
    | _DIGESTION
    | _LIVER
    | _PANCREAS_AND_MUSCLE_TESTS
    | _KIDNEY
    | _IMMUNE
    | _NERVES
    | _LUNGS
    | _SKIN
    | _JOINTS_AND_MUSCLES
    | _EYES_AND_GENERAL
    | {name: term for group in CLASSES.values() for name, term in group.items()}
)
"""All terms that are known here, by name."""

_BY_ANY_NAME = {spelling.casefold(): term for term in TERMS.values() for spelling in (*term.synonyms, term.name)}


def term_named(text: str) -> Term | None:
    """The term that is called so, by its own name or by another that people use, in large or small letters."""
    return _BY_ANY_NAME.get(" ".join(text.split()).casefold())


def terms_of(text: str) -> tuple[str, ...] | None:
    """The names of the terms that are meant: of a group, or the one of that name; None where nobody knows it."""
    group = CLASSES.get(text.casefold())
    if group is not None:
        return tuple(group)
    term = term_named(text)
    return (term.name,) if term is not None else None
