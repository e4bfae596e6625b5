"""Nominations: who was put forward by whom for which date, and who has which place, waits, or gave it back."""
