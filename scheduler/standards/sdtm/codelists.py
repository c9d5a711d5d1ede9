"""Our words as terms of CDISC's controlled terminology; what has no term of its own stays as it is, or is left out."""

from __future__ import annotations

import re

from scheduler.protocol.plan.times.frequency import EVENING, EVERY_OTHER_DAY, MORNING

ROUTES = {
    "by mouth": "ORAL",
    "intravenously": "INTRAVENOUS",
    "subcutaneously": "SUBCUTANEOUS",
    "intramuscularly": "INTRAMUSCULAR",
    "intrathecally": "INTRATHECAL",
    "intradermally": "INTRADERMAL",
    "intravitreally": "INTRAVITREAL",
    "intra-articularly": "INTRA-ARTICULAR",
    "intraperitoneally": "INTRAPERITONEAL",
    "intravesically": "INTRAVESICAL",
    "on the skin": "CUTANEOUS",
    "under the tongue": "SUBLINGUAL",
    "by inhalation": "RESPIRATORY (INHALATION)",
    "nasally": "NASAL",
    "rectally": "RECTAL",
    "vaginally": "VAGINAL",
    "into the eye": "OPHTHALMIC",
    "into the ear": "AURICULAR (OTIC)",
}
"""C66729. "by continuous infusion" says no route."""

ROUTE_CODES = {
    "ORAL": "C38288", "INTRAVENOUS": "C38276", "SUBCUTANEOUS": "C38299", "INTRAMUSCULAR": "C28161", "INTRATHECAL": "C38267",
    "INTRADERMAL": "C38238", "INTRAVITREAL": "C38280", "INTRA-ARTICULAR": "C38223", "INTRAPERITONEAL": "C38258",
    "INTRAVESICAL": "C38278", "CUTANEOUS": "C38675", "SUBLINGUAL": "C38300", "RESPIRATORY (INHALATION)": "C38216",
    "NASAL": "C38284", "RECTAL": "C38295", "VAGINAL": "C38313", "OPHTHALMIC": "C38287", "AURICULAR (OTIC)": "C38192",
}  # fmt: skip

FREQUENCIES = {
    "once": "ONCE",
    "daily": "QD",
    "once daily": "QD",
    "twice daily": "BID",
    "three times daily": "TID",
    "four times daily": "QID",
    MORNING: "QAM",
    EVENING: "QPM",
    "every 4 hours": "Q4H",
    "every 6 hours": "Q6H",
    "every 8 hours": "Q8H",
    EVERY_OTHER_DAY: "QOD",
}
"""C71113."""

FREQUENCY_CODES = {
    "ONCE": "C64576", "QD": "C25473", "BID": "C64496", "TID": "C64527", "QID": "C64530", "QAM": "C64595", "QPM": "C64596",
    "Q4H": "C64518", "Q6H": "C64520", "Q8H": "C64523", "QOD": "C64525", "PRN": "C64499",
}  # fmt: skip

UNITS = {
    "mcg": "ug",
    "drop": "DROP",
    "puff": "PUFF",
    "spray": "SPRAY",
    "patch": "PATCH",
    "sachet": "SACHET",
    "tablet": "TABLET",
    "capsule": "CAPSULE",
    "vial": "VIAL",
    "ampoule": "AMPULE",
    "bottle": "BOTTLE",
}
"""C71620; what is not here, such as mg, mL and Gy, is the same in both."""

FORMS = {
    "tablet": "TABLET",
    "capsule": "CAPSULE",
    "lozenge": "LOZENGE",
    "solution": "SOLUTION",
    "oral solution": "SOLUTION",
    "suspension": "SUSPENSION",
    "oral suspension": "SUSPENSION",
    "syrup": "SYRUP",
    "patch": "PATCH",
    "spray": "SPRAY",
    "suppository": "SUPPOSITORY",
}
"""C66726. What a dose is drawn from, a vial or a bag, is no dosage form."""

END_REASONS = {"progression": "PROGRESSIVE DISEASE"}
"""NCOMPLT (C66727): the others are our words in capital letters."""

RESPONSES = {
    "non-CR/non-PD": "NON-CR/NON-PD",
    "non-iCR/non-iUPD": "NON-iCR/NON-iUPD",
}
"""ONCRSR (C96785): the others are the same in both."""

CRITERIA = {"iRECIST": "iRECIST"}
"""ONCRSCAT (C124298): the others are our words in capital letters."""

RACES = frozenset(
    {
        "AMERICAN INDIAN OR ALASKA NATIVE",
        "ASIAN",
        "BLACK OR AFRICAN AMERICAN",
        "NATIVE HAWAIIAN OR OTHER PACIFIC ISLANDER",
        "WHITE",
        "MULTIPLE",
        "OTHER",
        "UNKNOWN",
        "NOT REPORTED",
    }
)
"""C74457, with what SDTM says where there are several, or none that is known."""

SEXES = {"female": "F", "f": "F", "male": "M", "m": "M"}
"""C66731."""

ACTIONS = {
    "held": "DRUG INTERRUPTED",
    "discontinued": "DRUG WITHDRAWN",
    "end of treatment": "DRUG WITHDRAWN",
}
"""ACN (C66767), by what was ordered because of an adverse event; a lower level is DOSE REDUCED, a higher one DOSE INCREASED."""

SHARED_EPOCHS = frozenset(
    {
        "SCREENING",
        "BASELINE",
        "RUN-IN",
        "WASHOUT",
        "FOLLOW-UP",
        "LONG-TERM FOLLOW-UP",
        "SAFETY FOLLOW-UP",
        "SURVIVAL FOLLOW-UP",
        "OBSERVATION",
    }
)
"""Terms of EPOCH (C99079) in which no arm has an element of its own."""


def code_of(words: str, longest: int) -> str:
    """A code of capital letters and digits, such as an element's: at most so many characters."""
    return re.sub(r"[^A-Z0-9]+", "", words.upper())[:longest]
