"""Overview: which dates fill and which do not, places unused, adoption by force, and what training will be needed."""
