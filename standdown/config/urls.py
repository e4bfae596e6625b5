"""Every address: part / slice = folder."""

from django.urls import include, path

from standdown.design import errors

urlpatterns = [
    path("", include("standdown.public.urls")),
    path("api/", include("standdown.api.urls")),
    path("health/", include("standdown.config.health")),
    path("design/", include("standdown.design.urls")),
    path("sign-in/", include("standdown.people.sign_in.urls")),
    path("me/", include("standdown.people.me.urls")),
    path("people/forces/", include("standdown.people.forces.urls")),
    path("people/adoption/", include("standdown.people.adoption.urls")),
    path("people/accounts/", include("standdown.people.accounts.urls")),
    path("people/roles/", include("standdown.people.roles.urls")),
    path("people/qualifications/", include("standdown.people.qualifications.urls")),
    path("training/courses/", include("standdown.training.courses.urls")),
    path("training/sessions/", include("standdown.training.sessions.urls")),
    path("training/interest/", include("standdown.training.interest.urls")),
    path("training/nominations/", include("standdown.training.nominations.urls")),
    path("training/exchanges/", include("standdown.training.exchanges.urls")),
    path("training/mutual-aid/", include("standdown.training.mutual_aid.urls")),
    path("training/overview/", include("standdown.training.overview.urls")),
    path("training/attendance/", include("standdown.training.attendance.urls")),
    path("training/feedback/", include("standdown.training.feedback.urls")),
    path("training/certificates/", include("standdown.training.certificates.urls")),
    path("training/trainers/", include("standdown.training.trainers.urls")),
    path("training/mine/", include("standdown.training.mine.urls")),
    path("care/programme/", include("standdown.care.programme.urls")),
    path("care/exposures/", include("standdown.care.exposures.urls")),
    path("care/demobilising/", include("standdown.care.demobilising.urls")),
    path("care/duty/", include("standdown.care.duty.urls")),
    path("care/grouping/", include("standdown.care.grouping.urls")),
    path("care/matching/", include("standdown.care.matching.urls")),
    path("care/defusing/", include("standdown.care.defusing.urls")),
    path("care/referrals/", include("standdown.care.referrals.urls")),
    path("care/follow-up/", include("standdown.care.follow_up.urls")),
    path("care/exercises/", include("standdown.care.exercises.urls")),
    path("care/mine/", include("standdown.care.mine.urls")),
    path("care/", include("standdown.care.boards.urls")),
    path("figures/", include("standdown.reporting.urls")),
    path("notifications/preferences/", include("standdown.notifications.preferences.urls")),
    path("notifications/words/", include("standdown.notifications.force_words.urls")),
    path("notifications/", include("standdown.notifications.urls")),
    path("audit/", include("standdown.audit.urls")),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
