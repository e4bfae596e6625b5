"""The fields that forms are made of: Django's checking, the design system's markup, our words for what went wrong.

A form is a plain `forms.Form`; its page draws each field with `{{ field(form["name"]) }}` and what went wrong with
`{{ error_summary(form) }}`. Every field takes `label`, `help_text` (the hint), `heading=True` where the question is the
page's heading, and `missing="Enter …"`: what to say when nothing was entered.
"""

from standdown.design.fields.choices import CheckboxesField, RadiosField, SelectField, TickField, YesNoField
from standdown.design.fields.files import CsvFileField
from standdown.design.fields.lines import EmailField, LongTextField, NumberField, PasswordField, TextField
from standdown.design.fields.moments import DateField, TimeField

__all__ = [
    "CheckboxesField",
    "CsvFileField",
    "DateField",
    "EmailField",
    "LongTextField",
    "NumberField",
    "PasswordField",
    "RadiosField",
    "SelectField",
    "TextField",
    "TickField",
    "TimeField",
    "YesNoField",
]
