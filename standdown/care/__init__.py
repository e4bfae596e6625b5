"""After an incident: who was exposed, what was offered, what was held. A closed room.

Only itself, occupational health and the addresses may enter.
Must never know: courses, nominations, attendance. It learns who is qualified from people.
"""
