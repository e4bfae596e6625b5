"""London's clock as calendar files carry it."""

from __future__ import annotations

import icalendar

# The rule that the United Kingdom has kept since 1996, written out: the calendar library lists the changes one by one,
# and puts those of spring an hour late.
_LONDON = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19970330T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


def in_london_time(method: str, name: str) -> icalendar.Calendar:
    """An empty calendar (RFC 5545) of that METHOD, whose events may say that they are on London's clock.

    `name` says which of our files it is, for whoever looks into one: "Training dates".
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Standdown//{name}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(icalendar.Timezone.from_ical(_LONDON))
    return calendar


def as_text(calendar: icalendar.Calendar) -> str:
    """The file, with the line ends that the standard asks for."""
    written: bytes = calendar.to_ical()
    return written.decode()
