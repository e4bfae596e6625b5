"""One's own page."""

from __future__ import annotations

from django.urls import path

from standdown.people.me import views

app_name = "me"
urlpatterns = [
    path("", views.page, name="page"),
    path("language/", views.language, name="language"),
    path("reports/", views.reports, name="reports"),
]
