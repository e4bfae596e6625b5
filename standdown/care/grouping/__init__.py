"""Who sits with whom: groups by closeness, kept apart where a rule says so, each with its reason."""
