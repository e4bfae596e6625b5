from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.KEEP_OWN_CARE)(access.own)
