"""A site's stock: what came, what was handed out, what came back, what was destroyed, and what is there for the next weeks.

    log = parse_stock(text, name="stock.yaml", stocked=stocked_in(versions))     # the site's own log, by lot
    account = account_of(log, stocked, movements_of_patients(...), on=today)     # every number with the events that make it
    outlook_of(account, needs_of(dispensing_list(...)))                          # how long it lasts, which lots expire before

The site's log is about products and lots, never about a patient; what patients were given and brought back counts against it by
lot, from their own logs. Nothing here moves a date or a dose. May import the views and all below them.
"""
