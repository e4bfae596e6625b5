"""Who was exposed to it, in what role, and where each person stands now."""
