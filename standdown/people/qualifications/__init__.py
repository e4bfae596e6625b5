"""Qualifications: who may demobilise, defuse or train, since when, until when, from what; cover; standing down."""
