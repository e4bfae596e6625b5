"""Who may lead a session: the rules that remove, the order among who is left, why this person and why nobody."""
