"""Decision tables and conditions: what is found, what is to be done, with which values a treatment goes on.

It builds on the words only."""
