from standdown.foundation import access
from standdown.foundation.access import Can

# What people do for themselves, in whichever part: the record says whose it is.
access.rule(Can.KEEP_OWN_TRAINING)(access.own)
access.rule(
    Can.SEE_QUALIFICATIONS, Can.EXPORT_QUALIFICATIONS, Can.RECORD_CURRENCY, Can.IMPORT_QUALIFICATIONS,
    Can.SET_ESTABLISHMENT,
)(access.in_reach)  # fmt: skip
