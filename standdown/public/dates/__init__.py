"""Courses and their dates in public: pages, calendars, feeds and data for search engines."""
