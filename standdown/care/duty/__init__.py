"""When people are on duty and when they rest: from a file of the force, else from shift patterns."""
