"""What the protocol's dose rules call for in one patient: proposals, what waits for them, and what each option would change.

The engine proposes and a named person decides; nothing here changes a dose. A proposal rests on a rule and an event. It is
worked out anew with every calendar: when its event is struck or corrected the proposal is gone, and a decision that was taken
on it stays in force, flagged, because somebody acted on it.

How a decision takes effect: from its day on, exactly as `held`, `dose changed` or `discontinued` would, the lower level of "hold,
then resume 1 level lower" included: a resume that names no level goes on at it. Orders recorded as such answer a proposal too.

Refused: applying the protocol's own action until somebody objects, and a status of its own for a dose that waits.
"""
