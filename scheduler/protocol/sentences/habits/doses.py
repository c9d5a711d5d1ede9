"""How people write doses, levels, products and what a dose is worked out with: 85mg/m² IV, BID po D1-D14, 120/80/40 mg."""

from __future__ import annotations

import re
from decimal import Decimal

from scheduler.protocol.plan.times.frequency import DOSES_A_DAY
from scheduler.protocol.sentences.habits.everywhere import LISTS_AND_CYCLES, POWERS_OF_TEN, WITH_COMMA, numbers_meant
from scheduler.protocol.sentences.habits.habit import advised, exactly, meant


def _ordered_levels(match: re.Match[str]) -> tuple[str, ...]:
    """ "120 mg, 80 mg": the unit stands once, at the end."""
    listed = re.sub(r"\b(?:and\s+)?then\b", "", match[1], flags=re.IGNORECASE)
    written = re.sub(r"\b(?:omit(?:ted)?|none|nothing|left\s+out)\b", "0", listed, flags=re.IGNORECASE)
    units = dict.fromkeys(re.findall(r"[^\W\d_]+(?:/m2|/kg)?", written))
    amounts = ", ".join(re.findall(r"[0-9]+(?:\.[0-9]+)?", written.replace("/m2", "")))
    if len(units) != 1:
        return ()
    unit = next(iter(units))
    return (f"AUC {amounts}" if unit.upper() == "AUC" else f"{amounts} {unit}",)


def _times_meant(match: re.Match[str]) -> tuple[str, ...]:
    often = {"1": "once daily", "2": "twice daily", "3": "three times daily", "4": "four times daily"}.get(match[1])
    return (often,) if often else ()


def _hourly_meant(match: re.Match[str]) -> tuple[str, ...]:
    hours = match[1] or match[2]
    often = {"24": "once daily", "12": "twice daily"}.get(hours, f"every {hours} hours")
    return (often,) if often in DOSES_A_DAY else ()


def _centigrays(match: re.Match[str]) -> tuple[str, ...]:
    return (f"{(Decimal(match[1]) / 100).normalize():f} Gy",)


def _without_d(listed: str) -> str:
    return re.sub(r"\s*,\s*d?", ", ", listed, flags=re.IGNORECASE)


_TIMES = ("minute ", "minutes ", "hour ", "hours ")
_NO_TIME = "".join(f"(?<!{unit})" for unit in _TIMES)
_NO_TIME_FOR = "".join(f"(?<!{unit}{word} )" for unit in _TIMES for word in ("for", "from"))
"""What is not said behind a time, because "over 60 minutes for dose 1, over 30 minutes from dose 2" is a sentence."""

TABLETS_AS_DOSES = (
    advised(
        r"(?<![\w.])(one|two|three|four|half\s+an?|[0-9.½/]+)\s*(tablet|capsule|pill|vial|syringe|sachet|patch|drop|puff)(?:e?s)?\b",
        "an amount such as 200 mg in place of '{0} {1}'; what a {1} holds stands under 'products'",
    ),
)
"""A number of tablets for an amount: only where a dose is said, because a product or a pack is said so."""
_THE = r"\s+(?:for|in|at)\s+the\s+"
_DOSE = r"(?:\s+(?:dose|infusion|cycle))?\s*,?\s*(?:and\s+)?(?:then\s+)?(?:over\s+)?"
_FROM_THEN_ON = (
    r"(?:thereafter|afterwards|(?:for|in)\s+(?:all\s+)?(?:the\s+)?"
    r"(?:subsequent|later|following)(?:\s+(?:doses|infusions|cycles))?)"
)
IN_DOSES = (
    meant(
        rf"\bover\s+([0-9]+)\s+minutes{_THE}first{_DOSE}([0-9]+)\s+minutes{_THE}second{_DOSE}([0-9]+)\s+minutes\s+{_FROM_THEN_ON}",
        "over {0} minutes for dose 1, over {1} minutes for dose 2, over {2} minutes from dose 3",
    ),
    meant(
        rf"\bover\s+([0-9]+)\s+minutes{_THE}first{_DOSE}([0-9]+)\s+minutes\s+{_FROM_THEN_ON}",
        "over {0} minutes for dose 1, over {1} minutes from dose 2",
    ),
    meant(r"(?<!every day )\bfrom\s+day\s+([0-9]+)(?:\s+on(?:wards?)?)?(?=\s*(?:$|\())", "every day from day {0}"),
    exactly(WITH_COMMA, numbers_meant),
    exactly(r"(?<![0-9,.])[0-9]{1,3}\.[0-9]{2}0(?![0-9])", numbers_meant),
    meant(r"(?<![0-9.])\.([0-9]+)", "0.{0}"),
    meant(r"([0-9]+)\s*-?\s*(?:h|hr|hrs|hours?)\b(?<! hour)(?<! hours)", "{0} hours"),
    meant(r"([0-9]+)\s*-?\s*(?:min|mins|minutes?)\b(?<! minute)(?<! minutes)", "{0} minutes"),
    exactly(r"([0-9]+)(mg|mcg|µg|g|mL|Gy|IU|MBq|GBq|kBq|mmol)(?=\b|/)", "{0} {1}"),
    meant(
        r"(?:\b(?:on|from|for)\s+)?\bd(?:ays?)?\s*([0-9]+)\s*(?:-|~|to|through|until)\s*(?:d(?:ays?)?\s*)?([0-9]+)\b",
        "on days {0}-{1}",
    ),
    meant(
        r"(?:\bon\s+)?\bd([0-9]+)((?:\s*,\s*d?[0-9]+)*)",
        lambda match: (f"on day{'s' if match[2] else ''} {match[1]}{_without_d(match[2])}",),
    ),
    meant(r"(?<!on )(?<!until )\b(days?\s+[0-9])", "on {0}"),
    meant(r"\b([0-9]+),?\s+(?:and|&)\s+d?([0-9]+)\b", "{0}, {1}"),
    meant(r"\b(?:doses|dose)\s+([0-9]+)\s*(?:\+|onwards?)", "doses {0} and later"),
    meant(r"\b(?:cycles|cycle)\s+([0-9]+)\s*(?:\+|onwards?)", "cycles {0} and later"),
    meant(
        rf"{_NO_TIME}\b(?:from|starting\s+with)\s+(cycle|dose)s?\s+([0-9]+)\s*(?:on(?:wards?)?|\+)?(?=\s*(?:$|\())",
        "of {0}s {1} and later",
    ),
    meant(r"\bin\s+(?=(?:cycle|dose)s?\s+[0-9])", "of "),
    meant(rf"(?<!of ){_NO_TIME_FOR}\b((?:cycle|dose)s?\s+[0-9])", "of {0}"),
    meant(r"\bday\s+([0-9]+)\s+(evening|morning)\b", "from the evening of day 1 to the morning of day 15"),
    *LISTS_AND_CYCLES,
    meant(r"\bfor\s+([0-9]+)\s+days\b", "on days 1-{0}"),
    meant(r"\b([0-9]+)\s*AUC\b|\bAUC\s*(?:=|of)?\s*([0-9]+)", lambda match: (f"AUC {match[1] or match[2]}",)),
    *(
        meant(
            rf"\b(?:{number})\s*(?:x|times)?\s*(?:/\s*w(?:ee)?k|weekly|(?:a|per|each|every)\s+week)(?!\w)(?<!{often})",
            often,
        )
        for number, often in (
            (r"2|two|twice", "twice weekly"),
            (r"3|three|thrice", "three times a week"),
            (r"4|four", "four times a week"),
            (r"5|five", "five times a week"),
        )
    ),
    exactly(r"(?<!\w)(?:BIW|biw|b\.i\.w\.)(?!\w)", "twice weekly"),
    exactly(r"(?<!\w)(?:TIW|tiw|t\.i\.w\.)(?!\w)", "three times a week"),
    advised(
        r"\bon\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?s?\b[^(]*",
        "the days of a week that begins with the first dose: on days 1, 4 of each week until day 28",
    ),
    advised(
        r"(?<!twice )(?<!each )\b(?:weekly|every\s+week)\b",
        "how often under 'when': 7 days after the previous dose",
    ),
    advised(
        r"\b(?:every\s+([0-9]+)\s+days|q([0-9]+)d)\b",
        "how often under 'when': {0}{1} days after the previous dose",
    ),
    advised(
        r"\b(?:every\s+([0-9]+)\s+weeks|q([0-9]+)w)\b",
        "how often under 'when': {0}{1} weeks after the previous dose",
    ),
    meant(r"\b(?:q\.?\s*([0-9]+)\s*h(?:ours|rs?)?|every\s+([0-9]+)\s*-?\s*(?:hours|hrs?|h))\b", _hourly_meant),
    meant(r"\b([1-4])\s*(?:x|times)\s*(?:daily|/\s*day|a\s+day|per\s+day)\b", _times_meant),
    meant(
        r"\b(?:q\.?d\.?|o\.?d\.?|once\s+(?:a|per)\s+day|once\s+every\s+day|per\s+day|/\s*day)(?!\w)",
        "once daily",
    ),
    meant(r"\b(?:b\.?i\.?d\.?|twice\s+(?:a|per|every)\s+day)(?!\w)", "twice daily"),
    meant(r"\b(?:t\.?i\.?d\.?|three\s+times\s+(?:a|per|every)\s+day|thrice\s+daily)(?!\w)", "three times daily"),
    meant(
        r"\b(?:q\.?i\.?d\.?|four\s+times\s+(?:a|per|every)\s+day)(?!\w)",
        "four times daily",
    ),
    meant(r"\b(?:q\.?o\.?d\.?|every\s+second\s+day|alternate\s+days)(?!\w)", "every other day"),
    advised(
        r"\b(?:in|into|to)\s+(?:both|each)\s+(?:eye|ear)s?\b",
        "one line for each: two names under 'give', such as drug-left and drug-right, each: 1 drop ... into the eye",
    ),
    meant(
        r"\b(?:topical(?:ly)?|transdermal(?:ly)?|cutaneous(?:ly)?|to\s+the\s+skin|dermal(?:ly)?)(?!\w)", "on the skin"
    ),
    meant(r"\b(?:intranasal(?:ly)?|nasal|into\s+(?:the\s+|each\s+)?(?:nose|nostrils?))(?!\w)", "nasally"),
    exactly(r"(?<![\w-])IN(?!\w)", "nasally"),
    meant(r"\b(?:ophthalmic(?:ally)?|ocular|in(?:to)?\s+(?:the\s+)?(?:affected\s+)?eyes?)(?!\w)", "into the eye"),
    meant(r"\b(?:otic|in(?:to)?\s+(?:the\s+)?(?:affected\s+)?ears?)(?!\w)", "into the ear"),
    meant(r"\b(?:inhaled|via\s+inhaler|per\s+inhalation|inhalation)(?!\w)", "by inhalation"),
    meant(r"\b(?:sublingual(?:ly)?|s\.?l\.?)(?!\w)", "under the tongue"),
    meant(r"\b(?:per\s+rectum|rectal|as\s+a\s+suppository|p\.?r\.?)(?!\w)", "rectally"),
    meant(r"\b(?:per\s+vaginam|vaginal|p\.?v\.?)(?!\w)", "vaginally"),
    meant(r"\b(?:p\.?o\.?|orally|per\s+os|oral)(?!\w)", "by mouth"),
    meant(r"\b(?:q72h|every\s+72\s+hours|every\s+third\s+day|q3d)\b", "every 3 days"),
    meant(
        r"\b(?:as\s+an?\s+|by\s+)?(?:i\.?v\.?|intravenous)(?:\s+(?:infusion|bolus|drip))?(?!\w)|\b(?:by\s+)?infusion\b|\bintravenously\s+infused\b",
        "intravenously",
    ),
    meant(r"\b(?:by\s+)?(?:s\.?c\.?|sub-?cut|subcutaneous)(?:\s+injection)?(?!\w)", "subcutaneously"),
    meant(r"\b(?:by\s+)?(?:i\.?m\.?|intramuscular)(?:\s+injection)?(?!\w)", "intramuscularly"),
    meant(
        r"\b(?:by\s+)?(?:intrathecal|into\s+the\s+spin(?:al\s+canal|e)|by\s+lumbar\s+puncture)(?:\s+injection)?(?!\w)",
        "intrathecally",
    ),
    exactly(r"(?<![\w-])(?:IT|i\.t\.)(?!\w)", "intrathecally"),
    exactly(r"(?<![\w-])(?:ID|i\.d\.)(?!\w)", "intradermally"),
    exactly(r"(?<![\w-])(?:IP|i\.p\.)(?!\w)", "intraperitoneally"),
    meant(r"\b(?:by\s+)?(intraderm|intravitre|intraperitone|intravesic)al(?:\s+injection)?(?!\w)", "{0}ally"),
    meant(r"\b(?:by\s+)?(?:intravesicular(?:ly)?|into\s+the\s+bladder)(?!\w)", "intravesically"),
    meant(
        r"\b(?:by\s+)?(?:intra-?articular|intraarticularly|into\s+the\s+joint)(?:\s+injection)?(?!\w)",
        "intra-articularly",
    ),
    meant(r"\bm(?:\^2|\*\*2)|(?<=/)(?:sqm|sq\.?\s*m)\b", "m2"),
    meant(r"\b(mg|mcg|g|IU|U|MBq)/sq\.?\s*m\b", "{0}/m2"),
    meant(r"(?<=[a-z])\s*(?:/|\bper\b)\s*(m2|kg)\b(?<!\w/m2)(?<!\w/kg)", "/{0}"),
    *(exactly(rf"(?<=[0-9])\s*{sign}", f" {unit}") for sign, unit in (("㎎", "mg"), ("㎍", "mcg"), ("㎖", "mL"))),
    meant(r"㎎", "mg"),
    meant(r"㎡", "m2"),
    meant(r"㎏", "kg"),
    meant(r"(?<=/)kg\s*(?:bw|bodyweight|body\s+weight)\b", "kg"),
    meant(r"\bug\b|\bmicrograms?\b", "mcg"),
    meant(r"\bmgs\b|\bmilligrams?\b", "mg"),
    meant(r"\bgrams?\b", "g"),
    meant(r"\b(mg|mcg)(?=/|\b)", lambda match: (match[1].lower(),)),
    meant(r"\bml\b", "mL"),
    meant(r"\bgrays?\b|\bgy\b", "Gy"),
    meant(r"\bunits?\b", "U"),
    meant(r"([0-9.]+)\s*cGy\b", _centigrays),
    meant(r"\bGy\s*(?:/|\bper\s+|\ba\s+)\s*(?:fraction|fx|session)\b", "Gy"),
    advised(r"(?<=Gy )x\s*([0-9]+)\b", "how many under 'until': {0} fractions"),
    meant(r"\s*\b(?:flat|fixed)(?:\s+dose)?\b", ""),
    meant(r"\binfused\b", "intravenously"),
    *POWERS_OF_TEN,
    advised(
        r",?\s*\b(?:then|followed\s+by)\b.*\boff\b|,?\s*[0-9]+\s+(?:days|weeks)\s+off\b",
        "only the days with doses; how long a cycle is stands under 'when'",
    ),
    advised(r"\bcontinuous(?:ly)?\b(?! infusion)", "the days of the cycle: on days 1-28"),
)


def _per_ml(match: re.Match[str]) -> tuple[str, ...]:
    """ "200 mg/5 mL" is 40 mg in each mL."""
    return (f"{(Decimal(match[1]) / Decimal(match[3])).normalize():f} {match[2]}/mL",)


IN_PRODUCTS = (
    meant(r"([0-9.]+)\s*(mg|mcg|g)\s*(?:/|per|in)\s*([0-9.]+)\s*mL\b", _per_ml),
    meant(r"([0-9.]+)\s*(mg|mcg|g)\s*(?:/|per)\s*mL\b", "{0} {1}/mL"),
    meant(r"\bscored\s+tablets?\b", "tablet, scored"),
    meant(r",?\s*\b(?:with\s+(?:a\s+)?score(?:\s+line)?|divisible|can\s+be\s+halved|half(?:-|\s)able)\b", ", scored"),
    meant(r"\b(?:oral\s+liquid|liquid|oral\s+drops)\b", "oral solution"),
    meant(r"\btransdermal\s+(?:patch|system)\b|\bplaster\b", "patch"),
    meant(r"\b(?:tabs?|pills?|film-coated\s+tablet)\b", "tablet"),
    meant(r"\b(?:caps?|softgels?|gelcaps?)\b", "capsule"),
    meant(
        r",?\s*\b(?:(?:to\s+the\s+)?nearest|measured\s+in|in\s+steps\s+of)\s+([0-9.]+)\s*mL\b", ", measured to {0} mL"
    ),
    meant(r"^\s*(tablet|vial|capsule|syringe)s?\s+(?:of\s+)?([0-9.]+)\s*([a-z]+)", "{1} {2} {0}"),
    meant(r"(?<=[a-z] )(?:film-coated|coated|hard|soft|prefilled|pre-filled|single-dose)\s+(?=\w)", ""),
    meant(r"^\s*([1-9][0-9.]*\s+(?:mg|g|mcg))\s*(?=$|\()", "{0} tablet", "{0} vial"),
    meant(r"\btablets\b", "tablet"),
    meant(r"\b(vial|capsule|syringe|sachet|patche?|ampoule)s\b", "{0}"),
    meant(r"\b(bottle|box|blister|pack|carton)\s+(?:with|containing|à)\s+", "{0} of "),
    meant(r"(?<=of )([0-9]+)\s+(?:tablet|capsule|vial|unit|pill)s?\b", "{0}"),
)
IN_LEVELS = (
    meant(
        r",?\s*\b(?:starting|start|begin(?:ning)?)\s+(?:dose\s+)?(?:at\s+|from\s+)?(?:dose\s+)?level\s+(-[0-9])",
        ", start at level {0}",
    ),
    meant(
        r",?\s*\b(?:increase[ds]?|raised?|escalate[ds]?|step\s+up)\s+(?:by\s+)?(?:one|1)\s+(?:dose\s+)?level\s+(?:weekly|every\s+week)",
        ", up 1 level every 1 week",
    ),
    meant(
        r",?\s*\b(?:no|without|(?:dose\s+)?(?=re-?escalation\s+is\s+not))\s*(?:dose\s+)?re-?escalation(?:\s+is)?(?:\s+not\s+(?:allowed|permitted))?",
        ", a lower level is kept",
    ),
    meant(r"\s+(?:p\.?o\.?|by\s+mouth|orally|i\.?v\.?|intravenously|once\s+daily|qd)\s*(?=$|\()", ""),
    meant(r"^([0-9., a-z>→/2=-]+?)(?=\s*(?:$|\())", _ordered_levels),
    meant(r"(?<=[0-9])\s*(?:/|>|→|->)\s*(?=[0-9])", ", "),
)
IN_CALCULATIONS = (
    *POWERS_OF_TEN,
    meant(r"\b(?:halves|half\s+(?:a\s+)?tablet|the\s+nearest\s+half\s+tablet|0\.5\s+tablets?)(?!\w)", "half tablets"),
    meant(r"^\s*(?:BSA|body\s+surface(?:\s+area)?)\s*(?:by|:)?\s*", ""),
    meant(r"^\s*at\s+most\s+([0-9.]+)\s*$", "at most {0} mL/min"),
    meant(r"\bdubois\b|\bDu-Bois\b", "Du Bois"),
    meant(r"(?:^|\b)(?:formula\s+of\s+)?(mosteller|du\s+bois)\s+formula\b", "{0}"),
    meant(
        r"^\s*(?:(?:creatinine\s+clearance|CrCl|CLcr|GFR)\s*:?\s*)?(?:(?:max(?:imum|\.)?|capped\s+at|at\s+most|up\s+to|cap|<=|≤)\s*)?([0-9.]+)\s*mL/min\b",
        "at most {0} mL/min",
    ),
    meant(
        r",?\s*\b(?:max(?:imum|\.)?(?:\s+of)?|capped\s+at|cap|up\s+to|≤)\s*([0-9.]+)\s*m(?:2|\^2)", ", at most {0} m2"
    ),
    meant(r"^\s*(?:max(?:imum|\.)?(?:\s+of)?|capped\s+at|at\s+most|up\s+to|≤)\s*", ""),
    meant(r"\s*(?:/\s*|\bper\s+|\beach\s+|\bin\s+one\s+)dose\b", " a dose"),
    meant(r"^\s*([1-9][0-9.e]*\s+(?!m2\b)\w+)\s*$", "{0} a dose"),
    meant(r"^\s*(?:(?:to\s+)?(?:the\s+)?nearest|to|steps\s+of|multiples\s+of)\s+", ""),
    meant(r"^\s*(?:actual|current|in\s+use)(?:\s+weight)?\b", "in force"),
    meant(r"\b(?:full|complete|entire)\s+(vial|tablet|capsule)s?\b", "whole {0}s"),
    meant(r"\bwhole\s+(vial|tablet|capsule)\b", "whole {0}s"),
    meant(r"±\s*([0-9.]+)\s*%", "within {0} %"),
    meant(r"(?<=[0-9])\s*mg\b", " mg"),
)
