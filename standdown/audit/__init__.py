"""Who did what, written once, in the same transaction as the deed, and chained so that a change shows.

Words: act, entry, chain, refusal.
Must never know: what the records are about. It sees a kind, a key, a force's key and codes.
"""
