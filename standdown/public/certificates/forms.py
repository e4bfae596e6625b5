"""Looking up a certificate by its code."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.training.certificates import policy


class Code(forms.Form):
    """The code on a certificate, however it was typed."""

    code = fields.TextField(
        label=_("Certificate number"),
        help_text=_("It stands on the certificate, such as DD-7KQ4-MDHX."),
        missing=_("Enter the number of the certificate"),
        max_length=40,
    )

    def clean_code(self) -> str:
        """As it is printed; refused where it cannot be the number of a certificate."""
        number = policy.number(str(self.cleaned_data["code"]))
        if number is None:
            raise ValidationError(_("Enter the number as it stands on the certificate, such as DD-7KQ4-MDHX"))
        return number
