"""How people write of consent: another one before another screening, and what may be done before it as routine care."""

from __future__ import annotations

from scheduler.protocol.sentences.habits.habit import meant

IN_SCREENINGS = (
    meant(
        r"^\s*(?:only\s+)?(?:after|with)?\s*(?:(?:a|the)\s+)?(?:new|another|second|renewed|repeated)\s+(?:informed\s+|written\s+)*consent\b",
        "after a new consent",
    ),
    meant(r"^\s*(?:re-?consent(?:ing|ed)?|consent(?:s|ed)?\s+again)\b", "after a new consent"),
)
IN_BEFORE_CONSENT = (
    meant(
        r"^\s*(?:(?:is|are|may\s+be|can\s+be|will\s+be)\s+)?(?:allowed|permitted|accepted|acceptable|used|valid|counts?|done)?\s*"
        r"(?:(?:if|when|where|as|from|for|only|done|performed|obtained|part\s+of|a)\s+)*"
        r"(?:routine|standard|usual)(?:[\s-]+(?:of[\s-]+)?(?:clinical\s+)?(?:care|practice|tests?|investigations?))?\b",
        "allowed as routine care",
    ),
    meant(r"^\s*(?:SOC|(?:yes|allowed|permitted|accepted))(?=\s*(?:\(|$))", "allowed as routine care"),
)
