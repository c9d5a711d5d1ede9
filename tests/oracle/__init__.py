"""A slow retelling of the seed study, one day at a time, that shares no code with the engine."""
