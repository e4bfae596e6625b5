"""My page: what is offered to me, what is held about me, who looked, and what I decide."""
