"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.mutual_aid import views

app_name = "mutual_aid"
urlpatterns = [
    path("", views.listed, name="list"),
    path("ask/", views.ask, name="ask"),
    path("ask/<uuid:session>/", views.ask_for, name="ask-for"),
    path("<uuid:aid>/", views.decide, name="decide"),
]
