"""What somebody is told without looking: a decision waits, a window closes, a hold nears its limit, a lot expires.

    noticed = notices_of_patient(patient, worklist, site, on) + notices_of_stock(account)
    news(noticed_by(person), told_before)        # what the person has not been told yet

It follows from worklists, stock and what was told before, and from nothing else. May import the views, the stock and below.
"""
