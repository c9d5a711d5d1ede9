"""Where patients come: the open days of a site's resources, its time zone, its public holidays, and whom to call.

May import dates, findings and the reading of text, and nothing of the protocol.
"""
