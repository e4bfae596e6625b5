"""Exchanges: who has which place is changed in one locked act: substitute, swap, transfer, reorder, over capacity."""
