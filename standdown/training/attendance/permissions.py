from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.SEE_ROSTER, Can.MARK_ATTENDANCE, Can.SET_JOINING_LINK)(access.in_reach)
