"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.exposures import views, views_raise

app_name = "exposures"
urlpatterns = [
    path("raise/", views_raise.raise_incident, name="raise"),
    path("raise/self/", views_raise.raise_self, name="raise-self"),
    path("raise/colleague/", views_raise.raise_concern, name="raise-concern"),
    path("raise/control-room/", views_raise.raise_control_room, name="raise-control-room"),
    path("recorded/<uuid:incident>/", views_raise.recorded, name="recorded"),
    path("incidents/<uuid:incident>/add/", views.add, name="add"),
    path("incidents/<uuid:incident>/add-team/", views.add_team, name="add-team"),
    path("incidents/<uuid:incident>/list/", views.confirm_list, name="confirm-list"),
    path("was-there/", views.was_there, name="was-there"),
    path("people/<uuid:exposure>/dispute/", views.dispute, name="dispute"),
    path("people/<uuid:exposure>/settle/", views.settle, name="settle"),
    path("people/<uuid:exposure>/take-off/", views.take_off, name="take-off"),
]
