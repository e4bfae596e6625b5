"""Dates: for which forces, when, how, with how many places; drafted, published, moved, cancelled, held."""
