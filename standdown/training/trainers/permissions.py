from standdown.foundation import access
from standdown.foundation.access import Can

access.rule(Can.RECORD_TRAINER_STEP)(access.in_reach)
