from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.READ_OUTBOX, Can.RESEND_MESSAGE, Can.KEEP_FORCE_WORDS)(access.in_reach)
