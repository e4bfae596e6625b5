"""Addresses of signing in. The library's views keep the names by which it finds them; the rest has no address."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from standdown.foundation.gates import public, signed_in
from standdown.people.sign_in import views

to_ways = require_safe(RedirectView.as_view(pattern_name="mfa_index"))

urlpatterns = [
    path("login/", public(account.login), name="account_login"),
    path("logout/", views.leave, name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path("lost/", views.lost, name="account_reset_password"),
    path("next/", views.first_page, name="sign_in_next"),
    path("code/", public(mfa.authenticate), name="mfa_authenticate"),
    path("passkey/", public(views.PasskeySignIn.as_view()), name="mfa_login_webauthn"),
    path("again/password/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("again/code/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("again/passkey/", signed_in(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("ways/", views.ways, name="mfa_index"),
    path("ways/passkeys/", signed_in(to_ways), name="mfa_list_webauthn"),
    path("ways/passkeys/add/", signed_in(views.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("ways/passkeys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("ways/passkeys/<int:pk>/rename/", signed_in(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("ways/app/add/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("ways/app/remove/", signed_in(views.RemoveApp.as_view()), name="mfa_deactivate_totp"),
    path("ways/codes/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("ways/codes/new/", signed_in(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("ways/codes/download/", signed_in(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("ways/password/", signed_in(account.password_change), name="account_change_password"),
    path("ways/password/set/", signed_in(account.password_set), name="account_set_password"),
    path("places/", views.places, name="usersessions_list"),
    path("invitation/<str:token>/", views.invitation, name="sign_in_invitation"),
    path("invitation/<str:token>/password/", views.invitation_by_password, name="sign_in_invitation_password"),
    path("demonstration/", views.demonstration, name="sign_in_demonstration"),
]
