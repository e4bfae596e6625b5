"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.exposures import views, views_elsewhere, views_incident, views_raise

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
    path("incidents/<uuid:incident>/edit/", views_incident.edit, name="edit"),
    path("incidents/<uuid:incident>/accounts/", views_incident.accounts, name="accounts"),
    path("incidents/<uuid:incident>/major/", views_incident.major, name="major"),
    path("incidents/<uuid:incident>/reject/", views_incident.reject, name="reject"),
    path("incidents/<uuid:incident>/merge/", views_incident.merge, name="merge"),
    path("incidents/<uuid:incident>/decide/", views_incident.decide, name="decide"),
    path("incidents/<uuid:incident>/hand-over/", views_elsewhere.hand_over, name="hand-over"),
    path("proposed/", views_elsewhere.proposed, name="proposed"),
    path("proposed/<uuid:incident>/confirm/", views_elsewhere.confirm_proposed, name="confirm-proposed"),
    path("file/", views_elsewhere.file, name="file"),
    path("file/example.csv", views_elsewhere.file_example, name="file-example"),
    path("handed-over/", views_elsewhere.handed_over, name="handed-over"),
    path("handed-over/<uuid:handed>/accept/", views_elsewhere.accept_handed_over, name="accept-handed-over"),
    path("handed-over/<uuid:handed>/not-ours/", views_elsewhere.not_ours, name="not-ours"),
    path("restrict/", views_elsewhere.restrict, name="restrict"),
]
