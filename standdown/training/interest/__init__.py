"""Interest: a person tells their own wellbeing lead that they would like to be trained. Nothing is booked by it."""
