"""How people write the time points of a sheet: 0.5 h post dose, ± 5 min, samples at."""

from __future__ import annotations

from scheduler.protocol.sentences.habits.habit import advised, meant

_EITHER = r"\(?\s*(?:\+\s*/?\s*-|\+-|±|plus\s+or\s+minus)"
IN_SHEETS = (
    meant(r"^\s*(?:blood\s+|PK\s+|plasma\s+)*(?:samples?|sampling|draws?|measurements?|ECGs?)\s+at\b", "at"),
    meant(r"^\s*(?=[+-]?[0-9])", "at "),
    meant(r"^\s*(?:on\s+)?hours?\s+([-0-9., ]+?)(?=\s*(?:±|$|after|post))", "at {0} hours"),
    advised(
        r"\bpre-?\s?dose\b",
        "how long before: -0.5 hours, with its window, such as: at -0.5 hours ±30 minutes after every {drug} dose",
    ),
    meant(r"([0-9]),?\s*(?:and|&)\s*([0-9])", "{0}, {1}"),
    meant(r"([0-9])\s*(?:h|hr|hrs|hour)\b(?<!hours)", "{0} hours"),
    meant(r"([0-9])\s*(?:min|mins|m|minute)\b(?<!minutes)", "{0} minutes"),
    meant(rf"{_EITHER}\s*([0-9.]+)\s*(?:min|mins|m|minutes?)\b\s*\)?", "±{0} minutes"),
    meant(rf"{_EITHER}\s*([0-9.]+)\s*(?:h|hr|hrs|hours?)\b\s*\)?", "±{0} hours"),
    meant(r"\bpost-?\s?dos(?:e|ing)\b", "after every {drug} dose"),
    meant(
        r"\bafter\s+(?:the\s+|each\s+|every\s+)?(?:dose|dosing|administration|infusion|intake)\b(?!\s*[0-9])",
        "after every {drug} dose",
    ),
    meant(r"\bdays?\s+([0-9]+)\s+of\s+every\s+([\w-]+)\s+cycle\b", "every {1} day {0}"),
    meant(r"\bafter\s+(?:dose|dosing)\s+([0-9]+)", "after {drug} dose {0}"),
    meant(r"\bafter\s+(?:the\s+)?first\s+dose\b", "after {drug} dose 1"),
)
