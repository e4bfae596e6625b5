"""Figures, as they may be told: nothing leaves this part before the suppression of small numbers has seen it.

Its words: cell, total, few, withheld, second cell, release. It asks `care.figures` for numbers and must never know
whose they are: no incident, no exposure, no person.
"""
