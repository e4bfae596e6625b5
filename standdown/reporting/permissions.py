from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.SEE_FIGURES)(access.in_reach)
