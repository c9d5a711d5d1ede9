"""The grammar: what each kind of sentence may say, read word by word, and what is wrong with it.

May import the plan.
"""
