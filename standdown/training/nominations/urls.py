"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.nominations import views, views_bulk, views_links, views_put_forward

app_name = "nominations"
urlpatterns = [
    path("", views.board, name="board"),
    path("put-forward/", views_put_forward.put_forward, name="put-forward"),
    path("forces/<uuid:force>/file/", views.export_force, name="export-force"),
    path("dates/<uuid:session>/", views.date, name="date"),
    path("dates/<uuid:session>/file/", views.export_date, name="export-date"),
    path("<uuid:nomination>/", views.one, name="one"),
    path("<uuid:nomination>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:nomination>/confirm-release/", views.confirm_release, name="confirm-release"),
    path("answer/<str:token>/", views_links.answer, name="answer"),
    path("place/<str:token>/", views_links.place, name="place"),
    path("place/<str:token>/needs/", views_links.place_needs, name="place-needs"),
    path("place/<str:token>/give-back/", views_links.place_give_back, name="place-give-back"),
    path("place/<str:token>/date.ics", views_links.place_calendar, name="place-calendar"),
    path("file/", views_bulk.names, name="bulk"),
    path("file/example.csv", views_bulk.template, name="bulk-template"),
    path("release/<str:token>/", views_links.release, name="release"),
]
