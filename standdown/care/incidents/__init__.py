"""What happened, when it ended, where, and whether everybody was thought of."""
