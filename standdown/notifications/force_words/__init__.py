"""A force's own paragraph in the messages to its people (R36)."""
