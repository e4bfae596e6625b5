"""Forces through time: names, aliases, successors, bases, teams, collaborations, and adoption."""
