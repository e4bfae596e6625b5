"""Backups: one encrypted file out of either database and what else must not be lost, and the way back.

`sealed` is the file's cover, `archive` what lies in it, `copies` knows how a database is copied out and in, and `make`
and `restore` put these together. The key lies outside the database and outside the backup.
"""
