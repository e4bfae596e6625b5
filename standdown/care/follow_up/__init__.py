"""Afterwards: contacts at two weeks, within a month and at three months, and a kind close."""
