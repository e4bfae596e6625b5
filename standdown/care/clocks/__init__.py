"""Steps that somebody owes: when each is due, who is reminded next, and a second look at what nobody did."""
