"""Every story in `scenarios/`, told by the engine: what it gives beside what the story expects."""

from __future__ import annotations

import pytest

from tests.scenario_runner import Story, stories, what_failed

STORIES = stories()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.path.parent.name}/{story.path.stem}")
def test_story(story: Story):
    found = what_failed(story.path)
    assert not found, "\n".join(found)


def test_there_are_the_worked_cases_and_many_more():
    themes = [story.path.parent.name for story in STORIES]
    assert themes.count("worked") == 11
    assert len(STORIES) >= 11 + 40
