"""Exercises begun, run and taken away whole: made-up people through the real screens."""
