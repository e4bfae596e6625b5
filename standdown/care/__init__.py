"""After an incident: who was exposed, what was offered, what was held. A closed room.

Words: incident, T0, exposure, demobilise, defuse, core group, next step, look, exclusion, restriction.
Only itself, occupational health and the addresses may enter.
Must never know: courses, nominations, attendance. It learns who is qualified from people.
"""
