"""Live feeds: what a calendar program gets at a private address, without a session and without a cookie.

    address --> `app` (who asks, how often, which answer) --> `links` (does the link still stand?)
                  --> `standing` (what was recorded since the last look?) --> `building` (the bytes, computed once)

A feed follows from the log, the link's audience, detail and language, and the day alone: every process of the server, on every
computer, gives the same bytes.
"""
