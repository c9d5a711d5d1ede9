"""The catalogues, brought up to date with the code and the templates; then what is still wrong with them.

python -m tests.words      writes scheduler/words/<language>.po: new messages get an empty entry, and what is not said goes
"""

from __future__ import annotations

import sys

from tests.words.checks import complaints
from tests.words.extraction import everything, path_of, template_of, translated, updated


def main() -> int:
    template, wrong = template_of(everything()), []
    for language in translated():
        path = path_of(language)
        text = updated(path.read_text("utf-8") if path.exists() else "", template, language)
        path.write_text(text, "utf-8")
        wrong += complaints(text, language)
    print("\n".join(wrong) or f"{len(template)} messages; nothing is missing")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
