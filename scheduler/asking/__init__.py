"""Asking before it is recorded: what cannot be, what is likely a slip or dangerous, and what was taken under another name.

    questions = ask(version, site, log, events, today=today)
    questions_open(questions)                 # what keeps the events from being recorded
    digest_of(questions, log)                 # what somebody saw when they answered

Every way to record asks here, and asks nothing else: the command line, the pages, the API and imports. Asking happens only at
recording. A log that exists is never asked about again, whatever a newer version of this program would ask.

`rules` is the table of all questions; each theme has its file. May import the calendar and all below it.
"""

from scheduler.asking.answering import as_if_answered
from scheduler.asking.asking import ask
from scheduler.asking.question import AskedFirst, Question, Strength, digest_of, questions_open

__all__ = [
    "AskedFirst",
    "Question",
    "Strength",
    "as_if_answered",
    "ask",
    "digest_of",
    "questions_open",
]
