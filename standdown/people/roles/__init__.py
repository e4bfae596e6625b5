"""Roles: what each may do in one sentence and in permissions, who holds it, from when to when, who agreed."""
