"""The dose levels of a treatment, from level 0 down.

120, 80, 40 mg
AUC 6, 5, 4        of carboplatin, by the area under the curve
400, 0 mg/m2       at the last level nothing is given: the drug is left out

levels = amounts ["," 0] unit  |  "AUC" amounts ["," 0]
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.give import AUC, Ladder
from scheduler.protocol.sentences.giving import read_quantity, read_unit
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

_NOTHING = Decimal(0)

LEVELS_EXAMPLE = "120, 80, 40 mg | AUC 6, 5, 4 | 400, 0 mg/m2"


def read_ladder(text: str) -> Ladder:
    """Read the dose levels of a treatment, from level 0 down."""
    words = Words(text, example=LEVELS_EXAMPLE.partition(" |")[0], habits=Habits.LEVELS)
    by_auc = words.accept("AUC")
    amounts = [read_quantity(words)]
    while words.accept(","):
        amounts.append(_NOTHING if words.accept("0") else read_quantity(words))
    unit, per = (AUC, None) if by_auc else read_unit(words)
    if any(below >= above for above, below in pairwise(amounts)):
        words.fail("levels go down: each amount is smaller than the one before", back=True)
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return Ladder(tuple(amounts), f"{unit}/{per}" if per else unit, clause)
