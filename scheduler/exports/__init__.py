"""How calendars and lists are shown: JSON, CSV, workbooks, terminal tables and pages. Each turns values into text or bytes."""
