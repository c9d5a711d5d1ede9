"""Pages about one patient: the calendar, recording, deciding, enrolling, paper.

They use what the pages below share."""
