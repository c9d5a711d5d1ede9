"""The example's amendment is a whole version, and differs from the first in what the publication says otherwise."""

from difflib import ndiff

from tests.amendments.texts import FIRST, LATER


def test_the_amendment_changes_these_lines_and_no_others():
    lines = ndiff(FIRST.splitlines(), LATER.splitlines())
    changed = [line for line in lines if line[0] in "+-" and line[2:].strip() and not line[2:].startswith("#")]
    gone, new = ([line[2:].strip() for line in changed if line[0] == sign] for sign in "-+")
    assert gone == [
        'version: "1.0"',
        "until: 5 fractions (registration)",
        "hypofractionated: 4-12 Gy prescribed per lesion (registration)",
        "low-dose: 0.5-2 Gy prescribed per lesion (registration)",
        "assumptions:                 # what the registration leaves open, and how this study reads it",
    ]
    assert new[:5] == [
        'version: "1.1"',
        'amendment: {of: "1.0", patients: may move, consent: again}',
        "until: 8 fractions (SLOT, A23)",
        "hypofractionated: 8-12 Gy prescribed per lesion (SLOT)",
        "low-dose: 0.5-2 Gy prescribed per lesion (SLOT)",
    ]
    assert [line.partition(":")[0] for line in new[5:]] == [
        "assumptions",
        "A23",
        "question",
        "reading",
        "alternatives",
        "because",
    ]
