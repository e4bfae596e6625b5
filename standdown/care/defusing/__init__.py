"""The session about three days after: asked for, booked, answered, held, and the agreed next step."""
