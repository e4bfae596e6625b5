"""What a person wishes for: whom they exclude for good, and what kind of colleague they would rather talk to."""
