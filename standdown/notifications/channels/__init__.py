"""Ways out: each is one class with one method `send`."""
