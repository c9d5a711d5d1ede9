"""Made-up examples are the same in every run, and a busy machine may take its time over one."""

from hypothesis import settings

settings.register_profile("scheduler", deadline=None, derandomize=True)
settings.load_profile("scheduler")
