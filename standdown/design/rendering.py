"""From one of our form fields to the design system's markup.

Each kind of field names one component; this file turns a bound field into that component's options, and nowhere else
does a page of ours write a label, a hint or an error message by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

if TYPE_CHECKING:
    from standdown.design.fields.base import Govuk

Options = dict[str, Any]


class GovukBoundField(BoundField):
    """A field of a form with its data, that draws itself whole: label, hint, error message and control."""

    field: Govuk

    def as_field_group(self) -> SafeString:
        """Draw the field, whichever engine renders the form's other parts."""
        return field(self)

    @property
    def first_id(self) -> str:
        """The id of the control that an error message leads to."""
        return f"{self.auto_id}{self.field.first_id_suffix}"


def field(bound: BoundField) -> SafeString:
    """Draw one of a form's fields: label, hint, error message and control."""
    if not isinstance(bound, GovukBoundField):
        return mark_safe(bound.as_widget())  # noqa: S308  (Django's own, escaped, hidden input)
    control = bound.field
    page = f"design/fields/{control.component}.html"
    return mark_safe(render_to_string(page, {"options": options_of(bound)}))  # noqa: S308  (autoescaped template)


def options_of(bound: GovukBoundField) -> Options:
    """Gather what the component's macro takes from a bound field."""
    control = bound.field
    options: Options = {"name": bound.html_name, "id": bound.auto_id, "idPrefix": bound.auto_id}
    if control.help_text:
        options["hint"] = {"text": str(control.help_text)}
    if bound.errors:
        options["errorMessage"] = {"text": str(bound.errors[0]), "visuallyHiddenText": gettext("Error")}
    if bound.field.grouped:
        legend = {"text": str(bound.label), **_size("govuk-fieldset__legend", heading=control.heading)}
        options["fieldset"] = {"legend": legend}
    else:
        options["label"] = {"text": str(bound.label), **_size("govuk-label", heading=control.heading)}
    return options | control.options(bound)


def _size(block: str, *, heading: bool) -> Options:
    return {"classes": f"{block}--l", "isPageHeading": True} if heading else {"classes": f"{block}--s"}


def error_summary(form: BaseForm) -> SafeString:
    """Draw what is wrong with a form, each line leading to its field; nothing when nothing is wrong."""
    if not has_errors(form):
        return SafeString("")
    lines = [{"text": str(message)} for message in form.non_field_errors()]
    for name in form.errors:
        if name in form.fields:
            bound = form[name]
            lines += [{"text": str(message), "href": f"#{_first_id(bound)}"} for message in list(bound.errors)[:1]]
    options = {"titleText": gettext("There is a problem"), "errorList": lines}
    return mark_safe(render_to_string("design/fields/error_summary.html", {"options": options}))  # noqa: S308  (same)


def _first_id(bound: BoundField) -> str:
    return bound.first_id if isinstance(bound, GovukBoundField) else bound.auto_id


def has_errors(form: BaseForm) -> bool:
    """Say whether a form was sent and refused: its page's title then begins with "Error:"."""
    return form.is_bound and bool(form.errors)
