"""The server put together and run: pages, API and feeds as one application.

May import everything else of the web.
"""
