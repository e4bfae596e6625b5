"""Feedback: confidence before and after, words that may be quoted with consent, and use after three months."""
