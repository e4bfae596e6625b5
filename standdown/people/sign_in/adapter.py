"""Where the sign-in library asks us. The signatures are its own."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.people.accounts.models import Account

# What the library would say with a template of its own, by that template's name; the rest stays unsaid.
_DONE: dict[str, Promise] = {
    "account/messages/password_changed.txt": _("Your password is changed. You are signed out everywhere else."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes are made. Older ones no longer work."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: a person of the directory is invited."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The email address or the password is not right. Check both and try again."),
        "enter_current_password": _("This is not the password you use now."),
        "incorrect_code": _("The code is not right, or it was used or is too old. Enter the one that shows now."),
        "incorrect_password": _("The password is not right."),
        "rate_limited": _("That was too often. Wait a minute, then try again."),
        "too_many_login_attempts": _("There were too many tries. Wait 15 minutes, or use your passkey."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the ways to sign in."""
        return reverse("mfa_index")

    def reauthenticate(self, user: Account, password: str) -> bool:
        """True when this is the password of that account; counted like a sign-in."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A passkey first, where there is one."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return sorted(found, key=lambda method: not str(method["id"]).endswith(":webauthn"))

    def add_message(  # noqa: PLR0917
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was done, in our words."""
        words = message or _DONE.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """One count for an address, whichever of our host names it is tried at."""
        return str(credentials.get("email", "")).lower()


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys belong to the address that people type, and are named after the product."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:  # noqa: A002 - the library's
        """A name for a passkey whose owner gave none."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def build_totp_svg(self, url: str) -> SafeString:
        """The square to scan, as markup that can stand in a page. It holds figures only, so it is safe there."""
        svg = str(super().build_totp_svg(url))
        return mark_safe(svg.partition("?>")[2])  # noqa: S308

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys are bound to the host of STANDDOWN_ORIGIN, whatever the request says."""
        return {"id": urlsplit(settings.ORIGIN).hostname or "localhost", "name": "Standdown"}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """What the device shows beside the passkey: the address only, so that a name changes nothing."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.email}
