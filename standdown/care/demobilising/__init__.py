"""Five to ten minutes before going off duty: whom it still waits for, what to say, that it was offered."""
