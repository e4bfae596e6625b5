"""When somebody wishes to be written to."""
