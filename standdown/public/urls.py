"""Addresses that anyone may open. They are stable: other sites link to them."""

from __future__ import annotations

from django.urls import path, register_converter

from standdown.public import addresses
from standdown.public.certificates import views as certificates
from standdown.public.dates import views as dates
from standdown.public.forces import views as forces
from standdown.public.statements import views as statements

register_converter(addresses.CourseSlug, "course")
register_converter(addresses.Slug, "force")
register_converter(addresses.Year, "yyyy")
register_converter(addresses.Month, "mm")
register_converter(addresses.CertificateCode, "certificate")

app_name = "public"
urlpatterns = [
    path("", statements.home, name="home"),
    path("service/", statements.service, name="service"),
    path("training/", dates.training, name="training"),
    path("training/<course:course>/", dates.course, name="course"),
    path("training/<course:course>/dates.ics", dates.course_calendar, name="course-calendar"),
    path("training/<course:course>/dates.atom", dates.course_feed, name="course-feed"),
    path("training/<course:course>/<yyyy:year>/<mm:month>/", dates.month, name="month"),
    path("training/<course:course>/<yyyy:year>/<mm:month>/dates.ics", dates.month_calendar, name="month-calendar"),
    path("training/<course:course>/<yyyy:year>/<mm:month>/dates.atom", dates.month_feed, name="month-feed"),
    path("training/<course:course>/sessions/<uuid:session>/", dates.session, name="session"),
    path("training/<course:course>/sessions/<uuid:session>.ics", dates.session_calendar, name="session-calendar"),
    path("training/<course:course>/forces/<force:force>/", forces.force, name="force"),
    path("training/<course:course>/forces/<force:force>/ask/", forces.ask, name="ask"),
    path("training/<course:course>/forces/<force:force>/thanks/", forces.thanks, name="thanks"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<certificate:code>/", certificates.certificate, name="certificate"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("what-we-hold/", statements.what_we_hold, name="what-we-hold"),
    path(".well-known/security.txt", statements.security_text, name="security-text"),
    path("robots.txt", statements.robots, name="robots"),
    path("sitemap.xml", statements.sitemap, name="sitemap"),
    path("favicon.ico", statements.favicon, name="favicon"),
]
