"""When something is: timings, moments, places and hours around a dose.

It builds on the words only."""
