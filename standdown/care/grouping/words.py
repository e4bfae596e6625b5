"""What pages about groups and times say of codes."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.care.defusing.models import Defusing
from standdown.care.duty.slots import Rule as TimeRule
from standdown.care.duty.slots import Zone

WHY = Defusing.WhyApart
# Each as a whole sentence, because the reason stands alone under the group.
WHY_SENTENCES: Mapping[str, Promise] = {
    WHY.NONE: _("They were equally close to it."),
    WHY.CLOSENESS: _("They were equally close to it. Heavy and light exposure do not mix."),
    WHY.SIZE: _("One group would be too large, so it is split."),
    WHY.COMMAND: _("Line managers do not sit with their own people."),
    WHY.CONFLICT: _("Two people are kept apart."),
    WHY.ASKED: _("One to one, as asked or decided."),
    WHY.ODD_ONE: _("Nobody else was as close to it, so one to one is offered."),
    WHY.GUARD: _("A guard stops groups for now. Talking one to one is never stopped."),
}
MIXED = _("Two neighbouring kinds of exposure sit together, so that nobody is left alone.")
ZONES: Mapping[Zone, Promise] = {
    Zone.HEART: _("Middle of the window"),
    Zone.GREEN: _("In the window"),
    Zone.AMBER: _("After the window"),
}
ZONE_TONES: Mapping[Zone, str] = {Zone.HEART: "done", Zone.GREEN: "calm", Zone.AMBER: "due"}
TIME_RULES: Mapping[TimeRule, Promise] = {
    TimeRule.AWAY: _("Leave, court, training, or a rest day by the duty file"),
    TimeRule.AFTER_NIGHT: _("Less than 11 hours after a night"),
    TimeRule.REST_DAY: _("A rest day by the shift pattern or the file"),
    TimeRule.OFF_HOURS: _("Off duty, before 08:00 or after 20:00"),
    TimeRule.NO_DEFUSER: _("Nobody who could lead it is on duty and rested"),
}
RELAXING: Mapping[TimeRule, Promise] = {
    TimeRule.AWAY: _("It helps most if whoever is away can be asked whether they would come in all the same."),
    TimeRule.AFTER_NIGHT: _("It helps most if whoever comes off nights is released from the last one."),
    TimeRule.REST_DAY: _("It helps most if whoever rests is asked whether they would come in for time off later."),
    TimeRule.OFF_HOURS: _("It helps most to ask people to come early or to stay longer."),
    TimeRule.NO_DEFUSER: _("It helps most to release a defuser for it, or to ask one from another shift."),
}
