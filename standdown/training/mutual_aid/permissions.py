from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.AGREE_MUTUAL_AID)(access.in_reach)
