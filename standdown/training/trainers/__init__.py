"""Trainers: from candidate to approved, nationally or in a force, and which dates they run."""
