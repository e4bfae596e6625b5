"""What a plan of all groups weighs: the order of the policy as whole numbers, each more than all after it together."""

from __future__ import annotations

TRAVEL = 1
UNMET, MOST_UNMET = 2, 7  # each wish that is not met, up to so many
SAME_TEAM = 16
LOAD = 32  # each session led lately, and each further one of the plan itself
OUTSIDE = 512  # a time more than 12 hours from the target: more than eight steps of load and all else
LEFT_OVER = 100_000  # a group with nobody, against at most some 1,200 for the worst pairing
