"""Where the slices of care join in: with each other upwards, with people below, and with the worker's turns."""

from __future__ import annotations

from standdown.care.clocks import hooks as clock_hooks
from standdown.care.clocks import second_look, sweeps
from standdown.care.defusing import hooks as session_hooks
from standdown.care.defusing import jobs as session_jobs
from standdown.care.defusing import listeners as sessions
from standdown.care.demobilising import first_links as demobilising_links
from standdown.care.demobilising import messages as talks
from standdown.care.duty import duty_ends
from standdown.care.exposures import first_links as exposure_links
from standdown.care.exposures import hooks as exposures
from standdown.care.exposures import jobs as exposure_jobs
from standdown.care.exposures import staff
from standdown.care.follow_up import diary as contacts
from standdown.care.follow_up import jobs as contact_jobs
from standdown.care.follow_up import listeners as followed
from standdown.care.grouping import guards as group_guards
from standdown.care.grouping import listeners as groups
from standdown.care.incidents import hooks as incidents
from standdown.care.mine import first_links as own_links
from standdown.care.programme import first_links as programme_links
from standdown.notifications import hooks as worker_hooks
from standdown.people.me import hooks as me_hooks


def join() -> None:
    """Put every listener on its list, once, at start-up."""
    _lists()
    _sessions()
    _clocks()
    _own_page()


def _lists() -> None:
    exposures.EXPOSED.append(duty_ends.fill_in)
    exposures.EXPOSED.append(talks.tell_who_talks)  # after the above, which says until when
    exposures.EXPOSED.append(contacts.open_contacts)
    exposures.EXPOSED.append(followed.offer_after_several)
    exposures.TAKEN_OFF.append(groups.no_longer_of_it)
    exposures.TAKEN_OFF.append(contacts.end_all)
    exposures.DECIDED.append(groups.decided_otherwise)
    exposures.CLOSED.append(groups.no_longer_of_it)
    exposures.CLOSED.append(contacts.end_all)
    exposures.REOPENED.append(contacts.begin_again)
    incidents.MERGED.append(groups.merged)
    incidents.MOVED.append(contacts.move_contacts)


def _sessions() -> None:
    session_hooks.GUARDS.append(group_guards.stops)
    session_hooks.ASKED.append(sessions.tell_who_is_asked)
    worker_hooks.EACH_MINUTE.append(session_jobs.each_minute)


def _clocks() -> None:
    clock_hooks.EXPOSED.append(staff.exposed_among)
    clock_hooks.WRONG.append(exposure_jobs.without_steps)
    exposures.WITHOUT_CONTACTS.append(contacts.open_contacts)
    worker_hooks.EACH_MINUTE.append(exposure_jobs.each_minute)  # before anybody is told that it is late
    worker_hooks.EACH_MINUTE.append(contact_jobs.each_minute)
    worker_hooks.EACH_MINUTE.append(sweeps.each_minute)
    worker_hooks.EACH_MINUTE.append(second_look.each_minute)


def _own_page() -> None:
    """What waits for people who go home stands first; what is one's own last."""
    if demobilising_links.before_they_go_home not in me_hooks.LINKS:
        me_hooks.LINKS.insert(0, demobilising_links.before_they_go_home)
    me_hooks.LINKS.append(exposure_links.something_happened)
    me_hooks.LINKS.append(exposure_links.waits_for_a_word)
    me_hooks.LINKS.append(programme_links.how_people_are_looked_after)
    me_hooks.LINKS.append(own_links.of_care)
