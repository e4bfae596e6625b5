from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.PLACE_OVER_CAPACITY)(access.in_reach)
