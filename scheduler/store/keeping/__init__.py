"""Keeping a study safe from a bad night: backups on a schedule, the drill that proves them, and a clock that jumps."""
