"""Who gets what, by the name of the address. Written by hand from what each role is for; the code is not asked.

The roles are those of tests/matrix/who.py. What is not listed here is an address that nobody thought about, and fails.
A row says who gets the page (GET) and whose POST is heard. Everybody else finds nothing there, or is asked to sign in
first. Records in the address are those of the force `here`.
"""

from __future__ import annotations

from tests.matrix import care_half, rows_reporting, training_half
from tests.matrix.who import EVERYBODY, PAGES, REDIRECTS, SIGNED_IN, Row, any_force, only

COORDINATOR = ("national-coordinator",)
LEADS = ("estip-lead", "wellbeing-lead")

PUBLIC_PAGE = Row(get=EVERYBODY)
OWN_PAGE = Row(get=SIGNED_IN)
OWN_FORM = Row(get=SIGNED_IN, post=SIGNED_IN)
OWN_ACT = Row(post=SIGNED_IN)

# Adoption, bases and dates are seen by those who run the training in a force, by the privacy officer where people's
# roles are concerned, and nationally.
SEES_ADOPTION = (*LEADS, "estip-coordinator", "wellbeing-deputy", "privacy-officer")
SEES_ADOPTION_NATIONALLY = ("national-coordinator", "privacy-officer")

_nationally = only(national_roles=COORDINATOR)
_keeps_bases = only(*LEADS, "estip-coordinator", national_roles=COORDINATOR)

PUBLIC = {
    "public:home": PUBLIC_PAGE,
    "public:service": PUBLIC_PAGE,
    "public:training": PUBLIC_PAGE,
    "public:course": PUBLIC_PAGE,
    "public:course-calendar": PUBLIC_PAGE,
    "public:course-feed": PUBLIC_PAGE,
    "public:month": PUBLIC_PAGE,
    "public:month-calendar": PUBLIC_PAGE,
    "public:month-feed": PUBLIC_PAGE,
    "public:session": PUBLIC_PAGE,
    "public:session-calendar": PUBLIC_PAGE,
    "public:force": PUBLIC_PAGE,
    "public:ask": Row(get=EVERYBODY, post=EVERYBODY, answers=REDIRECTS),
    "public:thanks": PUBLIC_PAGE,
    "public:certificates": PUBLIC_PAGE,
    "public:certificate": Row(get=EVERYBODY, answers=frozenset({404})),  # nobody was given that number
    "public:accessibility": PUBLIC_PAGE,
    "public:privacy": PUBLIC_PAGE,
    "public:what-we-hold": PUBLIC_PAGE,
    "public:security-text": PUBLIC_PAGE,
    "public:robots": PUBLIC_PAGE,
    "public:sitemap": PUBLIC_PAGE,
    "public:favicon": Row(get=EVERYBODY, answers=REDIRECTS),
}

FORCES = {
    "forces:list": Row(get=any_force(*SEES_ADOPTION, national_roles=SEES_ADOPTION_NATIONALLY)),
    "forces:one": Row(get=only(*SEES_ADOPTION, national_roles=SEES_ADOPTION_NATIONALLY)),
    "forces:add": Row(get=_nationally, post=_nationally),
    "forces:import": Row(get=_nationally, post=_nationally),
    "forces:merge": Row(get=_nationally, post=_nationally),
    "forces:split": Row(get=_nationally, post=_nationally),
    "forces:rename": Row(get=_nationally, post=_nationally),
    "forces:add-alias": Row(get=_nationally, post=_nationally),
    "forces:remove-alias": Row(post=_nationally),
    "forces:dates-public": Row(get=_nationally, post=_nationally),
    "forces:collaborations": Row(get=_nationally),
    "forces:start-collaboration": Row(get=_nationally, post=_nationally),
    "forces:join": Row(get=_nationally, post=_nationally),
    "forces:leave": Row(get=_nationally, post=_nationally),
    "forces:add-base": Row(get=_keeps_bases, post=_keeps_bases),
    "forces:close-base": Row(get=_keeps_bases, post=_keeps_bases),
    "forces:add-team": Row(get=_keeps_bases, post=_keeps_bases),
    "forces:close-team": Row(get=_keeps_bases, post=_keeps_bases),
}

# Signing in. What is one's own needs a fresh proof of who one is, so that it leads there first.
_STEP = Row(get=EVERYBODY, post=EVERYBODY, answers=PAGES | REDIRECTS, back_to_sign_in=True)
_OWN_AFTER_PROOF = Row(get=SIGNED_IN, post=SIGNED_IN, answers=PAGES | REDIRECTS)
_NOBODYS = Row(get=EVERYBODY, post=EVERYBODY, answers=frozenset({404}))

SIGN_IN = {
    "account_login": _STEP,
    "account_logout": _STEP,
    "account_inactive": PUBLIC_PAGE,
    "account_reset_password": PUBLIC_PAGE,
    "mfa_authenticate": _STEP,
    "mfa_login_webauthn": _STEP,
    "sign_in_next": Row(get=SIGNED_IN, answers=REDIRECTS),
    "account_reauthenticate": _OWN_AFTER_PROOF,
    "mfa_reauthenticate": _OWN_AFTER_PROOF,
    "mfa_reauthenticate_webauthn": _OWN_AFTER_PROOF,
    "mfa_index": OWN_PAGE,
    "mfa_list_webauthn": Row(get=SIGNED_IN, answers=REDIRECTS),
    "mfa_add_webauthn": _OWN_AFTER_PROOF,
    "mfa_remove_webauthn": _OWN_AFTER_PROOF,
    "mfa_edit_webauthn": _OWN_AFTER_PROOF,
    "mfa_activate_totp": _OWN_AFTER_PROOF,
    "mfa_deactivate_totp": _OWN_AFTER_PROOF,
    "mfa_view_recovery_codes": Row(get=SIGNED_IN, answers=PAGES | REDIRECTS),
    "mfa_generate_recovery_codes": _OWN_AFTER_PROOF,
    "mfa_download_recovery_codes": _OWN_AFTER_PROOF,
    "account_change_password": _OWN_AFTER_PROOF,
    "account_set_password": _OWN_AFTER_PROOF,
    "usersessions_list": OWN_FORM,
    # A token that nobody was given: the page says that it is over, to everybody alike.
    "sign_in_invitation": _NOBODYS,
    "sign_in_invitation_password": _NOBODYS,
    # Outside demonstration mode these are not there.
    "sign_in_demonstration": _NOBODYS,
    "design:catalogue": Row(get=EVERYBODY, answers=frozenset({404})),
    "design:page": Row(get=EVERYBODY, answers=frozenset({404})),
}

_sees_adoption = only(*SEES_ADOPTION, national_roles=SEES_ADOPTION_NATIONALLY)
_ticks = only(*LEADS, "estip-coordinator", "wellbeing-deputy", national_roles=COORDINATOR)

ADOPTION = {
    "adoption:overview": Row(get=any_force(*SEES_ADOPTION, national_roles=SEES_ADOPTION_NATIONALLY)),
    "adoption:demand": Row(get=EVERYBODY, post=EVERYBODY),
    "adoption:demand-noted": PUBLIC_PAGE,
    "adoption:record": Row(get=_sees_adoption),
    "adoption:step": Row(get=_nationally, post=_nationally),
    "adoption:tick": Row(post=_ticks),
    "adoption:add-evidence": Row(get=_ticks, post=_ticks),
    "adoption:evidence": Row(get=_sees_adoption),
}

# The directory is listed by those who fill places and roles from it, kept by the administrator, checked by the privacy
# officer. A national coordinator sees who holds which role, and no directory.
_directory = (*LEADS, "estip-coordinator", "wellbeing-deputy", "privacy-officer", "system-administrator")
_directory_nationally = ("privacy-officer", "system-administrator")
_keeps_people = only("system-administrator", national_roles=("system-administrator",))
_any_keeper = any_force("system-administrator", national_roles=("system-administrator",))

ACCOUNTS = {
    "accounts:list": Row(get=any_force(*_directory, national_roles=_directory_nationally)),
    "accounts:person": Row(get=only(*_directory, national_roles=_directory_nationally)),
    "accounts:add": Row(get=_any_keeper, post=_any_keeper),
    "accounts:import": Row(get=_any_keeper, post=_any_keeper),
    "accounts:template": Row(get=_any_keeper),
    "accounts:details": Row(get=_keeps_people, post=_keeps_people),
    "accounts:posting": Row(get=_keeps_people, post=_keeps_people),
    "accounts:left": Row(get=_keeps_people, post=_keeps_people),
    "accounts:line-manager": Row(get=_keeps_people, post=_keeps_people),
    "accounts:invite": Row(get=_keeps_people, post=_keeps_people),
    "accounts:suspend": Row(get=_keeps_people, post=_keeps_people),
    "accounts:restore": Row(get=_keeps_people, post=_keeps_people),
}

# Roles: seen where adoption is seen; proposed by leads and nationally; the supervisor's role, which the records here
# are about, is proposed, approved and ended by the force's own leads and by nobody else.
_proposes = any_force(*LEADS, national_roles=COORDINATOR)
_approves = any_force(*LEADS, "privacy-officer", national_roles=("national-coordinator", "privacy-officer"))

ROLES = {
    "roles:list": Row(get=any_force(*SEES_ADOPTION, national_roles=SEES_ADOPTION_NATIONALLY)),
    "roles:propose": Row(get=_proposes, post=_proposes),
    "roles:propose-person": Row(get=only(*LEADS), post=only(*LEADS)),
    "roles:waiting": Row(get=_approves),
    "roles:decide": Row(get=only(*LEADS), post=only(*LEADS)),
    "roles:end": Row(get=only(*LEADS), post=only(*LEADS)),
    "roles:who-may-do-what": OWN_PAGE,
}

ME = {
    "me:page": OWN_PAGE,
    "me:language": OWN_FORM,
    "me:reports": Row(get=any_force("supervisor")),
}

# Whether messages went out is for whoever keeps the machine; who did what, for the privacy officer.
_keeps_the_machine = only("system-administrator", national_roles=("system-administrator",))

KEEPING = {
    "notifications:outbox": Row(get=any_force("system-administrator", national_roles=("system-administrator",))),
    "notifications:one": Row(get=_keeps_the_machine),
    "notifications:try-again": Row(post=_keeps_the_machine),
    "notifications:mark-as-sent": Row(post=_keeps_the_machine),
    "audit:entries": Row(get=any_force("privacy-officer", national_roles=("privacy-officer",))),
    "audit:check": Row(get=any_force("privacy-officer", national_roles=("privacy-officer",))),
    "health:live": PUBLIC_PAGE,
    "health:ready": Row(get=EVERYBODY, answers=frozenset({200, 503})),
}

API = {
    "api:openapi-json": PUBLIC_PAGE,
    "api:list_courses": PUBLIC_PAGE,
    "api:list_sessions": PUBLIC_PAGE,
    "api:one_session": PUBLIC_PAGE,
    "api:api-root": Row(get=EVERYBODY, answers=frozenset({404})),
}

# Dates are seen, before the public sees them, by those who put people forward and by trainers; made and changed
# nationally, because no role in a force plans dates yet.
SEES_DATES = (*LEADS, "estip-coordinator", "wellbeing-deputy", "trainer")
SEES_DATES_NATIONALLY = ("national-coordinator", "trainer")
_PLANS = Row(get=_nationally, post=_nationally)

TRAINING = {
    "sessions:list": Row(get=any_force(*SEES_DATES, national_roles=SEES_DATES_NATIONALLY)),
    # A national trainer sees the dates that they run, and this one they do not.
    "sessions:one": Row(get=only(*SEES_DATES, national_roles=COORDINATOR)),
    "sessions:plan": _PLANS,
    "sessions:plan-several": _PLANS,
    "sessions:import": _PLANS,
    "sessions:import-template": Row(get=_nationally),
    "sessions:edit": _PLANS,
    "sessions:clone": _PLANS,
    "sessions:publish": _PLANS,
    "sessions:move": _PLANS,
    "sessions:cancel": _PLANS,
    "sessions:allot": _PLANS,
    "sessions:held": Row(post=_nationally),
    "sessions:name-trainer": _PLANS,
    "sessions:remove-trainer": Row(post=_nationally),
    # The words of a course are national.
    "courses:list": Row(get=_nationally),
    "courses:one": Row(get=_nationally),
    "courses:version": Row(get=_nationally),
    "courses:begin": Row(post=_nationally),
    "courses:draft": Row(get=_nationally),
    "courses:figures": _PLANS,
    "courses:publish": Row(post=_nationally),
    "courses:add-block": _PLANS,
    "courses:edit-block": _PLANS,
    "courses:remove-block": Row(post=_nationally),
    "courses:block-up": Row(post=_nationally),
    "courses:block-down": Row(post=_nationally),
}

OF_TRAINING: dict[str, Row] = {**TRAINING, **training_half.ROWS}
OF_CARE: dict[str, Row] = {**care_half.ROWS, **rows_reporting.ROWS}
OF_PEOPLE: dict[str, Row] = {**FORCES, **ADOPTION, **ACCOUNTS, **ROLES, **ME, **KEEPING}
EXPECTED: dict[str, Row] = {**PUBLIC, **API, **SIGN_IN, **OF_TRAINING, **OF_CARE, **OF_PEOPLE}
