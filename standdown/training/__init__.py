"""Courses and their dates: programme version, course, session; later places, attendance, certificates.

Words: programme, course, version, content block, session, allotment, moved, cancelled, held.
Must never know: incidents, exposures, anything of care.
"""
