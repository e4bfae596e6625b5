from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.ISSUE_CERTIFICATE, Can.REVOKE_CERTIFICATE)(access.in_reach)
