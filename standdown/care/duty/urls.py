"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.duty import views

app_name = "duty"
urlpatterns = [
    path("", views.files, name="files"),
    path("import/", views.bring_in, name="import"),
    path("import/duties.csv", views.template, name="template"),
    path("patterns/", views.patterns, name="patterns"),
    path("patterns/<uuid:team>/", views.pattern, name="pattern"),
    path("patterns/<uuid:team>/copy/", views.copy, name="copy"),
    path("patterns/<uuid:team>/end/", views.end, name="end"),
]
