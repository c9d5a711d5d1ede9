"""Hostile and careless input, made up by chance: it is read, or refused in plain words, and never a traceback.

python -m tests.fuzz                                # 200 of each kind: texts, cases, events, routes
python -m tests.fuzz routes --seed 7 --count 5000   # one kind, others than those of seed 1
python -m tests.fuzz routes --seed 7 --only 4711    # one of them again
"""
