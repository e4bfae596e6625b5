"""Attendance: the trainer's day, who was there by half-day, and what follows for who was not."""
