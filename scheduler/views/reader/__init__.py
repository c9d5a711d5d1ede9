"""Who reads, how much they may read, in which language and in which words.

May import nothing else of the views.
"""
