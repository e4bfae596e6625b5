"""One form with every kind of field, for the catalogue and for the tests of the fields."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design import fields


class Example(forms.Form):
    """What a coordinator might be asked about a session."""

    title = fields.TextField(label=_("Title"), help_text=_("As it stands on the month page"), width=30)
    contact = fields.EmailField(label=_("Email address"), missing=_("Enter an email address"))
    day = fields.DateField(label=_("Date of the session"), help_text=_("For example, 31 8 2022"))
    start = fields.TimeField(label=_("Starts at"), help_text=_("For example, 09:00 or 9am"))
    capacity = fields.NumberField(label=_("Places"), min_value=1, max_value=500)
    force = fields.SelectField(
        label=_("Force"),
        choices=[("", _("Choose a force")), ("north", _("Northshire")), ("south", _("Southshire"))],
    )
    how = fields.RadiosField(
        label=_("How it is held"),
        choices=[("online", _("Online")), ("in-person", _("In person")), ("blended", _("Both"))],
        hints={"online": _("By Microsoft Teams"), "blended": _("Some join from elsewhere")},
    )
    welsh = fields.YesNoField(label=_("Is it held in Welsh?"))
    needs = fields.CheckboxesField(
        label=_("What the room has"),
        choices=[("step-free", _("Step-free way in")), ("loop", _("Hearing loop"))],
        required=False,
    )
    sure = fields.TickField(label=_("The trainers have agreed to this date"))
    file = fields.CsvFileField(label=_("Sessions from a file"), help_text=_("A CSV file, up to 10 MB"), required=False)
    text = fields.LongTextField(label=_("What it is"), required=False)
    word = fields.PasswordField(label=_("Password"), required=False)
