from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.recovery_codes.internal.flows import auto_generate_recovery_codes
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from standdown.foundation import access, clock
from standdown.foundation.gates import actor_of, found_or_404, public, see_other, signed_in
from standdown.people.accounts import invitations
from standdown.people.roles.queries import actor_for
from standdown.people.sign_in import actions, forms, policy, queries
from standdown.people.sign_in.entrance import let_in


@signed_in
@require_safe
def first_page(request: HttpRequest) -> HttpResponse:
    """The page that this person's role begins with."""
    return redirect(policy.first_page(actor_of(request).roles))


@public
@require_safe
def lost(request: HttpRequest) -> HttpResponse:
    """What to do without passkey and password. The page asks nothing, so it tells nobody who has an account."""
    return render(request, "people/sign_in/lost.html")


@public
def leave(request: HttpRequest) -> HttpResponse:
    """The library's view. Signing out also takes away what the browser kept of pages.

    What a phone could not send yet stays on it: it is sealed, and the only record of a talk.
    """
    answer: HttpResponse = account.logout(request)
    if request.method == "POST":
        answer["Clear-Site-Data"] = '"cache"'
    return answer


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]
    """The library's view; a passkey that is refused goes on record. Whose it claims to be proves nothing."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Record it, then say so."""
        actions.record_failure(by=access.system("sign-in"), account=None, at=clock.now(), code="passkey-refused")
        answer: HttpResponse = super().form_invalid(form)
        return answer


# -- one's own ways to sign in -----------------------------------------------------------------------------------


@signed_in
@require_safe
def ways(request: HttpRequest) -> HttpResponse:
    """Every way in of one's own account, with what can be added or removed."""
    account = queries.own_account(actor_of(request))
    own = queries.own_ways(account)
    may = {"remove_passkey": policy.may_remove_passkey(own.ways), "remove_app": policy.may_remove_app(own.ways)}
    return render(request, "people/sign_in/ways.html", {"own": own, "may": may, "account": account})


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """The library's view, but for passkeys only: kept on the device, opened by finger, face or PIN."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for a passkey that can be used without a password."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["options"] = auth.begin_registration(self.request.user, passwordless=True)
        return context


@signed_in
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take away one of one's own passkeys."""
    actor = actor_of(request)
    account = queries.own_account(actor)
    own = queries.own_ways(account)
    passkey = found_or_404(next((one for one in own.passkeys if one.id == pk), None))
    if request.method == "POST":
        actions.remove_passkey(by=actor, account=account, at=clock.now(), passkey_id=pk)
        messages.success(request, _("The passkey is removed."))
        return see_other(reverse("mfa_index"))
    return render(request, "people/sign_in/remove_passkey.html", {"passkey": passkey})


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]
    """The library's view; the removal itself is an action of ours."""

    template_name = "people/sign_in/remove_app.html"

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ARG002 - the library's signature
        """Take the app away, unless a password would be left alone."""
        actor = actor_of(self.request)
        actions.remove_app(by=actor, account=queries.own_account(actor), at=clock.now())
        messages.success(self.request, _("The authenticator app is removed."))
        return see_other(reverse("mfa_index"))


@signed_in
def places(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and signing out from there."""
    actor, here = actor_of(request), request.session.session_key
    account = queries.own_account(actor)
    if request.method == "POST":
        only = request.POST.get("place", "")
        one = int(only) if only.isascii() and only.isdigit() and len(only) < len(str(2**31)) else None
        if only and one is None:
            raise Http404
        ended = actions.end_places(by=actor, account=account, at=clock.now(), keep=here, only=one)
        words = ngettext("You are signed out in %(n)d browser.", "You are signed out in %(n)d browsers.", ended)
        messages.success(request, words % {"n": ended})
        return see_other(reverse("usersessions_list"))
    return render(request, "people/sign_in/places.html", {"places": queries.places(account, here)})


# -- invitations ---------------------------------------------------------------------------------------------------


@public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """An invited person makes a passkey and is in."""
    at = clock.now()
    account = invitations.invited(token, at=at)
    if account is None:
        return render(request, "people/sign_in/invitation_over.html", status=404)
    form = forms.FirstPasskey(request.POST or None, user=account)
    if request.method == "POST" and form.is_valid():
        passkey = (form.cleaned_data["name"], form.cleaned_data["credential"])
        by = actor_for(account, clock.london_day(at))
        joined = actions.accept_invitation(by=by, account=account, at=at, passkey=passkey)
        answer = let_in(request, joined, way="passkey", url=reverse("mfa_view_recovery_codes"))
        auto_generate_recovery_codes(request)
        return answer
    context = {"form": form, "options": auth.begin_registration(account, passwordless=True), "account": account}
    return render(request, "people/sign_in/invitation.html", context | {"token": token})


@public
def invitation_by_password(request: HttpRequest, token: str) -> HttpResponse:
    """An invited person sets a password, and goes on to set up an authenticator app."""
    at = clock.now()
    account = invitations.invited(token, at=at)
    if account is None:
        return render(request, "people/sign_in/invitation_over.html", status=404)
    form = forms.FirstPassword(request.POST or None, user=account)
    if request.method == "POST" and form.is_valid():
        by = actor_for(account, clock.london_day(at))
        joined = actions.accept_invitation(by=by, account=account, at=at, password=form.cleaned_data["password"])
        return let_in(request, joined, way="password", url=reverse("mfa_activate_totp"))
    context = {"form": form, "account": account, "token": token}
    return render(request, "people/sign_in/invitation_password.html", context)


# -- the demonstration ---------------------------------------------------------------------------------------------


@public
@csrf_exempt
def demonstration(request: HttpRequest) -> HttpResponse:
    """One click for each role. Outside the demonstration it is not there, for any method and with any token."""
    if not settings.DEMONSTRATION:
        raise Http404
    return _demonstration(request)


@csrf_protect
def _demonstration(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        account = found_or_404(queries.trial_account(request.POST.get("account", "")))
        return let_in(request, account, way="demonstration")
    trials = queries.trials(clock.london_day(clock.now()))
    return render(request, "people/sign_in/demonstration.html", {"trials": trials})
