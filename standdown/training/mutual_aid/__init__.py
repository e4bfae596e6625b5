"""Mutual aid: by exception somebody trains on a date of another force, when both sides agree. The default is no."""
