"""Letting somebody in who came by a way of our own: an invitation, or a click in the demonstration."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponse

from standdown.people.accounts.models import Account


def let_in(request: HttpRequest, account: Account, *, way: str, url: str | None = None) -> HttpResponse:
    """Sign the account in and answer with the way to `url`, or to its first page. Whoever was signed in is signed out.

    `way` is the code that goes on record: "passkey", "password" or "demonstration".
    """
    adapter = get_adapter()
    if request.user.is_authenticated:
        adapter.logout(request)
    adapter.login(request, account)
    record_authentication(request, account, way, reauthenticated=True)
    answer: HttpResponse = adapter.post_login(
        request, account, email_verification="none", signal_kwargs=None, email=None, signup=False, redirect_url=url
    )
    return answer
