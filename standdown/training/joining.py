"""Where the slices of training join in: with each other upwards, with people below, and with the worker's turns."""

from __future__ import annotations

from standdown.notifications import hooks as worker_hooks
from standdown.people.accounts import hooks as account_hooks
from standdown.people.adoption import hooks as adoption_hooks
from standdown.people.me import hooks as me_hooks
from standdown.people.qualifications import hooks as qualification_hooks
from standdown.training.attendance import hooks as attendance_hooks
from standdown.training.attendance import jobs as attendance_jobs
from standdown.training.certificates import examples as certificate_examples
from standdown.training.certificates import issue
from standdown.training.certificates import jobs as certificate_jobs
from standdown.training.feedback import hooks as feedback_hooks
from standdown.training.feedback import jobs as feedback_jobs
from standdown.training.feedback import messages as feedback_messages
from standdown.training.mine import first_links as mine_links
from standdown.training.mutual_aid import sweeps as aid_sweeps
from standdown.training.nominations import examples, notices, reminders
from standdown.training.nominations import listeners as names
from standdown.training.nominations import sweeps as name_sweeps
from standdown.training.overview import first_links as lead_links
from standdown.training.overview import planned
from standdown.training.sessions import hooks as session_hooks
from standdown.training.trainers import jobs as trainer_jobs
from standdown.training.trainers import queries as trainers


def join() -> None:
    """Put every listener on its list, once, at start-up."""
    _dates()
    _people()
    _after_the_day()
    _worker()


def _dates() -> None:
    session_hooks.APPROVED_TRAINER.append(trainers.is_approved)
    session_hooks.TRAINS_FOR.append(trainers.approved_forces)
    session_hooks.ALLOTTED.append(names.date_allotted)
    session_hooks.MOVED.append(names.date_moved)
    session_hooks.CANCELLED.append(names.date_cancelled)
    session_hooks.MOVED.append(notices.tell_moved)  # after the above, which brings deadlines in step
    session_hooks.CANCELLED.append(notices.tell_cancelled)
    session_hooks.TOLD_OF_CHANGE.append(notices.concerned)
    session_hooks.PREVIEW.append(notices.preview)


def _people() -> None:
    account_hooks.DEPARTED.append(names.person_departed)
    adoption_hooks.STEP_RECORDED.append(names.force_stopped)
    qualification_hooks.PLANNED.append(planned.planned)
    me_hooks.LINKS.append(mine_links.my_training)
    me_hooks.LINKS.append(lead_links.of_leads)


def _after_the_day() -> None:
    attendance_hooks.CLOSED.append(feedback_messages.ask_for_feedback)
    attendance_hooks.TAKEN_BACK.append(issue.take_back)
    attendance_hooks.CLOSED.append(issue.give_back)
    feedback_hooks.GIVEN.append(issue.on_feedback)


def _worker() -> None:
    worker_hooks.EACH_MINUTE.append(name_sweeps.each_minute)
    worker_hooks.EACH_MINUTE.append(aid_sweeps.each_minute)
    worker_hooks.EACH_MINUTE.append(reminders.each_minute)
    worker_hooks.EXAMPLES.append(examples.of)
    worker_hooks.EXAMPLES.append(certificate_examples.of)
    worker_hooks.EACH_DAY.append(trainer_jobs.each_day)
    worker_hooks.EACH_DAY.append(attendance_jobs.report_last_month)
    worker_hooks.EACH_DAY.append(attendance_jobs.recall_open_registers)
    worker_hooks.EACH_DAY.append(feedback_jobs.ask_what_was_used)
    worker_hooks.EACH_DAY.append(certificate_jobs.issue_without_feedback)
