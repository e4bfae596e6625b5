"""The sign-in library's forms with our fields and our words. What they check is the library's."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    SignupWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from standdown.design import fields
from standdown.people.accounts.models import Account

_PASSWORD_HINT = _("At least 15 characters. Four or five words that do not belong together work well.")


class CodeField(fields.TextField):
    """A one-time or recovery code; spaces that people put between its figures are dropped."""

    inputmode = "numeric"
    spellcheck = False

    def __init__(self, **rest: Any) -> None:
        super().__init__(**{"width": 10, "autocomplete": "one-time-code", "max_length": 20, **rest})

    def clean(self, value: Any) -> Any:
        """Give the figures without spaces."""
        return super().clean("".join(str(value or "").split()))


class CredentialField(forms.JSONField):
    """What the browser gave for a passkey: made (RegistrationResponse) or shown (AuthenticationResponse)."""

    widget = forms.HiddenInput

    def __init__(self, shape: type[AuthenticationResponse | RegistrationResponse]) -> None:
        super().__init__()
        self.shape = shape

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002 - the library's
        """Give the page that is shown again an empty box: the browser fills it anew."""
        return initial

    def clean(self, value: Any) -> Any:
        """Refuse what is no passkey at all, before the library or the reading of it trips over it."""
        try:
            found = super().clean(value)
            self.shape.from_dict(found)
        except ValidationError:
            raise
        except Exception as error:
            raise ValidationError(_("That was no passkey. Try again."), code="nonsense") from error
        return found


def _old_password() -> fields.PasswordField:
    return fields.PasswordField(label=_("Password"), missing=_("Enter your password"))


def _new_password() -> fields.PasswordField:
    return fields.PasswordField(
        label=_("New password"),
        help_text=_PASSWORD_HINT,
        missing=_("Enter a new password"),
        autocomplete="new-password",
        max_length=256,
    )


class SignIn(LoginForm):  # type: ignore[misc]
    """Address and password. The answer to a wrong pair is the same whether the address is known or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = fields.EmailField(
            label=_("Work email address"), missing=_("Enter your work email address"), autocomplete="username"
        )
        self.fields["password"] = _old_password()

    def clean_login(self) -> str:
        """Addresses differ in capitals only by accident."""
        return str(self.cleaned_data["login"]).strip().lower()


class PasswordAgain(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    password = _old_password()


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """The password that holds, and the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]  # seen once more by the browser's own password keeper, not by retyping
        self.fields["oldpassword"] = fields.PasswordField(
            label=_("Password you use now"), missing=_("Enter the password you use now")
        )
        self.fields["password1"] = _new_password()

    def clean_password1(self) -> str:
        """Refuse what is short, common, or like the address."""
        return checked_password(self.cleaned_data["password1"], self.user)


class SetPassword(SetPasswordForm):  # type: ignore[misc]
    """A first password, for somebody who signs in with a passkey so far."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"] = _new_password()

    def clean_password1(self) -> str:
        """Refuse what is short, common, or like the address."""
        return checked_password(self.cleaned_data["password1"], self.user)


class FirstPassword(forms.Form):
    """The password that an invited person chooses."""

    password = _new_password()

    def __init__(self, *args: Any, user: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse what is short, common, or like the address."""
        return checked_password(self.cleaned_data["password"], self.user)


def checked_password(password: str, user: Account | None) -> str:
    """The password, if the rules of the settings take it. Raises ValidationError in words for its owner."""
    return str(get_adapter().clean_password(password, user=user))


class Code(AuthenticateForm):  # type: ignore[misc]
    """The second step after a password."""

    code = CodeField(label=_("Code"), missing=_("Enter the code"))


class CodeAgain(CodeAgainForm):  # type: ignore[misc]
    """A code once more, before something that matters."""

    code = CodeField(label=_("Code"), missing=_("Enter the code"))


class FirstCode(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app, which shows that it works."""

    code = CodeField(label=_("Code that the app shows"), missing=_("Enter the code that the app shows"))


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey of somebody who is signed in. It must be one that knows its owner by finger, face or PIN."""

    passwordless = None
    credential = CredentialField(RegistrationResponse)
    name = fields.TextField(
        label=_("Name of the passkey"),
        help_text=_("So that you know it again: for example, work phone."),
        required=False,
        max_length=60,
        width=20,
    )

    def clean(self) -> dict[str, Any]:
        """Take it only if it checked who holds it."""
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class FirstPasskey(SignupWebAuthnForm):  # type: ignore[misc]
    """The passkey that an invited person makes."""

    name = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    credential = CredentialField(RegistrationResponse)

    def clean(self) -> dict[str, Any]:
        """Take it only if it checked who holds it."""
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class RenamePasskey(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = fields.TextField(label=_("Name of the passkey"), missing=_("Enter a name"), max_length=60, width=20)


class PasskeyAfterPassword(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step after a password."""

    credential = CredentialField(AuthenticationResponse)


class PasskeyAgain(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more, before something that matters."""

    credential = CredentialField(AuthenticationResponse)


class PasskeySignIn(LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with a passkey alone."""

    credential = CredentialField(AuthenticationResponse)
