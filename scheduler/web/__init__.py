"""The server: pages for coordinators, pharmacists, investigators and monitors, and what stands around them.

`app` puts it together, `roles` says who may do what, `guard` holds every request against that table. Nothing here has rules about
dates or doses: it reads what was typed, asks the core, and shows the answer.
"""
