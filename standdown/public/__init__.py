"""What anyone may read: the dates, the course, the service, certificates, statements, feeds.

Words: month page, feed, statement.
Must never know: a name, a place count by force, a joining link.
"""
