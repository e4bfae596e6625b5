"""Signing in: passkeys first, password with a one-time code as the other way; who the actor of a request is."""
