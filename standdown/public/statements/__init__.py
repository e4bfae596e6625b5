"""What this is, the service explained, and our statements."""
