"""``python -m tests.witness 0.1.0``: the witness of the release that runs this, into a new folder beside this file."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.witness.making import make

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    make(Path(__file__).parent / sys.argv[1])
