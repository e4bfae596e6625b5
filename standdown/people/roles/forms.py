from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.people.accounts.models import Person
from standdown.people.accounts.queries import people_at
from standdown.people.forces.models import Force
from standdown.people.forces.queries import partners_on
from standdown.people.roles.models import ROLE_SENTENCES, RoleGrant
from standdown.people.roles.policy import Role
from standdown.people.roles.queries import role_words

NATIONAL = "national"


class ProposalForm(forms.Form):
    """Whom to propose for which role, where and how long."""

    work_email = fields.EmailField(
        label=_("Their work email address"),
        help_text=_("In full: directories of forces are not searched from here"),
        autocomplete="off",
        missing=_("Enter their work email address"),
    )
    role = fields.RadiosField(label=_("Role"))
    place = fields.SelectField(label=_("Where it holds"))
    starts_on = fields.DateField(label=_("First day"), help_text=_("Today or later. For example, 31 8 2026"))
    ends_on = fields.DateField(label=_("Last day"), help_text=_("Within a year of the first"))
    reason = fields.RadiosField(
        label=_("Why"), choices=[one for one in RoleGrant.Reason.choices if one[0] != RoleGrant.Reason.FIRST]
    )

    def __init__(
        self, *args: Any, roles: Sequence[Role], forces: Sequence[Force], nationally: bool, today: dt.date,
        person: Person | None = None, **rest: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **rest)
        self._today, self.person = today, person
        self._forces = {str(force.pk): force for force in forces}
        if person is not None:
            del self.fields["work_email"]
        role = cast("fields.RadiosField", self.fields["role"])
        role.choices = [(one.value, role_words(one)) for one in roles]
        role.hints = {one.value: ROLE_SENTENCES[one] for one in roles}
        places = [(NATIONAL, gettext("Nationally"))] if nationally else []
        places += [(key, force.name) for key, force in self._forces.items()]
        first = [("", gettext("Choose a force"))] if len(places) > 1 else []
        cast("forms.ChoiceField", self.fields["place"]).choices = first + places

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])

    @property
    def found(self) -> Person:
        """The person whom a form without errors found."""
        if self.person is None:
            raise LookupError("the form has not found anybody")
        return self.person

    @property
    def force(self) -> Force | None:
        """The force in which the role is to hold; None nationally."""
        return self._forces.get(self.data.get(self.add_prefix("place"), ""))

    def clean_ends_on(self) -> dt.date:
        """The day after the last one: the first on which the role no longer holds."""
        return cast("dt.date", self.cleaned_data["ends_on"]) + dt.timedelta(days=1)

    def clean(self) -> dict[str, Any]:
        """Find the one person meant by the address, and leave what the proposal itself is made of."""
        facts = super().clean() or {}
        address = facts.pop("work_email", "")
        if address and facts.get("place"):
            found = people_at(address, self._reachable())
            if len(found) == 1:
                self.person = found[0]
            else:
                sentence = _("Nobody there has this address, or more than one does. Ask the force's administrator.")
                self.add_error("work_email", sentence)
        return {name: value for name, value in facts.items() if name != "place"}

    def _reachable(self) -> list[Any] | None:
        if self.force is None:
            return None
        return [self.force.pk, *(one.pk for one in partners_on(self.force, self._today))]


class DecisionForm(forms.Form):
    """Yes or no to a proposal."""

    decision = fields.RadiosField(
        label=_("What do you decide?"), choices=[("approve", _("Approve")), ("decline", _("Decline"))]
    )


class EndForm(forms.Form):
    """Why a role ends."""

    reason = fields.RadiosField(
        label=_("Why does it end?"),
        choices=[one for one in RoleGrant.EndReason.choices if one[0] != RoleGrant.EndReason.NOT_APPROVED],
        heading=False,
    )


class FilterForm(forms.Form):
    """Which roles to list."""

    role = fields.SelectField(label=_("Role"), required=False)

    def __init__(self, *args: Any, roles: Sequence[Role], **rest: Any) -> None:
        super().__init__(*args, **rest)
        choices = [("", gettext("Every role")), *((one.value, role_words(one)) for one in roles)]
        cast("forms.ChoiceField", self.fields["role"]).choices = choices
