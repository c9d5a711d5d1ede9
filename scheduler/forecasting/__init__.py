"""Looking ahead: how much of each drug will be needed, by site and week, and what to order when.

`expecting` reads what a supply manager expects, `simulating` lets it happen to made-up logs, each through the real engine, and
`ordering` weighs what is in stock against it; `look_ahead` is the whole. Chance comes from the seed that is given: the same seed,
the same numbers. numpy is an extra, ``scheduler[forecast]``, and is imported only where it reckons.
"""
