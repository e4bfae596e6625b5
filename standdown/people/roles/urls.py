"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.people.roles import views

app_name = "roles"
urlpatterns = [
    path("", views.roles, name="list"),
    path("propose/", views.propose, name="propose"),
    path("propose/<uuid:person_id>/", views.propose, name="propose-person"),
    path("waiting/", views.waiting, name="waiting"),
    path("who-may-do-what/", views.who_may_do_what, name="who-may-do-what"),
    path("<uuid:grant_id>/decide/", views.decide, name="decide"),
    path("<uuid:grant_id>/end/", views.end, name="end"),
]
