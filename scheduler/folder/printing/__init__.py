"""What is printed or published of a study: imprints, what an earlier print said, lists, calendars and feeds as files.

It builds on the room that reads."""
