"""On to occupational health, with the person's consent; only that it was received comes back."""
