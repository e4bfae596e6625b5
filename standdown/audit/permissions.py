from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.READ_AUDIT)(access.in_reach)
