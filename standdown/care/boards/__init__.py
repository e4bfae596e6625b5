"""First screens: the coordinator's, and the way in to everybody's own."""
