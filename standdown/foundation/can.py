"""The one list of permissions. Plain Python, so that policies may name them."""

from __future__ import annotations

from enum import StrEnum


class Can(StrEnum):
    """Everything that somebody may be permitted to do. The sentence of each stands in SENTENCES."""

    KEEP_FORCES = "keep-forces"
    KEEP_BASES = "keep-bases"
    KEEP_COLLABORATIONS = "keep-collaborations"
    SEE_ADOPTION = "see-adoption"
    RECORD_ADOPTION = "record-adoption"
    TICK_CHECKLIST = "tick-checklist"
    REGISTER_DEMAND = "register-demand"
    LIST_PEOPLE = "list-people"
    KEEP_PEOPLE = "keep-people"
    SEE_ROLES = "see-roles"
    PROPOSE_ROLE = "propose-role"
    APPROVE_ROLE = "approve-role"
    END_ROLE = "end-role"
    KEEP_OWN_ACCOUNT = "keep-own-account"
    INVITE_TO_SIGN_IN = "invite-to-sign-in"
    END_ACCESS = "end-access"
    SEE_SESSIONS = "see-sessions"
    EDIT_COURSE = "edit-course"
    PLAN_SESSION = "plan-session"
    PUBLISH_SESSION = "publish-session"
    CHANGE_SESSION = "change-session"
    READ_AUDIT = "read-audit"
    READ_OUTBOX = "read-outbox"
    RESEND_MESSAGE = "resend-message"
