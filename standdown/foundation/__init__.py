"""What every part stands on: time, ids, the database, who may do what, privacy classes.

Words: actor, can, act, gate, privacy class.
Must never know: forces, people, courses, incidents. It imports Django and nothing of ours.
"""
