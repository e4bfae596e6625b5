"""Who is signed in: as the sign-in library finds them; the question that every request asks is put together once."""

from __future__ import annotations

import uuid

from allauth.account.auth_backends import AuthenticationBackend

from standdown.foundation.kept_query import KeptQuery
from standdown.people.accounts.models import Account

_KEPT: KeptQuery[Account] = KeptQuery(lambda key: Account.objects.filter(pk=key), key=uuid.UUID)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """The library's, which reads the account with a kept question."""

    def get_user(self, user_id: object) -> Account | None:
        """The account with its person, where it may sign in still."""
        found = next(iter(_KEPT.rows(key=user_id)), None)
        return found if found is not None and self.user_can_authenticate(found) else None
