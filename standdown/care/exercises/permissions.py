from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.RUN_DRILL)(access.in_reach)
