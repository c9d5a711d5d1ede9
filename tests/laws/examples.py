"""On how many made-up examples a law is tried: on few in a plain run, on all with `pytest --everything`."""

from hypothesis import settings

settings.register_profile("everything", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("plain", settings.get_profile("everything"), max_examples=20)


def examples(number: int) -> int:
    """This number, or in a plain run a fifth of it and at least three. It is asked when the test is read."""
    return max(min(number, 3), number * settings().max_examples // 100)
