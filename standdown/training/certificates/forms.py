from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.training.certificates.models import Certificate

Reason = Certificate.RevokeReason


class FindForm(forms.Form):
    """A number, or part of a name."""

    q = fields.TextField(label=_("Number or name"), required=False, max_length=80, width=20)


class RevokeForm(forms.Form):
    """Why a certificate is taken back. A wrong name or date is put right by issuing it anew instead."""

    reason = fields.RadiosField(
        label=_("Why is it revoked?"),
        choices=[(reason.value, reason.label) for reason in Reason if reason != Reason.NAME],
        missing=_("Choose why it is revoked"),
    )

    @property
    def chosen(self) -> Certificate.RevokeReason:
        """The reason that was chosen."""
        return Reason(self.cleaned_data["reason"])


class ShareForm(forms.Form):
    """Whether the public page shows one's name."""

    show = fields.YesNoField(
        label=_("Show my name on the certificate's public page?"),
        help_text=_("Anyone who has the number can open that page. Without your name it says only what was completed."),
        missing=_("Choose whether your name is shown"),
        heading=True,
    )


class ReissueForm(forms.Form):
    """Nothing to fill in: what is right stands in the directory and on the date."""
