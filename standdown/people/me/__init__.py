"""One's own page: who I am here, what I may do and until when, how I sign in."""
