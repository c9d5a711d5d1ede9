"""A server under load, on both databases, killed and cut off: what it answers, how soon, and whether an event is lost or doubled.

python -m tests.soak                                      # 60 s of 50 readers and 10 writers each, 1,000 patients, 200 kills each
python -m tests.soak --seconds 10 --patients 50 --kills 5 # a short one
"""
