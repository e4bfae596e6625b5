"""People and where they serve: person, posting, line management, and the account that signs in."""
