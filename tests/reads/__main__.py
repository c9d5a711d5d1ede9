"""Write the list anew of what is read and not cited: `python -m tests.reads`. Read what is new in it before you keep it."""

from __future__ import annotations

from tests.reads.listed import LIST, STORIES, as_lines, not_cited

if __name__ == "__main__":
    LIST.write_text("".join(as_lines({name: not_cited(path) for name, path in STORIES.items()})), "utf-8")
