"""A protocol and each patient's calendar as FHIR R5 resources, with study numbers and no names.

A request whose dose waits for a decision is on hold, says why, and states no dose. A date is a civil date at the site.
"""
