"""Monitoring and measures, kept by occupational health alone. Off by default; nobody imports it but the addresses.

Must never know: who manages whom.
"""
