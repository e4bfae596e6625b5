from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.public.addresses import CertificateCode


class Code(forms.Form):
    """The code on a certificate, however it was typed."""

    code = fields.TextField(
        label=_("Certificate code"),
        help_text=_("It stands at the foot of the certificate, such as CE-7KQ4MD."),
        missing=_("Enter the code of the certificate"),
        max_length=40,
    )

    def clean_code(self) -> str:
        """In capitals and without spaces; refused where it cannot be a code."""
        code = re.sub(r"\s", "", str(self.cleaned_data["code"])).upper()
        if not re.fullmatch(CertificateCode.regex, code):
            raise ValidationError(_("Enter the code as it stands on the certificate, such as CE-7KQ4MD"))
        return code
