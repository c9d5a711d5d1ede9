"""What no sentence in its place can say: where it goes instead, or who decides it."""

from __future__ import annotations

import re
from collections.abc import Iterable

Advice = tuple[str, str]
"""How the sentence looks, and what to write where; {0} and so on are the groups."""

_BY_A_PERSON = (
    "a person judges that and records it as the end of treatment; here stand only what ends it by itself, "
    "such as progression"
)
TIMINGS: tuple[Advice, ...] = (
    (
        r"^\s*(?:continuous(?:ly)?|(?:once\s+)?daily|every\s+day)(?:\s+(?:continuous(?:ly)?|dosing|until\s+progression))*\s*(?:\(|$)",
        "what is taken every day says from when until when: from first dose until progression; and under 'give' how often a "
        "day, and every day: 5 mg once daily by mouth every day",
    ),
    (
        r"^\s*(?:at|on|in|with|during)?\s*(?:every|each|all)\s+(?:study\s+)?visits?\s*(?:\(|$)",
        "a visit says when it is itself; what is done at all of them stands under 'activities': [every visit]",
    ),
    (
        r"^\s*(?:in|during|within)\s+(?:each|every|all)\s+(?:[\w-]+\s+)?cycles?\s*(?:\(|$)",
        "write on which day of it: on every drug day 1, or: on every drug day 8 ±1 days; a drug of cycles with a name of "
        "their own is given in every cycle on day 1",
    ),
    (
        r"\b(?:the\s+)?(?:last|final)\s+([\w-]+)\s+cycle\b",
        "which cycle is the last is known by its last dose: on the last {0} dose, or: 30 days after the last {0} dose; where it "
        "is planned by number: on {0} cycle 4 day 1",
    ),
    (
        r"^\s*(?:(?:once|twice|three\s+times|four\s+times)\s+daily\b|(?:once\s+)?(?:at\s+bedtime|every\s+(?:evening|morning)"
        r"|nightly)\b|every\s+[0-9]+\s+hours\b(?!\s+(?:after|from|before))|(?:BID|TID|QID|q[0-9]+h)\b)",
        "how often a day stands under 'give': 5 mg once in the evening by mouth on days 1-28; here stands when a cycle begins: "
        "{{1: on first dose, then: 28 days after the previous cycle}}",
    ),
    (
        r"\b(?:the\s+)?([0-9]+)-(day|week|month)\s+(?:follow-?up|visit|assessment)\b",
        "write what it counts from, and how long after: {0} {1}s after first dose; or name a visit as it is called "
        "under 'visits'",
    ),
    (
        r"\b(?:twice|two\s+times|2\s*x)\s+(?:weekly|a\s+week|per\s+week)\b.*?\b([0-9]+)\s*-?\s*(?:h|hrs?|hours?)\b",
        "write the days of its cycle, and how long each dose waits: on days 1, 4, 8, 11 of drug cycles 1-6, not before {0} "
        "hours after the previous dose",
    ),
    (
        r"\b(?:twice|two\s+times|2\s*x)\s+(?:weekly|a\s+week|per\s+week)\b",
        "write the days of its cycle: on days 1, 4, 8, 11 of drug cycles 1-6; or make a week its cycle: 7 days after the "
        "previous cycle, and under 'give': ... twice weekly ... on days 1, 4",
    ),
    (
        r"\b(?:three|3)\s+times\s+(?:weekly|a\s+week|per\s+week)\b",
        "write the days of its cycle: on days 1, 3, 5, 8, 10, 12 of drug cycles 1-6; or make a week its cycle: 7 days after "
        "the previous cycle, and under 'give': ... three times a week ... on days 1, 3, 5",
    ),
    (
        r"^\s*(?:once\s+)?(?:weekly|every\s+week|each\s+week)\s+(?:in|during|for|of)\s+(?:the\s+)?(?:(?:first\s+)?cycle(?:\s+([0-9]+))?)\b",
        "write the days of that cycle: on days 8, 15, 22 of drug cycle 1",
    ),
    (
        r"^\s*(?:once\s+)?weekly\s+(?:for|during)\s+(?:the\s+)?(?:first\s+)?([0-9]+)\s+cycles",
        "write the days of these cycles: on days 1, 8, 15, 22 of drug cycles 1-{0}",
    ),
    (
        r"\b([0-9]+)\s+weekly\s+\w+s\b",
        "write under 'when': {{1: on first dose, then: 1 week after the previous dose}}, and under 'until': {0} doses",
    ),
    (
        r"\b(?:days?|weeks?)\s+on\b.*\b(?:days?|weeks?)\s+off\b|\brest\b",
        "write under 'when' how long a cycle is with its rest: {{1: on first dose, then: 28 days after the "
        "previous cycle}}, and under 'give' the days with doses: on days 1-21",
    ),
    (
        r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b",
        "count from a date; on which weekdays a place is open stands in the site's file, and 'if closed' says "
        "which way to move",
    ),
    (
        r"\bhours?\b|\bh\b",
        "hours count from a dose, with their window: 24 hours ±2 hours after drug dose 1, or: within 24 hours after "
        "every drug dose; time points of one day stand under 'sheets'",
    ),
    (
        r"\bpre-?dose\b",
        "write on drug dose 1; what is done before or after the dose, with its time, stands under 'sheets'",
    ),
    (
        r"^\s*(?:the\s+)?end\s+of\s+infusion\b",
        "write on drug dose 1; what is done at its end, with its time, stands under 'sheets'",
    ),
    (r"±\s*[0-9]+\s+working\s+days?", "a window is counted in days: ±7 for a week; closed days are left out by 'open'"),
    (
        r"^\s*(?:prior\s+to|before)\s+(?:each|every|the)?\s*(?:([\w-]+)\s+)?cycle\b",
        "write how many days before it: 0 to 3 days before every drug cycle is due",
    ),
    (
        r"^\s*(?:on|in|at|during)?\s*weeks?\s+([2-9]|[1-9][0-9]+)\s*(?:-|to)\s*([0-9]+)\s*(?:\(|$)",
        "one visit is written: {0} to {1} weeks after first dose; a visit every week: {{1: {0} weeks after first dose, then: 7 "
        "days after the previous visit}}, with 'until' so many visits",
    ),
    (r"^\s*baseline\b", "write which day that is: on first dose, or: on randomisation"),
    (r"\bmidway\b|\bhalfway\b|\bmiddle\s+of\b", "write the day: on drug cycle 1 day 15"),
    (
        r"\bunscheduled\b|\bas\s+needed\b|\bif\s+clinically\s+indicated\b|\bas\s+clinically\s+indicated\b",
        "what is not planned has no sentence here: leave it out, and record an unscheduled visit when it takes place",
    ),
)
LIMITS: tuple[Advice, ...] = (
    (
        r"^\s*at\s+least\s+([0-9]+)\s+(cycles|doses)",
        "a least number ends nothing: leave it out, and write what ends it, such as progression; where somebody chooses between "
        "two numbers: {0} to 8 {1}, as the investigator chooses",
    ),
    (
        r"^\s*([0-9]+)\s+or\s+([0-9]+)\s+(cycles|doses)",
        "write the most: at most {1} {2}; that one stops after {0} is recorded as the end of treatment; or, where nothing beyond "
        "{0} is planned before somebody has chosen: {0} or {1} {2}, as the investigator chooses",
    ),
    (
        r"^\s*([0-9]+)\s*(?:-|to)\s*([0-9]+)\s+(cycles|doses)",
        "write the most: at most {1} {2}; that one stops after {0} is recorded as the end of treatment; or, where nothing beyond "
        "{0} is planned before somebody has chosen: {0} to {1} {2}, as the investigator chooses",
    ),
    (
        r"\b(?:loss\s+of\s+clinical\s+benefit|no\s+longer\s+benefit\w*|withdrawal|withdraws|investigator"
        r"|physician|patient'?s?\s+(?:decision|refusal|choice)|non-?compliance|lost\s+to\s+follow-?up|pregnancy)\b",
        _BY_A_PERSON,
    ),
    (r"\b(?:indefinitely|no\s+limit|open-ended|continuous(?:ly)?)\b", "leave 'until' out, or write progression"),
    (
        r"^\s*[0-9]+\s*\+\s*[0-9]+\s+(?:doses|cycles)",
        "write all of them as one number: 4 doses; the last with a day of its own stands in the table under 'when'",
    ),
    (r"^\s*[0-9]+\s*x\s*[0-9]+\s+days", "write how many: 6 cycles; how long each is stands under 'when'"),
)
DOSES: tuple[Advice, ...] = (
    (
        r"\([^()]*\b[0-9]+\s*x\s*([0-9.]+\s*mc?g)\b[^()]*?\b[0-9]+\s*x\s*([0-9.]+\s*mc?g)\b[^()]*\)",
        "what a dose is made of stands under 'products', and is worked out: units: {0} tablet, {1} tablet, fewest",
    ),
    (
        r"^\s*([0-9.]+\s*\w+)\s+in\s+the\s+morning\b.*?\b([0-9.]+\s*\w+)\s+(?:in\s+the\s+evening|at\s+(?:night|bedtime))\b",
        "two amounts on one day are two names under 'give': {{morning: {0} once in the morning ..., evening: {1} once in the "
        "evening ...}}, each with its route and days",
    ),
    (
        r"\b(?:intravenous|subcutaneous|intramuscular|oral|i\.?v\.?|s\.?c\.?|i\.?m\.?|p\.?o\.?|by\s+mouth)(?:ly)?\s+or\s+(?:intravenous|subcutaneous"
        r"|intramuscular|oral|i\.?v\.?|s\.?c\.?|i\.?m\.?|p\.?o\.?|by\s+mouth)(?:ly)?\b",
        "a sentence has one route: write the one that this study plans with; the other is a line of its own in another arm, or a "
        "treatment with 'only if'",
    ),
    (
        r"\bAUC\s*(?:of\s*|=\s*)?([0-9.]+)\s*(?:-|to|or)\s*([0-9.]+)",
        "write the one that this study gives: AUC {0}, or: AUC {1}; where the lower one follows a toxicity, under 'levels': "
        "AUC {1}, {0}; where the investigator chooses for each patient: AUC {0}-{1} prescribed",
    ),
    (
        r"\b[0-9.]+\s*m?c?g\s+eq(?:uivalents?)?\b",
        "an equivalent is no unit: write the amount that the label of the product states in mg, and in 'title' what it counts as",
    ),
    (
        r"\bweeks?\s+[0-9]+\s*(?:-|to|and|,)\s*[0-9]+\b(?!\s+weeks)",
        "a week is said by its days, counted from day 1 of the cycle: week 1 is days 1-7, and weeks 4-8 are days 22-56",
    ),
    (
        r"^\s*([0-9.]+\s*\w+)\s+in\s+[0-9]+\s*mL\b(?=.*\bover\s+(?:approximately\s+|approx\.?\s+|about\s+|~\s*)?"
        r"([0-9.]+)\s*(h|min))",
        "leave out what it is diluted in, and write: {0} intravenously over so many hours or minutes, such as: over 1 hour",
    ),
    (
        r"^\s*([0-9.]+\s*\w+)\s+in\s+[0-9]+\s*mL\b",
        "leave out what it is diluted in, and write: {0} intravenously",
    ),
    (
        r"\b(?:PRN|p\.r\.n\.|as\s+(?:needed|required)|when\s+needed|if\s+needed)(?!\w)(?!,\s+at\s+most)",
        "write one dose, and how often a day at most: 8 mg as needed, at most 3 times a day, by mouth on days 1-5; its treatment "
        "has the line kind: supportive medicine",
    ),
    (
        r"\b(?:q[1235]h|every\s+(?:[1235]\s+hours|hour)|(?:five|5|six|6)\s+times\s+(?:daily|a\s+day))(?!\w)",
        "at most four times daily, or every 4, 6 or 8 hours, can be said: write two lines under 'give' with names of their "
        "own, such as drug-a: ... three times daily, and drug-b: ... twice daily",
    ),
    (
        r"\b(?:increase|escalate|titrate)\w*\b",
        "write a line for each step under 'give': 5 mg once daily by mouth on days 1-14, then 10 mg once daily "
        "by mouth on days 15-28; what hangs on a value is a row under 'rules'",
    ),
    (
        r"\bsubsequent\s+(?:infusions|doses)\b",
        "write how long each takes: ... over 60 minutes for dose 1, over 30 minutes from dose 2",
    ),
    (
        r"\b(?:one-third|two-thirds|half|three-quarters?)\b|\b[0-9]+\s*%",
        "write the amount in mg; a share for some patients stands under 'dose by': one third of the dose, or 33 % of the dose; a "
        "lower level under 'levels': 100, 67 % of 120 mg",
    ),
    (
        r"^\s*[0-9]+\s*(?:x|×)\s*[0-9.]+\s*(?:mg|mcg|g)\b",
        "write the amount of one dose; the strength of a tablet stands under 'products'",
    ),
    (r"\b(?:even|odd|alternating)\s+days\b", "write every other day, and on which days: on days 1-28"),
    (
        r"^(?!.*\bof each week\b).*\buntil\b",
        "write that under 'until' of the treatment, and here: once daily by mouth every day",
    ),
    (
        r"^\s*[0-9]+\s*(?:min|minutes|h|hours?)\s+sessions?\b",
        "leave 'give' out for a session, or say it in 'title'; a visit or a treatment without a dose has none",
    ),
    (
        r"\b[0-9]+\s*-?\s*(?:day|week)\s+cycles?\b",
        "write the days with doses: on days 1-28; how long a cycle is stands under 'when'",
    ),
    (
        r"\(\s*[0-9]",
        "brackets at the end are for sources and assumptions; another dose for some patients stands under 'dose by'",
    ),
    (r"\b(?:saline|vehicle|placebo|sham)\b", "write its amount, such as 10 mL intravenously"),
    (
        r"\b(?:in|into)\s+(?:the\s+)?(?:left\s+|right\s+)?(deltoid|gluteal|gluteus|thigh|abdomen|arm|vastus\s+lateralis)(?:\s+muscle)?\b",
        "leave out where it is injected, or say it under 'activities': injected in the {0}: [every drug dose]",
    ),
    (
        r"\b(?:[0-9.]+\s*(?:times|x|×|-?fold)|same\s+dose|dose)\s+(?:as\s+|of\s+)?(?:the\s+)?(?:dose\b|last|previous|final)",
        "write the amounts of which one is prescribed for each patient: 175, 263, 350 or 525 mg prescribed intramuscularly; one "
        "that is recorded goes on for later doses",
    ),
    (
        r"\bremaining\b|^\s*(?:and\s+)?then\b",
        "write the days of each step, counted from day 1 of the cycle: 400 mg once daily by mouth on days 1-14, and in a line of "
        "its own: 200 mg once daily by mouth on days 15-168",
    ),
)
_UP_TO = (
    r"\s*(?:(?:the\s+)?(?:dose|drug|cycle|treatment)\s+)?(?:for\s+|by\s+)?(?:an?\s+)?(?:up\s+to|at\s+most|max"
    r"(?:imum|\.)?(?:\s+of)?)\s+(?:an?\s+)?([0-9]+\s+\w+)"
)
RULES: tuple[Advice, ...] = (
    (
        r"\bpersists?\b.*\brecurs?\b|\bpersistent\s+or\s+recurrent\b",
        "write a row for each: grade 3 for more than 7 days: ... for what persists, and: grade 3, 2nd time or later: ... for "
        "what comes again",
    ),
    (
        r"\brequir(?:es|ing)\s+(?:hospitali[sz]ation|admission)\b|\bhospitali[sz]ed\b|\bin\s+hospital\b",
        "say it as a fact that is recorded: grade 3 with hospitalised, and under 'attributes': hospitalised: In hospital for it",
    ),
    (
        rf":\s*(?:delay|postpone){_UP_TO}\s*(?:\(|$)",
        "write: hold until ..., then resume at the same level; and under the treatment: delay at most: {0}",
    ),
    (
        rf":\s*(?:hold|withhold|interrupt|suspend){_UP_TO}\s*(?:\(|$)",
        "write: hold until ..., then resume at the same level; and under the treatment: hold at most: {0}",
    ),
    (
        r":\s*(?:omit|skip)\s+(?:the\s+)?(?:dose\s+(?:on|of)\s+)?(?:D|day\s*)([0-9]+)\b",
        "a rule is for all days of a treatment: make the dose of day {0} a treatment of its own, and write here: hold until "
        "grade 0-1, then resume at the same level; or record that dose as not done, with its reason",
    ),
    (
        r":\s*(?:omit|skip)\b",
        "write until when: hold until grade 0-1, then resume at the same level; where nothing is left, as the "
        "last of the 'levels': 0 mg",
    ),
    (
        r":\s*(?:half|[0-9]+\s*%|one-third)",
        "write reduce by 1 level; how much that is stands under 'levels' of the treatment, as the next amount",
    ),
    (r":.*\bto\s+[0-9.]+\s*(?:mg|mcg|g)\b", "write 1 level lower; the amount stands under 'levels' of the treatment"),
    (
        r":\s*(?:hold|withhold|interrupt|suspend|delay)\s*(?:\(|$)",
        "write until when, and at which level it goes on: hold until grade 0-1, then resume at the same level (label)",
    ),
    (
        r":\s*(?:hold|withhold|interrupt|suspend|delay)\b(?!.*\bresume\b)",
        "write at which level it goes on: hold until grade 0-1, then resume at the same level, or: ..., then "
        "resume 1 level lower",
    ),
    (
        r"\b(?:otherwise|if\s+not)\b.*\bdiscontinue\b",
        "write two rows: one with hold until grade 0-1, then resume 1 level lower, and: on hold for more than 21 "
        "days: discontinue",
    ),
    (
        r":\s*(?:G-?CSF|growth\s+factor|transfus\w+|antiemetic\w*|loperamide)\b",
        "write continue with supportive care; which one is a medicine of its own",
    ),
    (r"^[^:]*\b[A-Za-z]+\s+or\s+[A-Za-z]+\s+(?:above|below|at\s+least|>|<|≥|≤)", "write a row for each test"),
    (
        r"^(?![^:]*\bgrade\b)[^:]*(?:above|below|at\s+least|up\s+to|>|<|≥|≤)\s*[0-9.]+\s*[:,]",
        "write the unit of the value, such as: below 1 G/L",
    ),
    (r"\bgrade\s+(?:[1-4]-)?5\b", "leave grade 5 out: after a death nothing is left to decide"),
)
FACTS: tuple[Advice, ...] = ((r"\barm\b", "write the arms under 'arms' of the treatment or visit: [doublet, triplet]"),)
PLACES: tuple[Advice, ...] = (
    (
        r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?s?\b|\bweekdays?\b",
        "name the place whose open days count, such as clinic; its weekdays stand in the site's file",
    ),
    (r"^\s*at\s+home\b", "write any day"),
    (r"\bclinically\s+indicated\b|\bas\s+needed\b|\bPRN\b", "name the visits, and say that in 'footnote'"),
    (
        r"^\s*(?:at\s+)?(?:end\s+of\s+(?:study\s+)?treatment|EOT|baseline|end\s+of\s+study|EOS)\b",
        "name the visit as it is called under 'visits'",
    ),
    (
        r"\bmonths?\s+(?:after|before)\b",
        "write days or weeks: 30 days after drug dose 3; or a visit of its own with 1 month after drug dose 3, "
        "and name that",
    ),
    (
        r"\bpre-?dose\b|\bpost-?dose\b|\bhours?\b|\bh\b",
        "time points of one day stand under 'sheets'; here the visit: every drug dose",
    ),
    (
        r"\bdaily\b|\bevery\s+day\b",
        "write the days: 1 to 7 days after every drug dose; or a visit with 7 days from every drug dose, and name that",
    ),
    (
        r"^\s*(?:q\s*[0-9]+\s*[dwm]|(?:every|each)\s+[0-9]+\s+(?:days|weeks|months)|weekly|monthly)",
        "name visits or cycles: every drug cycle; what has days of its own is a visit, such as: every 4 weeks "
        "from first dose",
    ),
    (
        r"^\s*(?:weeks?|months?|days?|D|W|M|C[0-9]+\s*D)\s*[0-9]",
        "name the visit, or a cycle: drug cycle 1; a day without a visit is a visit of its own under 'visits'",
    ),
    (r"\bthen\s+every\b", "write cycles 1, then every 4th: drug cycles 1, then every 4th"),
    (
        r"\bbefore\s+each\s+visit\b|\bbefore\s+every\s+visit\b",
        "name the visits one by one: 3 days before every week-2 visit",
    ),
)
BANDS: tuple[Advice, ...] = (
    (r"\beGFR\b", "only creatinine clearance can be said here, and is recorded as that; eGFR is another number"),
    (
        r":.*\b(?:increase|raise|add)\b",
        "a band says the dose itself: 18 U; a step that hangs on a value is a row under 'rules'",
    ),
    (
        r":.*\b(?:one-third|third|two-thirds)\b",
        "write one third of the dose, or two thirds of the dose; or the amount, such as 5 mg",
    ),
    (
        r":\s*(?:omit|no\s+dose|contraindicated|not\s+recommended)",
        "a band has a dose: leave these patients out by 'only if', such as: creatinine clearance at least 30 mL/min",
    ),
)
LEVELS: tuple[Advice, ...] = (
    (r"%", "write amounts: 120, 90, 60 mg, or what they are parts of: 100, 75, 50 % of 120 mg"),
)
VALUES: tuple[Advice, ...] = (
    (
        r"\bgrades?\b",
        "grades are no values: write a row under 'rules' that holds until grade 0-1; here stand values, such as "
        "ANC at least 1.5 G/L, values within 3 days",
    ),
    (
        r"^(?!.*\bwithin\b).*[0-9]",
        "write the values with their units, then how old they may be: ANC at least 1.5 G/L and platelets at "
        "least 100 G/L, values within 3 days",
    ),
)
CALCULATIONS: tuple[Advice, ...] = (
    (r"\b(?:BSA|body\s+surface)\b.*\bm2\b", "write it under 'body surface': Mosteller, at most 2 m2"),
)
SHEETS: tuple[Advice, ...] = (
    (
        r"\bend\s+of\s+(?:the\s+)?infusion\b|\bEOI\b",
        "time points count from the time of the dose: at 1 hour after every drug dose, where an infusion takes an hour",
    ),
)


def advice_for(text: str, rows: Iterable[Advice]) -> str | None:
    """What to do with a sentence that cannot be mended, where that is known."""
    for looks, words in rows:
        match = re.search(looks, text, re.IGNORECASE)
        if match is not None:
            return words.format(*match.groups(""))
    return None
