"""Adoption: how far a force has come, what is still missing, the evidence, and anonymous demand."""
