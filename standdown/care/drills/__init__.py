"""The mark of an exercise: what belongs to it, so that it can be taken away whole."""
