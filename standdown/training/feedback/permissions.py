from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.MODERATE_WORDS)(access.in_reach)
