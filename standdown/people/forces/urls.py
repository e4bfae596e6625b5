"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.people.forces import views, views_collaborations

app_name = "forces"
urlpatterns = [
    path("", views.register, name="list"),
    path("add/", views.add, name="add"),
    path("import/", views.bring_in, name="import"),
    path("merge/", views.merge, name="merge"),
    path("collaborations/", views_collaborations.collaborations, name="collaborations"),
    path("collaborations/start/", views_collaborations.start_collaboration, name="start-collaboration"),
    path("collaborations/<uuid:collaboration>/join/", views_collaborations.join, name="join"),
    path("collaborations/<uuid:collaboration>/members/<uuid:member>/leave/", views_collaborations.leave, name="leave"),
    path("<slug:slug>/", views.one, name="one"),
    path("<slug:slug>/rename/", views.rename, name="rename"),
    path("<slug:slug>/aliases/add/", views.add_alias, name="add-alias"),
    path("<slug:slug>/aliases/<uuid:alias>/remove/", views.remove_alias, name="remove-alias"),
    path("<slug:slug>/dates-public/", views.dates_public, name="dates-public"),
    path("<slug:slug>/split/", views.split, name="split"),
    path("<slug:slug>/bases/add/", views.add_base, name="add-base"),
    path("<slug:slug>/bases/<uuid:base>/close/", views.close_base, name="close-base"),
    path("<slug:slug>/teams/add/", views.add_team, name="add-team"),
    path("<slug:slug>/teams/<uuid:team>/close/", views.close_team, name="close-team"),
]
