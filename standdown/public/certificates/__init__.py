"""Looking up a certificate by its code."""
