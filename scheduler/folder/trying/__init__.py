"""Trying a study before somebody lives by it: its findings, advice, stories, a plan without a patient, an amendment.

It builds on the room that reads."""
