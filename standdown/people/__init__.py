"""Forces, the people in them, what they may do, and how they sign in.

Words: force, adoption, base, team, collaboration, person, posting, role, grant, account.
Must never know: courses, incidents. Training and care both stand on this part.
"""
