"""JSON for other systems: what is public of courses and dates, described by OpenAPI.

Words: course, date.
Must never know: a person, a place count by force, a joining link, anything of care.
"""
