"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.people.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.directory, name="list"),
    path("add/", views.add, name="add"),
    path("import/", views.bring_in, name="import"),
    path("import/people.csv", views.template, name="template"),
    path("<uuid:person_id>/", views.person, name="person"),
    path("<uuid:person_id>/details/", views.details, name="details"),
    path("<uuid:person_id>/posting/", views.posting, name="posting"),
    path("<uuid:person_id>/left/", views.leaving, name="left"),
    path("<uuid:person_id>/line-manager/", views.line_manager, name="line-manager"),
    path("<uuid:person_id>/invitation/", views.invite, name="invite"),
    path("<uuid:person_id>/access/suspend/", views.suspend, name="suspend"),
    path("<uuid:person_id>/access/restore/", views.restore, name="restore"),
]
