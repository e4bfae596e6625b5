"""My training: what a delegate sees of their own interest, places, certificates and qualifications."""
