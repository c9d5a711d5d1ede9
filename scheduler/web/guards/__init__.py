"""Who may do what: accounts, sessions, roles, limits, headers, and where a change comes from.

May import patients, settings and the clock; never pages or feeds.
"""
