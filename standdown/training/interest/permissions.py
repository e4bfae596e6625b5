from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.DECIDE_INTEREST)(access.in_reach)
