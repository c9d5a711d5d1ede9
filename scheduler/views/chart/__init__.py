"""One patient's page in values: how the patient stands on a day, what is near, each drug, and adverse events and response.

May import the views of the pharmacy and what is below them. Every day is a civil date at the site.
"""
